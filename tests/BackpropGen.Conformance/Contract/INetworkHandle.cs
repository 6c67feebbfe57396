namespace BackpropGen.Conformance;

/// <summary>What a backward pass gave.</summary>
/// <param name="Loss">The loss of the batch; 0 for a pass from given output gradients.</param>
/// <param name="Gradients">The flat gradients.</param>
/// <param name="InputGradients">∂L/∂x, or null where the network does not give it.</param>
/// <param name="SampleLosses">The loss of each sample, not divided.</param>
internal sealed record BackwardResult(double Loss, double[] Gradients, double[]? InputGradients, double[] SampleLosses);

/// <summary>One instance of a network under test, in double whatever its element type.</summary>
internal interface INetworkHandle
{
    (int Inputs, int Outputs, int Parameters) Sizes { get; }

    double LearningRate { get; set; }

    void Initialize(ulong seed);

    /// <summary>Writes parameters through <c>SetParameters</c>.</summary>
    void SetParameters(double[] parameters);

    /// <summary>Writes parameters through a <c>Parameters</c> span taken before a forward pass.</summary>
    void WriteParametersThroughHeldSpan(double[] parameters, double[] inputs);

    /// <summary>The parameters by <c>CopyParametersTo</c>.</summary>
    double[] CopyParameters();

    /// <summary>The parameters by the <c>Parameters</c> span.</summary>
    double[] ReadParameters();

    double[] Predict(double[] inputs);

    void Forward(double[] inputs);

    double[] ForwardTo(double[] inputs);

    /// <summary>A backward pass; the gradients are read through a span taken before it.</summary>
    BackwardResult Backward(Targets targets, bool accumulate = false);

    BackwardResult BackwardFrom(double[] outputGradients, bool accumulate = false);

    double Evaluate(double[] inputs, Targets targets);

    double TrainStep(double[] inputs, Targets targets);

    double Accumulate(double[] inputs, Targets targets);

    /// <summary>The norm that the last step saw, or null where the network does not clip.</summary>
    double? GradientNorm { get; }

    void ApplyGradients();

    /// <summary>z, h and δ of one layer, each [rows × units].</summary>
    (double[] Z, double[] H, double[] Delta) ReadIntermediates(int layer, int rows, int units);

    (double[] Parameters, double[] Gradients) ReadLayerViews();

    /// <summary>The calls that allocate although they were made before for this batch, and how many bytes.</summary>
    IReadOnlyList<(string Call, long Bytes)> FindAllocations(double[] inputs, Targets targets);
}
