using BackpropGen.Generator.Model;

namespace BackpropGen.Conformance;

/// <summary>A network, a batch, and every number that the emitted code must give for them.</summary>
/// <param name="Name">What messages call the case.</param>
/// <param name="Spec">The network; precision and kept intermediates vary while checking. Layers without a name get the default one.</param>
/// <param name="Precisions">The element types to check it in, each with the closeness it must reach.</param>
/// <param name="Inputs">x, [N × inputs].</param>
/// <param name="Parameters">The flat parameters.</param>
/// <param name="Targets">The targets; where there are several forms, each gives the same numbers.</param>
/// <param name="Expected">The numbers of the forward and the backward pass.</param>
/// <param name="Trajectory">The numbers of the optimizer, or null.</param>
/// <param name="CheckDifferences">Whether to compare the gradients with central differences of the emitted loss, too.</param>
internal sealed record ReferenceCase(
    string Name,
    NetworkSpec Spec,
    IReadOnlyList<PrecisionCheck> Precisions,
    double[] Inputs,
    double[] Parameters,
    IReadOnlyList<Targets> Targets,
    ReferenceValues Expected,
    ReferenceTrajectory? Trajectory = null,
    bool CheckDifferences = false)
{
    /// <summary>The masks of the dropout layers in order, times 1/(1 − rate).</summary>
    public IReadOnlyList<double[]> Masks { get; init; } = [];

    /// <summary>Whether the numbers are also those of inference.</summary>
    public bool IsInference => !Spec.Layers.Any(layer => layer is DropoutSpec);

    public int Batch => Inputs.Length / Spec.Inputs;
}

/// <summary>An element type and how close it must come.</summary>
internal sealed record PrecisionCheck(Generator.Precision Precision, Tolerance Tolerance);

/// <summary>The numbers of a forward and a backward pass.</summary>
/// <param name="Layers">z, h and δ of each layer.</param>
/// <param name="Predictions">What <c>Predict</c> gives.</param>
/// <param name="SampleLosses">The loss of each sample, times its weight, not divided.</param>
/// <param name="Loss">The loss of the batch.</param>
/// <param name="Gradients">The flat gradients.</param>
/// <param name="InputGradients">∂L/∂x, or null where the network does not give it.</param>
/// <param name="OutputGradients">∂L/∂h of the last layer, or null where the reference does not know it.</param>
internal sealed record ReferenceValues(
    IReadOnlyList<ReferenceLayer> Layers,
    double[] Predictions,
    double[] SampleLosses,
    double Loss,
    double[] Gradients,
    double[]? InputGradients,
    double[]? OutputGradients)
{
    /// <summary>h of the last layer.</summary>
    public double[] Outputs => Layers[^1].Output;
}

/// <summary>The numbers of one layer, each [N × units].</summary>
/// <param name="PreActivation">z.</param>
/// <param name="Output">h.</param>
/// <param name="Delta">δ = ∂L/∂z.</param>
internal sealed record ReferenceLayer(double[] PreActivation, double[] Output, double[] Delta);

/// <summary>Optimizer steps on one batch.</summary>
/// <param name="Steps">The steps in order.</param>
/// <param name="FinalLoss">The loss after the last step.</param>
internal sealed record ReferenceTrajectory(IReadOnlyList<ReferenceStep> Steps, double FinalLoss);

/// <summary>One optimizer step.</summary>
/// <param name="LearningRate">The learning rate to set before it.</param>
/// <param name="Loss">The loss before it.</param>
/// <param name="GradientNorm">The L2 norm of the whole gradient of the step.</param>
/// <param name="ParametersAfter">The flat parameters after it, or null where the reference does not list them.</param>
internal sealed record ReferenceStep(double LearningRate, double Loss, double GradientNorm, double[]? ParametersAfter);
