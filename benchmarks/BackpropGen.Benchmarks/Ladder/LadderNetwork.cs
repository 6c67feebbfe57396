namespace BackpropGen.Benchmarks.Ladder;

// The generator emits all these members.

/// <summary>What every network of the ladder has.</summary>
internal interface ILadderNetwork
{
    Span<float> Parameters { get; }

    void SetParameters(ReadOnlySpan<float> source);

    void Initialize(ulong seed);

    void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);
}

/// <summary>A network that trains on class labels.</summary>
internal interface IStepsOnLabels : ILadderNetwork
{
    float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> sampleWeights = default);
}

/// <summary>A network that trains on rows of targets.</summary>
internal interface IStepsOnRows : ILadderNetwork
{
    float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights = default);
}
