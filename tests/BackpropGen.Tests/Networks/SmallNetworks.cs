namespace BackpropGen.Tests;

// Layers of few units, whose weights stand unit by unit: inputs of whole panels, of panels and a half, of several panels at once; as the
// last layer and in the middle. And networks small enough that the step of one sample is written out, with each kind of loss.

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(12, Activation.Tanh)]
[Dense(1)]
[Sgd]
internal sealed partial class NarrowOutput : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(6, Precision = Precision.Double)]
[Dense(32, Activation.Relu)]
[Dense(2, Activation.Gelu)]
[Dense(40, Activation.Tanh)]
[Dense(1, Bias = false)]
[Adam]
internal sealed partial class NarrowMiddle : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(4, Precision = Precision.Double)]
[Dense(8)]
[Dense(2)]
[Dense(4)]
[Dense(2)]
[Sgd]
internal sealed partial class NarrowLinear : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(7, Loss = Loss.Huber)]
[Dense(72, Activation.Sigmoid)]
[Dense(4)]
[Sgd]
internal sealed partial class NarrowSingle : ITestNetwork<float>, IHasInputGradients<float>, ITakesRows<float>, ITrainsOnRows<float>;

[NeuralNetwork(3)]
[Dense(8, Activation.Tanh)]
[Dense(2, Activation.Sigmoid)]
[Dense(16, Activation.Silu)]
[Dense(1)]
[Sgd]
internal sealed partial class SmallBottleneck : ITestNetwork<float>, IHasInputGradients<float>, ITakesRows<float>, ITrainsOnRows<float>;

[NeuralNetwork(4, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(16, Activation.Sigmoid)]
[Dense(16, Activation.Sigmoid)]
[Dense(3)]
[Sgd]
internal sealed partial class SmallClassifier : ITestNetwork<float>, IHasInputGradients<float>, ITakesLabels<float>, ITakesRows<float>, ITrainsOnLabels<float>;

[NeuralNetwork(4, Loss = Loss.SoftmaxCrossEntropy, ClassWeights = new[] { 1, 2, 0.5, 1, 3 }, Precision = Precision.Double)]
[Dense(7, Activation.Gelu)]
[Dense(8, Activation.Relu)]
[Dense(5)]
[Adam]
internal sealed partial class SmallWeighted : ITestNetwork<double>, IHasInputGradients<double>, ITakesLabels<double>, ITakesRows<double>, ITrainsOnLabels<double>, ITrainsOnRows<double>;

[NeuralNetwork(3, Loss = Loss.SoftmaxCrossEntropy, LabelSmoothing = 0.1, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
[Dense(6)]
[Sgd]
internal sealed partial class SmallSmoothed : ITestNetwork<double>, IHasInputGradients<double>, ITakesLabels<double>, ITakesRows<double>, ITrainsOnLabels<double>;

[NeuralNetwork(3, Loss = Loss.NegativeLogLikelihood, Precision = Precision.Double)]
[Dense(6, Activation.Softsign)]
[Dense(7, Activation.LogSoftmax)]
[Sgd]
internal sealed partial class SmallLogSoftmax : ITestNetwork<double>, IHasInputGradients<double>, ITakesLabels<double>, ITrainsOnLabels<double>;

[NeuralNetwork(3, Loss = Loss.MultiMargin, Precision = Precision.Double)]
[Dense(5, Activation.Softplus)]
[Dense(4)]
[Sgd]
internal sealed partial class SmallMargin : ITestNetwork<double>, IHasInputGradients<double>, ITakesLabels<double>, ITrainsOnLabels<double>;

[NeuralNetwork(3, Loss = Loss.BinaryCrossEntropy, Precision = Precision.Double)]
[Dense(5, Activation.Elu)]
[Dense(3, Activation.Sigmoid)]
[Sgd]
internal sealed partial class SmallBinary : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;
