using BackpropGen.Benchmarks.Ladder;

namespace BackpropGen.Benchmarks.Contestants;

/// <summary>Whom BackpropGen is compared with.</summary>
/// <param name="Key">What <c>--peers</c> calls it.</param>
/// <param name="Name">What the tables call it.</param>
/// <param name="Create">Makes it for a rung.</param>
/// <param name="Takes">Whether it can do the work of a rung.</param>
internal sealed record Peer(string Key, string Name, Func<RungData, IContestant> Create, Func<Rung, bool> Takes);

/// <summary>All contestants.</summary>
internal static class Peers
{
    /// <summary>BackpropGen: always there, since the others are compared with it.</summary>
    public static readonly Peer Emitted = new(
        "backpropgen",
        "BackpropGen",
        data => data.Rung.Work == Work.Predict ? new EmittedPrediction(data) : new EmittedTraining(data, data.Rung.Create),
        _ => true);

    /// <summary>BackpropGen without threads, on the rungs with some: always there, too.</summary>
    public static readonly Peer EmittedOnOneThread = new(
        "backpropgen-one-thread",
        "BackpropGen 1 thread",
        data => new EmittedTraining(data, data.Rung.CreateOnOneThread!),
        rung => rung.CreateOnOneThread is not null);

    public static readonly Peer[] All =
    [
        new("torch", "TorchSharp eager", data => new TorchEager(data), _ => true),
        new("torch-tuned", "TorchSharp tuned", data => new TorchTuned(data), _ => true),
        new("onnx", "ONNX Runtime", data => new OnnxPrediction(data), rung => rung.Work == Work.Predict),
        new("loops", "hand-written loops", data => new Loops(data), rung => rung.Threads == 1),
        new("tensorprimitives", "TensorPrimitives", data => new TensorPrimitivesNetwork(data), rung => rung.Threads == 1),
    ];
}
