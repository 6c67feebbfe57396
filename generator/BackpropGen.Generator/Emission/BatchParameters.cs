using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>What the public members take of a batch: inputs, targets and sample weights, with their doc comments and checks.</summary>
internal static class BatchParameters
{
    /// <summary>The kinds of targets the loss takes: parameter type, parameter name, suffix of the loss method.</summary>
    public static IEnumerable<(string Type, string Name, string Suffix)> TargetsOf(LoweredProgram program)
    {
        LossRule rule = LossRules.Of(program.Spec.Loss.Kind);
        if (rule.TakesLabels)
        {
            yield return ("ReadOnlySpan<int>", "labels", "FromLabels");
        }

        if (rule.TakesRows)
        {
            yield return ($"ReadOnlySpan<{program.Element.Keyword}>", "targets", "FromRows");
        }
    }

    /// <summary>Writes the checks of targets and weights; nothing has been modified before them.</summary>
    public static void EmitTargetChecks(SourceWriter writer, string name)
    {
        if (name == "labels")
        {
            writer.Line("NetworkGuard.Length(labels.Length, batch, nameof(labels), \"one label per sample\");");
            writer.Line("NetworkGuard.Labels(labels, OutputSize, nameof(labels));");
        }
        else
        {
            writer.Line("NetworkGuard.Length(targets.Length, batch, OutputSize, nameof(targets));");
        }

        writer.Line("NetworkGuard.SampleWeights(sampleWeights, batch, nameof(sampleWeights));");
    }

    /// <summary>The doc comment of the inputs.</summary>
    public static void DocInputs(SourceWriter writer, LoweredProgram program) =>
        writer.Doc("param name=\"inputs\"", $"[N × {program.Spec.Inputs}], one sample per row, N ≥ 1.");

    /// <summary>When a method that takes targets refuses them, in words.</summary>
    /// <param name="measure">What the lengths are measured by.</param>
    /// <param name="name">The parameter: labels or targets.</param>
    public static string MisfitWords(string measure, string name) => name == "labels"
        ? $"A length does not fit {measure}, a label is not a class, or a weight is negative or not finite."
        : $"A length does not fit {measure}, or a weight is negative or not finite.";

    /// <summary>The doc comments of targets and sample weights.</summary>
    public static void DocTargets(SourceWriter writer, LoweredProgram program, string name)
    {
        int outputs = program.LastLayer.Outputs;
        writer.Doc($"param name=\"{name}\"", name == "labels"
            ? $"[N], the class of each sample, 0 to {outputs - 1}."
            : $"[N × {outputs}], one target row per sample.");
        writer.Doc("param name=\"sampleWeights\"", "[N], one weight ≥ 0 per sample; empty for none.");
    }
}
