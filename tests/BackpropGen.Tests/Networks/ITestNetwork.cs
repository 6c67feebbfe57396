namespace BackpropGen.Tests;

/// <summary>
/// The emitted members of every network under test. The generator implements <see cref="INeuralNetwork{T}"/>; this interface has what
/// that one leaves to the loss and the optimizer, and no static member, so that lists and delegates may hold it.
/// </summary>
internal interface ITestNetwork<T>
{
    Span<T> Parameters { get; }

    Span<T> Gradients { get; }

    ReadOnlySpan<T> SampleLosses { get; }

    void Initialize(ulong seed);

    void CopyParametersTo(Span<T> destination);

    void SetParameters(ReadOnlySpan<T> source);

    void Forward(ReadOnlySpan<T> inputs);

    void Forward(ReadOnlySpan<T> inputs, Span<T> outputs);

    void BackwardFrom(ReadOnlySpan<T> outputGradients, bool accumulate = false);

    void Predict(ReadOnlySpan<T> inputs, Span<T> outputs);
}

/// <summary>A network that gives ∂L/∂x.</summary>
internal interface IHasInputGradients<T>
{
    ReadOnlySpan<T> InputGradients { get; }
}

/// <summary>A network whose loss takes class labels.</summary>
internal interface ITakesLabels<T>
{
    T Backward(ReadOnlySpan<int> labels, ReadOnlySpan<T> sampleWeights = default, bool accumulate = false);

    T Evaluate(ReadOnlySpan<T> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<T> sampleWeights = default);
}

/// <summary>A network whose loss takes target rows.</summary>
internal interface ITakesRows<T>
{
    T Backward(ReadOnlySpan<T> targets, ReadOnlySpan<T> sampleWeights = default, bool accumulate = false);

    T Evaluate(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> sampleWeights = default);
}

/// <summary>A network with an optimizer.</summary>
internal interface IHasOptimizer<T>
{
    T LearningRate { get; set; }

    void ApplyGradients();
}

/// <summary>A network with an optimizer whose loss takes class labels.</summary>
internal interface ITrainsOnLabels<T> : IHasOptimizer<T>
{
    T Accumulate(ReadOnlySpan<T> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<T> sampleWeights = default);

    T TrainStep(ReadOnlySpan<T> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<T> sampleWeights = default);
}

/// <summary>A network with an optimizer whose loss takes target rows.</summary>
internal interface ITrainsOnRows<T> : IHasOptimizer<T>
{
    T Accumulate(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> sampleWeights = default);

    T TrainStep(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> sampleWeights = default);
}
