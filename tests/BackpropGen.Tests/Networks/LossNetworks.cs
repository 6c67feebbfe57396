namespace BackpropGen.Tests;

// Every loss, with its parameters and over all reductions.

[NeuralNetwork(4, Loss = Loss.MeanAbsoluteError, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
[Dense(5)]
internal sealed partial class MeanAbsoluteErrorNet : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>;

[NeuralNetwork(4, Loss = Loss.Huber, Delta = 0.7, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
[Dense(5)]
internal sealed partial class HuberNet : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>;

[NeuralNetwork(4, Loss = Loss.SmoothL1, Beta = 0.6, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
[Dense(5)]
internal sealed partial class SmoothL1Net : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>;

[NeuralNetwork(4, Loss = Loss.LogCosh, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
[Dense(5, Activation.Tanh)]
internal sealed partial class LogCoshNet : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>;

[NeuralNetwork(4, Loss = Loss.Quantile, Quantile = 0.9, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
[Dense(5)]
internal sealed partial class QuantileNet : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>;

[NeuralNetwork(4, Loss = Loss.SoftmaxCrossEntropy, LabelSmoothing = 0.1, ClassWeights = new[] { 0.5, 2, 1, 3, 0.25 }, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
#pragma warning disable BPG4021 // logits without a sign, so that the backward pass meets the kink
[Dense(5, Activation.Relu)]
#pragma warning restore BPG4021
internal sealed partial class SmoothedNet : ITestNetwork<double>, IHasInputGradients<double>, ITakesLabels<double>, ITakesRows<double>;

[NeuralNetwork(4, Loss = Loss.SoftmaxCrossEntropy, ClassWeights = new[] { 0.5, 2, 1, 3, 0.25 }, Reduction = Reduction.WeightedMean, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
[Dense(5)]
internal sealed partial class ClassWeightsNet : ITestNetwork<double>, IHasInputGradients<double>, ITakesLabels<double>, ITakesRows<double>;

[NeuralNetwork(4, Loss = Loss.CrossEntropy, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
[Dense(5, Activation.Softmax)]
internal sealed partial class CrossEntropyNet : ITestNetwork<double>, IHasInputGradients<double>, ITakesLabels<double>, ITakesRows<double>;

[NeuralNetwork(4, Loss = Loss.NegativeLogLikelihood, ClassWeights = new[] { 0.5, 2, 1, 3, 0.25 }, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
[Dense(5, Activation.LogSoftmax)]
internal sealed partial class NegativeLogLikelihoodNet : ITestNetwork<double>, IHasInputGradients<double>, ITakesLabels<double>;

[NeuralNetwork(4, Loss = Loss.KullbackLeiblerDivergence, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
[Dense(5, Activation.LogSoftmax)]
internal sealed partial class KullbackLeiblerNet : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>;

[NeuralNetwork(4, Loss = Loss.BinaryCrossEntropyWithLogits, PositiveWeights = new[] { 0.5, 2, 1, 3, 0.25 }, Reduction = Reduction.Sum, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
[Dense(5)]
internal sealed partial class BinaryLogitsNet : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>;

[NeuralNetwork(4, Loss = Loss.BinaryCrossEntropy, Reduction = Reduction.WeightedMean, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
[Dense(5, Activation.Sigmoid)]
internal sealed partial class BinaryNet : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>;

[NeuralNetwork(4, Loss = Loss.PoissonNegativeLogLikelihood, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
[Dense(5)]
internal sealed partial class PoissonNet : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>;

[NeuralNetwork(4, Loss = Loss.MultiMargin, Margin = 1.5, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
[Dense(5)]
internal sealed partial class MarginNet : ITestNetwork<double>, IHasInputGradients<double>, ITakesLabels<double>;

[NeuralNetwork(4, Loss = Loss.MultiMargin, MarginPower = 2, Reduction = Reduction.Sum, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
[Dense(5, Activation.Tanh)]
internal sealed partial class SquaredMarginNet : ITestNetwork<double>, IHasInputGradients<double>, ITakesLabels<double>;
