namespace BackpropGen.Generator.Parsing;

/// <summary>The names of the members that a network generates, which the user's class must leave free.</summary>
internal static class EmittedMembers
{
    private static readonly string[] Always =
    [
        "InputSize", "OutputSize", "ParameterCount", "Summary", "Derivation",
        "Initialize", "Parameters", "Gradients", "CopyParametersTo", "SetParameters",
        "Forward", "Backward", "BackwardFrom", "SampleLosses", "Predict", "Evaluate",
        "Save", "Load", "ExportOnnx",
    ];

    private static readonly string[] WithOptimizer = ["TrainStep", "ApplyGradients", "LearningRate"];

    /// <summary>The names of all members of a network but its layers.</summary>
    public static HashSet<string> Of(NetworkDeclaration network)
    {
        var names = new HashSet<string>(Always, StringComparer.Ordinal);
        if (!network.Optimizers.IsEmpty)
        {
            names.UnionWith(WithOptimizer);
        }

        if (network.Spec.InputGradients)
        {
            names.Add("InputGradients");
        }

        return names;
    }
}
