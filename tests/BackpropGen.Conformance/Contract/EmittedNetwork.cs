namespace BackpropGen.Conformance;

// What the harness asks of a class under test. The members without a remark are those that the generator emits: the class fulfils
// them implicitly, so a wrong signature does not compile. The others stand in the part of the class that SourceWriter writes.

/// <summary>A network under test: the members that every emitted class has.</summary>
/// <typeparam name="T">The element type of the network.</typeparam>
public interface IEmittedNetwork<T>
    where T : unmanaged
{
    /// <summary>The constants of the class: InputSize, OutputSize, ParameterCount. Written by hand.</summary>
    (int Inputs, int Outputs, int Parameters) Sizes { get; }

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

    /// <summary>Parameters and gradients of all layers one after another, as the layers' own views show them. Written by hand.</summary>
    (T[] Parameters, T[] Gradients) ReadLayerViews();
}

/// <summary>A network that keeps ∂L/∂x.</summary>
public interface IGivesInputGradients<T>
    where T : unmanaged
{
    ReadOnlySpan<T> InputGradients { get; }
}

/// <summary>A network whose loss takes class labels.</summary>
public interface ITakesLabels<T>
    where T : unmanaged
{
    T Backward(ReadOnlySpan<int> labels, ReadOnlySpan<T> sampleWeights = default, bool accumulate = false);

    T Evaluate(ReadOnlySpan<T> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<T> sampleWeights = default);
}

/// <summary>A network whose loss takes rows of targets.</summary>
public interface ITakesRows<T>
    where T : unmanaged
{
    T Backward(ReadOnlySpan<T> targets, ReadOnlySpan<T> sampleWeights = default, bool accumulate = false);

    T Evaluate(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> sampleWeights = default);
}

/// <summary>A network with an optimizer.</summary>
public interface IHasOptimizer<T>
    where T : unmanaged
{
    T LearningRate { get; set; }

    void ApplyGradients();
}

/// <summary>A network whose optimizer clips gradients.</summary>
public interface IClipsGradients<T>
    where T : unmanaged
{
    T GradientNorm { get; }
}

/// <summary>A network with an optimizer and a loss that takes class labels.</summary>
public interface IStepsOnLabels<T>
    where T : unmanaged
{
    T Accumulate(ReadOnlySpan<T> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<T> sampleWeights = default);

    T TrainStep(ReadOnlySpan<T> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<T> sampleWeights = default);
}

/// <summary>A network with an optimizer and a loss that takes rows of targets.</summary>
public interface IStepsOnRows<T>
    where T : unmanaged
{
    T Accumulate(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> sampleWeights = default);

    T TrainStep(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> sampleWeights = default);
}

/// <summary>A network that keeps its intermediates.</summary>
public interface IKeepsIntermediates<T>
    where T : unmanaged
{
    /// <summary>Copies z, h and δ of one layer. Written by hand.</summary>
    /// <param name="layer">The 0-based position of the layer.</param>
    /// <param name="z">Receives [N × units].</param>
    /// <param name="h">Receives [N × units].</param>
    /// <param name="delta">Receives [N × units].</param>
    void CopyIntermediatesTo(int layer, Span<T> z, Span<T> h, Span<T> delta);
}
