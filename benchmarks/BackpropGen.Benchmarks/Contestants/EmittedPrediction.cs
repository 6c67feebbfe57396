using BackpropGen.Benchmarks.Ladder;

namespace BackpropGen.Benchmarks.Contestants;

/// <summary>Inference with a network that BackpropGen emitted.</summary>
internal sealed class EmittedPrediction(RungData data) : IContestant
{
    private readonly ILadderNetwork _network = data.Rung.Create();
    private readonly float[] _outputs = new float[data.Rung.Batch * data.Rung.Topology.Outputs];

    public void Reset() => _network.SetParameters(data.Parameters);

    public void Run(int times)
    {
        for (int i = 0; i < times; i++)
        {
            _network.Predict(data.Inputs, _outputs);
        }
    }

    public float[] Result() => _outputs;

    public void Dispose()
    {
    }
}
