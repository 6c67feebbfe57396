namespace BackpropGen.Tests;

// Networks for several threads, wide enough that about 20 samples are worth one.

[NeuralNetwork(64, Loss = Loss.SoftmaxCrossEntropy, Parallelism = 2)]
[Dense(512, Activation.Relu)]
[Dense(128, Activation.Relu)]
[Dense(10)]
[Sgd(LearningRate = 0.05)]
internal sealed partial class ThreadedSgd
    : IThreaded, ITestNetwork<float>, IHasInputGradients<float>, ITakesLabels<float>, ITakesRows<float>, ITrainsOnLabels<float>, ITrainsOnRows<float>;

// The same for one thread.
[NeuralNetwork(64, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(512, Activation.Relu)]
[Dense(128, Activation.Relu)]
[Dense(10)]
[Sgd(LearningRate = 0.05)]
internal sealed partial class UnthreadedSgd
    : ITestNetwork<float>, IHasInputGradients<float>, ITakesLabels<float>, ITakesRows<float>, ITrainsOnLabels<float>, ITrainsOnRows<float>;

[NeuralNetwork(61, Precision = Precision.Double, Parallelism = 4)]
[Dense(509, Activation.Tanh)]
[Dense(131, Activation.Gelu)]
[Dense(9)]
[Adam]
internal sealed partial class ThreadedAdam : IThreaded, ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

// Narrow layers between wide ones: loops that stand inline, transposes made beforehand; activations over whole rows.
[NeuralNetwork(300, Loss = Loss.CrossEntropy, Parallelism = 3)]
[Activation(Activation.Sigmoid)]
[Dense(301, Activation.Softmax)]
[Dense(7, Activation.Silu)]
[Dense(5, Activation.Tanh)]
[Dense(290, Activation.LogSoftmax)]
[Dense(6, Activation.Softmax)]
[Sgd(LearningRate = 0.05, Momentum = 0.9, Dampening = 0.5, WeightDecay = 0.01)]
internal sealed partial class ThreadedMixed
    : IThreaded, ITestNetwork<float>, IHasInputGradients<float>, ITakesLabels<float>, ITakesRows<float>, ITrainsOnLabels<float>, ITrainsOnRows<float>;

[NeuralNetwork(400, Loss = Loss.MultiMargin, InputGradients = false, KeepIntermediates = true, Parallelism = 3)]
[Dense(300, Activation.HardSwish, Bias = false)]
[Activation(Activation.Mish)]
[Dense(4)]
[AdamW]
internal sealed partial class ThreadedKeeping : IThreaded, ITestNetwork<float>, ITakesLabels<float>, ITrainsOnLabels<float>;

[NeuralNetwork(500, Loss = Loss.Huber, Reduction = Reduction.WeightedMean, InputGradients = false, Parallelism = 3)]
[Dense(270, Activation.Elu)]
[Sgd]
internal sealed partial class ThreadedSingleLayer : IThreaded, ITestNetwork<float>, ITakesRows<float>, ITrainsOnRows<float>;

#pragma warning disable BPG4025 // so little work that no batch is divided
[NeuralNetwork(2, Parallelism = 8)]
#pragma warning restore BPG4025
[Dense(8, Activation.Tanh)]
[Dense(1)]
[Sgd(LearningRate = 0.05)]
internal sealed partial class ThreadedTiny : IThreaded, ITestNetwork<float>, IHasInputGradients<float>, ITakesRows<float>, ITrainsOnRows<float>;

/// <summary>The cases of these networks.</summary>
internal static class ThreadedNetworks
{
    private static readonly NetworkCase<float>[] Singles =
    [
        AllNetworks.SingleCase(seed => new ThreadedSgd(seed), TargetKind.Labels),
        AllNetworks.SingleCase(seed => new ThreadedSgd(seed), TargetKind.Distributions),
        AllNetworks.SingleCase(seed => new ThreadedMixed(seed), TargetKind.Labels),
        AllNetworks.SingleCase(seed => new ThreadedMixed(seed), TargetKind.Distributions),
        AllNetworks.SingleCase(seed => new ThreadedKeeping(seed), TargetKind.Labels),
        AllNetworks.SingleCase(seed => new ThreadedSingleLayer(seed), TargetKind.Values),
        AllNetworks.SingleCase(seed => new ThreadedTiny(seed), TargetKind.Values),
    ];

    private static readonly NetworkCase<double>[] Doubles = [AllNetworks.Case(seed => new ThreadedAdam(seed), TargetKind.Values)];

    public static TheoryData<string> SingleNames => [.. Singles.Select(network => network.Name)];

    public static TheoryData<string> DoubleNames => [.. Doubles.Select(network => network.Name)];

    public static NetworkCase<float> Single(string name) => Singles.Single(network => network.Name == name);

    public static NetworkCase<double> Double(string name) => Doubles.Single(network => network.Name == name);
}

/// <summary>A network that may use several threads.</summary>
internal interface IThreaded
{
    int Parallelism { get; set; }
}
