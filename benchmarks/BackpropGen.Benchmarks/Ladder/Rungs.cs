namespace BackpropGen.Benchmarks.Ladder;

/// <summary>The ladder, from the smallest rung to the largest.</summary>
internal static class Rungs
{
    private static readonly Topology T1 = new([2, 8, 1], Activation.Tanh, Loss.MeanSquaredError);
    private static readonly Topology T2 = new([4, 16, 16, 3], Activation.Sigmoid, Loss.SoftmaxCrossEntropy);
    private static readonly Topology T3 = new([17, 64, 64, 6], Activation.Tanh, Loss.MeanSquaredError);
    private static readonly Topology T4 = new([64, 128, 64, 10], Activation.Relu, Loss.SoftmaxCrossEntropy);
    private static readonly Topology T5 = new([784, 128, 64, 10], Activation.Relu, Loss.SoftmaxCrossEntropy);
    private static readonly Topology T6 = new([784, 512, 512, 10], Activation.Relu, Loss.SoftmaxCrossEntropy);
    private static readonly Topology T7 = new([1024, 1024, 1024, 1024], Activation.Relu, Loss.MeanSquaredError);

    // TorchSharp gets the threads of a rung in TorchLibrary; ONNX Runtime and the others have one, and stay away from rungs with more.
    public static readonly Rung[] All =
    [
        new("T1", T1, 4, () => new T1Network(Seed)),
        new("T2", T2, 1, () => new T2Network(Seed)),
        new("T2", T2, 32, () => new T2Network(Seed)),
        new("T3", T3, 64, () => new T3Network(Seed)),
        new("T3", T3, 64, () => new T3ThreadedNetwork(Seed), Threads: 2, CreateOnOneThread: () => new T3Network(Seed)),
        new("T3", T3, 1, () => new T3Network(Seed), Work: Work.Predict),
        new("T4", T4, 32, () => new T4Network(Seed)),
        new("T4", T4, 32, () => new T4ThreadedNetwork(Seed), Threads: 2, CreateOnOneThread: () => new T4Network(Seed)),
        new("T5", T5, 64, () => new T5Network(Seed)),
        new("T5", T5, 64, () => new T5AdamNetwork(Seed), Update.Adam),
        new("T5", T5, 64, () => new T5ThreadedNetwork(Seed), Threads: 2, CreateOnOneThread: () => new T5Network(Seed)),
        new("T5", T5, 1, () => new T5Network(Seed), Work: Work.Predict),
        new("T6", T6, 128, () => new T6Network(Seed)),
        new("T6", T6, 128, () => new T6AdamNetwork(Seed), Update.Adam),
        new("T6", T6, 128, () => new T6ThreadedNetwork(Seed), Threads: 2, CreateOnOneThread: () => new T6Network(Seed)),
        new("T7", T7, 256, () => new T7Network(Seed)),
        new("T7", T7, 256, () => new T7ThreadedNetwork(Seed), Threads: 2, CreateOnOneThread: () => new T7Network(Seed)),
    ];

    private const ulong Seed = 1;
}
