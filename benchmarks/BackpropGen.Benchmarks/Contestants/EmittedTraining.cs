using BackpropGen.Benchmarks.Ladder;

namespace BackpropGen.Benchmarks.Contestants;

/// <summary>Trains a network that BackpropGen emitted, on labels or on rows.</summary>
internal sealed class EmittedTraining(RungData data, Func<ILadderNetwork> create) : IContestant
{
    private readonly ILadderNetwork _network = create();
    private float _loss;

    public void Reset()
    {
        _network.Initialize(1);
        _network.SetParameters(data.Parameters);
    }

    public void Run(int times)
    {
        if (_network is IStepsOnLabels onLabels)
        {
            for (int i = 0; i < times; i++)
            {
                _loss = onLabels.TrainStep(data.Inputs, data.Labels);
            }
        }
        else
        {
            var onRows = (IStepsOnRows)_network;
            for (int i = 0; i < times; i++)
            {
                _loss = onRows.TrainStep(data.Inputs, data.Targets);
            }
        }
    }

    public float[] Result() => [_loss];

    public void Dispose()
    {
    }
}
