namespace BackpropGen.Tests;

// Topologies. The widths are odd on purpose: 1, 3, 7, 8, 9, 17, 33 and 65 lie on, just below and just above one vector, one panel, and
// several panels, in float and in double.

[NeuralNetwork(4, Loss = Loss.SoftmaxCrossEntropy, Precision = Precision.Double)]
[Dense(5, Activation.Sigmoid)]
[Dense(4, Activation.Sigmoid)]
[Dense(3)]
internal sealed partial class FourLayer : ITestNetwork<double>, IHasInputGradients<double>, ITakesLabels<double>, ITakesRows<double>;

[NeuralNetwork(4, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(5, Activation.Sigmoid)]
[Dense(4, Activation.Sigmoid)]
[Dense(3)]
internal sealed partial class FourLayerSingle : ITestNetwork<float>, IHasInputGradients<float>, ITakesLabels<float>, ITakesRows<float>;

[NeuralNetwork(2, Precision = Precision.Double)]
[Dense(8, Activation.Tanh)]
[Dense(1)]
[Sgd(LearningRate = 0.3, Momentum = 0.9)]
internal sealed partial class Xor : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(2)]
[Dense(8, Activation.Tanh)]
[Dense(1)]
[Sgd(LearningRate = 0.3, Momentum = 0.9)]
internal sealed partial class XorSingle : ITestNetwork<float>, IHasInputGradients<float>, ITakesRows<float>, ITrainsOnRows<float>;

[NeuralNetwork(784, Loss = Loss.SoftmaxCrossEntropy, Precision = Precision.Double)]
[Dense(128, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(10)]
[Adam]
internal sealed partial class Digits : ITestNetwork<double>, IHasInputGradients<double>, ITakesLabels<double>, ITakesRows<double>, ITrainsOnLabels<double>;

[NeuralNetwork(784, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(128, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(10)]
[Adam]
internal sealed partial class DigitsSingle : ITestNetwork<float>, IHasInputGradients<float>, ITakesLabels<float>, ITakesRows<float>, ITrainsOnLabels<float>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(3, Activation.Tanh)]
[Dense(7, Activation.Gelu)]
[Dense(8, Activation.Sigmoid)]
[Dense(9, Activation.Silu)]
[Dense(17, Activation.Elu)]
[Dense(33, Activation.Softplus)]
[Dense(65, Activation.LeakyRelu)]
[Dense(5)]
[Adam]
internal sealed partial class Widening : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1)]
[Dense(3, Activation.Tanh)]
[Dense(7, Activation.Gelu)]
[Dense(8, Activation.Sigmoid)]
[Dense(9, Activation.Silu)]
[Dense(17, Activation.Elu)]
[Dense(33, Activation.Softplus)]
[Dense(65, Activation.LeakyRelu)]
[Dense(5)]
[Adam]
internal sealed partial class WideningSingle : ITestNetwork<float>, IHasInputGradients<float>, ITakesRows<float>, ITrainsOnRows<float>;

[NeuralNetwork(65, Loss = Loss.BinaryCrossEntropyWithLogits, Precision = Precision.Double)]
[Dense(33, Activation.Relu)]
[Dense(17, Activation.Mish)]
[Dense(9, Activation.Selu)]
[Dense(8, Activation.Softsign)]
[Dense(7, Activation.GeluTanh)]
[Dense(3, Activation.HardSwish)]
[Dense(1)]
[Sgd]
internal sealed partial class Narrowing : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(65, Loss = Loss.BinaryCrossEntropyWithLogits)]
[Dense(33, Activation.Relu)]
[Dense(17, Activation.Mish)]
[Dense(9, Activation.Selu)]
[Dense(8, Activation.Softsign)]
[Dense(7, Activation.GeluTanh)]
[Dense(3, Activation.HardSwish)]
[Dense(1)]
[Sgd]
internal sealed partial class NarrowingSingle : ITestNetwork<float>, IHasInputGradients<float>, ITakesRows<float>, ITrainsOnRows<float>;

[NeuralNetwork(9, Loss = Loss.SoftmaxCrossEntropy, Precision = Precision.Double)]
[Dense(33, Activation.Tanh, Bias = false)]
[Dense(8, Activation.Relu6, Bias = false)]
[Dense(3, Bias = false)]
internal sealed partial class NoBias : ITestNetwork<double>, IHasInputGradients<double>, ITakesLabels<double>, ITakesRows<double>;

[NeuralNetwork(7, Precision = Precision.Double)]
[Activation(Activation.Tanh)]
[Dense(9)]
[Activation(Activation.Softmax)]
[Dense(33)]
[Activation(Activation.Silu)]
[Activation(Activation.Sigmoid)]
[Activation(Activation.Identity)]
[Dense(4)]
[Activation(Activation.Softsign)]
[Sgd]
internal sealed partial class ActivationLayers : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(3, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(2)]
internal sealed partial class DepthOneSingle : ITestNetwork<float>, IHasInputGradients<float>, ITakesLabels<float>, ITakesRows<float>;

// f′ of the first layer is taken at x itself, whose rows are not padded: once before inline loops, once before kernels.
[NeuralNetwork(5, Precision = Precision.Double)]
[Activation(Activation.HardSwish)]
[Dense(3)]
[Sgd]
internal sealed partial class ActivationFirst : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(33, Precision = Precision.Double, InputGradients = false)]
[Activation(Activation.HardSwish)]
[Activation(Activation.Gelu)]
[Dense(17, Activation.HardSwish)]
[Dense(3)]
[Sgd]
internal sealed partial class ActivationFirstWide : ITestNetwork<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Sgd]
internal sealed partial class DepthOne : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(5, Precision = Precision.Double, KeepIntermediates = true)]
[Dense(9, Activation.Gelu, Name = "Hidden")]
[Activation(Activation.Tanh)]
[Dense(33, Activation.Relu)]
[Dense(3, Activation.Sigmoid)]
[Sgd]
internal sealed partial class Keeping : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(6, Loss = Loss.SoftmaxCrossEntropy, Precision = Precision.Double, InputGradients = false)]
[Dense(17, Activation.Tanh)]
[Dense(4)]
[Adam]
internal sealed partial class NoInputGradients : ITestNetwork<double>, ITakesLabels<double>, ITakesRows<double>, ITrainsOnLabels<double>;

[NeuralNetwork(4, Loss = Loss.SoftmaxCrossEntropy, Precision = Precision.Double)]
[Dense(6, Activation.Tanh)]
[Dense(3)]
internal sealed partial class OwnConstructor : ITestNetwork<double>, IHasInputGradients<double>, ITakesLabels<double>, ITakesRows<double>
{
    public OwnConstructor(string purpose) => Purpose = purpose;

    public string Purpose { get; }
}

/// <summary>A generic type around a network: the emitted files reopen both.</summary>
internal static partial class Container<TTag>
{
    public partial record struct Inner
    {
        [NeuralNetwork(4, Precision = Precision.Double)]
        [Dense(3, Activation.HardSigmoid)]
        [Dense(2)]
        [Adam]
        internal sealed partial class Nested : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;
    }
}
