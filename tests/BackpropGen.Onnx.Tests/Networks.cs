namespace BackpropGen.Onnx.Tests;

// Every activation, after a layer and in float and double; every loss, which decides what is predicted. Inputs are spread so that both
// sides of every kink are met.

[NeuralNetwork(5)]
[Dense(6, Activation.Identity)]
internal sealed partial class IdentitySingle;

[NeuralNetwork(5)]
[Dense(6, Activation.Relu)]
internal sealed partial class ReluSingle;

[NeuralNetwork(5)]
[Dense(6, Activation.LeakyRelu, Alpha = 0.2)]
internal sealed partial class LeakyReluSingle;

[NeuralNetwork(5)]
[Dense(6, Activation.Elu, Alpha = 0.7)]
internal sealed partial class EluSingle;

[NeuralNetwork(5)]
[Dense(6, Activation.Selu)]
internal sealed partial class SeluSingle;

[NeuralNetwork(5)]
[Dense(6, Activation.Gelu)]
internal sealed partial class GeluSingle;

[NeuralNetwork(5)]
[Dense(6, Activation.GeluTanh)]
internal sealed partial class GeluTanhSingle;

[NeuralNetwork(5)]
[Dense(6, Activation.Silu)]
internal sealed partial class SiluSingle;

[NeuralNetwork(5)]
[Dense(6, Activation.Mish)]
internal sealed partial class MishSingle;

[NeuralNetwork(5)]
[Dense(6, Activation.Softplus)]
internal sealed partial class SoftplusSingle;

[NeuralNetwork(5)]
[Dense(6, Activation.Softplus, Beta = 1.5)]
internal sealed partial class SoftplusBetaSingle;

[NeuralNetwork(5)]
[Dense(6, Activation.Softsign)]
internal sealed partial class SoftsignSingle;

[NeuralNetwork(5)]
[Dense(6, Activation.Sigmoid)]
internal sealed partial class SigmoidSingle;

[NeuralNetwork(5)]
[Dense(6, Activation.HardSigmoid)]
internal sealed partial class HardSigmoidSingle;

[NeuralNetwork(5)]
[Dense(6, Activation.Tanh)]
internal sealed partial class TanhSingle;

[NeuralNetwork(5)]
[Dense(6, Activation.HardTanh)]
internal sealed partial class HardTanhSingle;

[NeuralNetwork(5)]
[Dense(6, Activation.HardSwish)]
internal sealed partial class HardSwishSingle;

[NeuralNetwork(5)]
[Dense(6, Activation.Relu6)]
internal sealed partial class Relu6Single;

[NeuralNetwork(5)]
[Dense(6, Activation.Softmax)]
internal sealed partial class SoftmaxSingle;

[NeuralNetwork(5)]
[Dense(6, Activation.LogSoftmax)]
internal sealed partial class LogSoftmaxSingle;

[NeuralNetwork(5, Loss = Loss.MeanSquaredError)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class MeanSquaredErrorLossSingle;

[NeuralNetwork(5, Loss = Loss.MeanAbsoluteError)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class MeanAbsoluteErrorLossSingle;

[NeuralNetwork(5, Loss = Loss.Huber)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class HuberLossSingle;

[NeuralNetwork(5, Loss = Loss.SmoothL1)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class SmoothL1LossSingle;

[NeuralNetwork(5, Loss = Loss.LogCosh)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class LogCoshLossSingle;

[NeuralNetwork(5, Loss = Loss.Quantile)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class QuantileLossSingle;

[NeuralNetwork(5, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class SoftmaxCrossEntropyLossSingle;

[NeuralNetwork(5, Loss = Loss.CrossEntropy)]
[Dense(9, Activation.Tanh)]
[Dense(4, Activation.Softmax)]
internal sealed partial class CrossEntropyLossSingle;

[NeuralNetwork(5, Loss = Loss.NegativeLogLikelihood)]
[Dense(9, Activation.Tanh)]
[Dense(4, Activation.LogSoftmax)]
internal sealed partial class NegativeLogLikelihoodLossSingle;

[NeuralNetwork(5, Loss = Loss.KullbackLeiblerDivergence)]
[Dense(9, Activation.Tanh)]
[Dense(4, Activation.LogSoftmax)]
internal sealed partial class KullbackLeiblerDivergenceLossSingle;

[NeuralNetwork(5, Loss = Loss.BinaryCrossEntropyWithLogits)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class BinaryCrossEntropyWithLogitsLossSingle;

[NeuralNetwork(5, Loss = Loss.BinaryCrossEntropy)]
[Dense(9, Activation.Tanh)]
[Dense(4, Activation.Sigmoid)]
internal sealed partial class BinaryCrossEntropyLossSingle;

[NeuralNetwork(5, Loss = Loss.PoissonNegativeLogLikelihood)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class PoissonNegativeLogLikelihoodLossSingle;

[NeuralNetwork(5, Loss = Loss.MultiMargin)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class MultiMarginLossSingle;

[NeuralNetwork(20, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(33, Activation.Relu)]
[Dense(17, Activation.Gelu, Bias = false, Name = "Middle")]
[Activation(Activation.LeakyRelu)]
[Dense(3)]
internal sealed partial class DeepSingle;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.Identity)]
internal sealed partial class IdentityDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.Relu)]
internal sealed partial class ReluDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.LeakyRelu, Alpha = 0.2)]
internal sealed partial class LeakyReluDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.Elu, Alpha = 0.7)]
internal sealed partial class EluDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.Selu)]
internal sealed partial class SeluDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.Gelu)]
internal sealed partial class GeluDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.GeluTanh)]
internal sealed partial class GeluTanhDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.Silu)]
internal sealed partial class SiluDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.Mish)]
internal sealed partial class MishDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.Softplus)]
internal sealed partial class SoftplusDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.Softplus, Beta = 1.5)]
internal sealed partial class SoftplusBetaDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.Softsign)]
internal sealed partial class SoftsignDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.Sigmoid)]
internal sealed partial class SigmoidDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.HardSigmoid)]
internal sealed partial class HardSigmoidDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
internal sealed partial class TanhDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.HardTanh)]
internal sealed partial class HardTanhDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.HardSwish)]
internal sealed partial class HardSwishDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.Relu6)]
internal sealed partial class Relu6Double;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.Softmax)]
internal sealed partial class SoftmaxDouble;

