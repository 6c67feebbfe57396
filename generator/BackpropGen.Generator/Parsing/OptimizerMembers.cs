namespace BackpropGen.Generator.Parsing;

/// <summary>The public members that a network has only with an optimizer.</summary>
internal static class OptimizerMembers
{
    /// <summary>Their names, whatever the optimizer.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["TrainStep", "Accumulate", "ApplyGradients", "LearningRate", "GetOptimizerState", "SetOptimizerState"];
}
