using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Parsing;

/// <summary>The names that the generated part of a class takes, and that the user's part must leave free.</summary>
internal static class EmittedMembers
{
    private static readonly string[] Always =
    [
        "InputSize", "OutputSize", "ParameterCount", "Summary", "Derivation",
        "Initialize", "Parameters", "Gradients", "CopyParametersTo", "SetParameters",
        "Forward", "Backward", "BackwardFrom", "SampleLosses", "Predict", "Evaluate",
        "Description", "Save", "Load", "ExportOnnx",
    ];

    private static readonly string[] WithAverages = ["CopyAveragesTo", "SwapAverages"];

    /// <summary>Private members. Not every network has each, but whether one does is no concern of the user's.</summary>
    private static readonly string[] Private =
    [
        "_batch", "_description", "_dropoutMasks", "_dropoutStart", "_gradients", "_gradientView", "_hasForward", "_inputGradients", "_inputs", "_lossCount", "_parameters", "_parameterView",
        "_sampleLosses", "_transposed", "_workspace",
        "BackwardPass", "BuildDescription", "CheckForward", "EvaluationPass", "ExportGradients", "ExportParameters", "ForwardPass", "ImportGradients", "ImportParameters", "InferencePass",
        "InitialParameters", "LossDivisor", "LossFromLabels", "LossFromRows", "LossScale", "OutputGradientPass", "PackParameters", "PredictionPass",
        "Reserve", "ReserveInputs", "RunBackward", "SampleStepFromLabels", "SampleStepFromRows",
        "SmallStepFromLabels", "SmallStepFromRows", "TransposeWeights", "UnpackParameters",
        "ClassWeights", "PaddedClassWeights", "PositiveWeights",
    ];

    /// <summary>Private members of optimizers: of all of them, and what single ones keep.</summary>
    private static readonly string[] OptimizerPrivate =
    [
        "_divisor", "_isAccumulating", "_learningRate", "FinishAccumulation", "OptimizerRange", "OptimizerRanges", "OptimizerStep", "ResetOptimizer",
        "_averages", "_averagesAreSwapped", "_gradientNorm", "_hasAverages",
        "_beta1Power", "_beta2Power", "_firstMoments", "_hasVelocity", "_infinityNorms", "_meanGradients", "_meanSquares", "_meanSquareSteps",
        "_momentumProduct", "_peaks", "_secondMoments", "_squareSums", "_steps", "_velocity",
    ];

    /// <summary>Members of a network that may use several threads.</summary>
    private static readonly string[] Threading =
    [
        "Parallelism", "SamplesPerPart", "PartsOf", "TotalLoss", "RowsOf", "PanelsOf", "DeltaPass", "GradientPass", "StartBackward", "FinishBackward",
        "_parallelism", "_panels", "_pass",
        "ForwardPart", "LossFromLabelsPart", "LossFromRowsPart", "OutputGradientPart", "DeltaPart", "GradientPart", "OptimizerPart",
        "ForwardParts", "LossFromLabelsParts", "LossFromRowsParts", "OutputGradientParts", "GradientParts", "OptimizerParts",
        "_forwardParts", "_lossFromLabelsParts", "_lossFromRowsParts", "_outputGradientParts", "_gradientParts", "_optimizerParts",
    ];

    /// <summary>The private members of a layer begin with its name and one of these: the type of its view, its kernels.</summary>
    private static readonly string[] LayerSuffixes = ["Layer", "Forward", "WeightGradient", "InputGradient", "Activate", "ActivationGradient"];

    /// <summary>The fixed names that a network takes, which are all but those of its layers.</summary>
    public static HashSet<string> Of(NetworkDeclaration network)
    {
        var names = new HashSet<string>(Always.Concat(Private).Concat(OptimizerPrivate).Concat(UsedTypes.Names), StringComparer.Ordinal);
        if (!network.Optimizers.IsEmpty)
        {
            names.UnionWith(OptimizerMembers.Names);
        }

        if (network.Spec.Optimizer is { Clips: true })
        {
            names.Add("GradientNorm");
        }

        if (network.Spec.Optimizer is { Averages: true })
        {
            names.UnionWith(WithAverages);
        }

        if (network.Spec.Parallelism > 1)
        {
            names.UnionWith(Threading);
        }

        if (network.Spec.InputGradients)
        {
            names.Add("InputGradients");
        }

        return names;
    }

    /// <summary>Whether a name is one of the private members of a layer, such as "Dense1Forward6".</summary>
    public static bool IsPartOf(LayerDeclaration layer, string name) =>
        name.StartsWith(layer.Spec.Name, StringComparison.Ordinal)
        && LayerSuffixes.Any(suffix => name.AsSpan(layer.Spec.Name.Length).StartsWith(suffix.AsSpan(), StringComparison.Ordinal));
}