[NeuralNetwork(5, Precision = Precision.Double)]
[Dense(6, Activation.LogSoftmax)]
internal sealed partial class LogSoftmaxDouble;

[NeuralNetwork(5, Loss = Loss.MeanSquaredError, Precision = Precision.Double)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class MeanSquaredErrorLossDouble;

[NeuralNetwork(5, Loss = Loss.MeanAbsoluteError, Precision = Precision.Double)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class MeanAbsoluteErrorLossDouble;

[NeuralNetwork(5, Loss = Loss.Huber, Precision = Precision.Double)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class HuberLossDouble;

[NeuralNetwork(5, Loss = Loss.SmoothL1, Precision = Precision.Double)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class SmoothL1LossDouble;

[NeuralNetwork(5, Loss = Loss.LogCosh, Precision = Precision.Double)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class LogCoshLossDouble;

[NeuralNetwork(5, Loss = Loss.Quantile, Precision = Precision.Double)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class QuantileLossDouble;

[NeuralNetwork(5, Loss = Loss.SoftmaxCrossEntropy, Precision = Precision.Double)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class SoftmaxCrossEntropyLossDouble;

[NeuralNetwork(5, Loss = Loss.CrossEntropy, Precision = Precision.Double)]
[Dense(9, Activation.Tanh)]
[Dense(4, Activation.Softmax)]
internal sealed partial class CrossEntropyLossDouble;

[NeuralNetwork(5, Loss = Loss.NegativeLogLikelihood, Precision = Precision.Double)]
[Dense(9, Activation.Tanh)]
[Dense(4, Activation.LogSoftmax)]
internal sealed partial class NegativeLogLikelihoodLossDouble;

[NeuralNetwork(5, Loss = Loss.KullbackLeiblerDivergence, Precision = Precision.Double)]
[Dense(9, Activation.Tanh)]
[Dense(4, Activation.LogSoftmax)]
internal sealed partial class KullbackLeiblerDivergenceLossDouble;

[NeuralNetwork(5, Loss = Loss.BinaryCrossEntropyWithLogits, Precision = Precision.Double)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class BinaryCrossEntropyWithLogitsLossDouble;

[NeuralNetwork(5, Loss = Loss.BinaryCrossEntropy, Precision = Precision.Double)]
[Dense(9, Activation.Tanh)]
[Dense(4, Activation.Sigmoid)]
internal sealed partial class BinaryCrossEntropyLossDouble;

[NeuralNetwork(5, Loss = Loss.PoissonNegativeLogLikelihood, Precision = Precision.Double)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class PoissonNegativeLogLikelihoodLossDouble;

[NeuralNetwork(5, Loss = Loss.MultiMargin, Precision = Precision.Double)]
[Dense(9, Activation.Tanh)]
[Dense(4)]
internal sealed partial class MultiMarginLossDouble;

[NeuralNetwork(20, Loss = Loss.SoftmaxCrossEntropy, Precision = Precision.Double)]
[Dense(33, Activation.Relu)]
[Dense(17, Activation.Gelu, Bias = false, Name = "Middle")]
[Activation(Activation.LeakyRelu)]
[Dense(3)]
internal sealed partial class DeepDouble;

[NeuralNetwork(5, Loss = Loss.SoftmaxCrossEntropy)]
[LayerNorm(Affine = false)]
[Dense(9)]
[LayerNorm(Activation.Relu, Epsilon = 1.0 / 1024)]
[Dropout(0.5)]
[Dense(4)]
internal sealed partial class NormalizedSingle;

[NeuralNetwork(5, Loss = Loss.SoftmaxCrossEntropy, Precision = Precision.Double)]
[LayerNorm(Affine = false)]
[Dense(9)]
[LayerNorm(Activation.Relu, Epsilon = 1.0 / 1024)]
[Dropout(0.5)]
[Dense(4)]
internal sealed partial class NormalizedDouble;
