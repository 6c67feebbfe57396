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
        data => data.Rung.Work == Work.Predict ? new EmittedPrediction(data) : new EmittedTraining(data),
        _ => true);

    public static readonly Peer[] All =
    [
        new("torch", "TorchSharp eager", data => new TorchEager(data), _ => true),
        new("torch-tuned", "TorchSharp tuned", data => new TorchTuned(data), _ => true),
        new("onnx", "ONNX Runtime", data => new OnnxPrediction(data), rung => rung.Work == Work.Predict),
        new("loops", "hand-written loops", data => new Loops(data), _ => true),
        new("tensorprimitives", "TensorPrimitives", data => new TensorPrimitivesNetwork(data), _ => true),
    ];
}
