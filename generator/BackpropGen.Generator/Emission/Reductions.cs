using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission;

/// <summary>The divisor of the batch: how the sample losses become one number.</summary>
internal static class Reductions
{
    /// <summary>The reduction in words, for the comment behind H.</summary>
    public static string Describe(LossSpec loss, LossRule rule) => loss.Reduction switch
    {
        Reduction.Sum => "the sum over the samples",
        Reduction.WeightedMean => rule.IsElementwise
            ? "divided, like its gradient, by the sum of the sample weights times the outputs"
            : "divided, like its gradient, by the sum of the weights",
        _ when rule.IsElementwise => "divided, like its gradient, by samples × outputs",
        _ => "divided, like its gradient, by the number of samples",
    };

    /// <summary>Writes <c>LossScale</c>: 1 over the divisor.</summary>
    public static void Emit(SourceWriter writer, LoweredProgram program)
    {
        LossSpec loss = program.Spec.Loss;
        LossRule rule = LossRules.Of(loss.Kind);
        string type = program.Element.Keyword;
        int outputs = program.LastLayer.Outputs;
        bool hasClassWeights = loss.ClassWeights.Count > 0;
        if (rule.TakesLabels)
        {
            bool needsLabels = hasClassWeights && loss.Reduction != Reduction.Sum;
            EmitScale("ReadOnlySpan<int> labels", needsLabels ? "ClassWeights[labels[n]]" : null);
        }

        if (rule.TakesRows)
        {
            EmitScale($"ReadOnlySpan<{type}> targets", null);
        }

        void EmitScale(string targets, string? labelWeight)
        {
            writer.Blank();
            writer.Doc("summary", "1 over the divisor of the batch; 0 where the divisor is 0, so that a batch without weight has no gradient.");
            using (writer.Open($"private static {type} LossScale({targets}, ReadOnlySpan<{type}> sampleWeights, int batch)"))
            {
                switch (loss.Reduction)
                {
                    case Reduction.Sum:
                        writer.Line("return 1;");
                        return;
                    case Reduction.Mean when labelWeight is null:
                        writer.Line(rule.IsElementwise
                            ? $"return 1 / (({type})batch * {CSharpLiteral.Int(outputs)});"
                            : $"return 1 / ({type})batch;");
                        return;
                }

                writer.Line($"{type} divisor = LossDivisor({targets.Split(' ')[1]}, sampleWeights, batch);");
                writer.Line("return divisor > 0 ? 1 / divisor : 0;");
            }

            string perSample = (loss.Reduction, labelWeight) switch
            {
                (Reduction.Mean, _) => labelWeight!,
                (_, null) => "sampleWeights.IsEmpty ? 1 : sampleWeights[n]",
                _ => $"(sampleWeights.IsEmpty ? 1 : sampleWeights[n]) * {labelWeight}",
            };
            writer.Blank();
            writer.Doc("summary", "What the sum of the sample losses is divided by.");
            using (writer.Open($"private static {type} LossDivisor({targets}, ReadOnlySpan<{type}> sampleWeights, int batch)"))
            {
                writer.Line($"{type} divisor = 0;");
                using (writer.Open("for (int n = 0; n < batch; n++)"))
                {
                    writer.Line($"divisor += {perSample};");
                }

                writer.Blank();
                writer.Line(rule.IsElementwise ? $"return divisor * {CSharpLiteral.Int(outputs)};" : "return divisor;");
            }
        }
    }

    /// <summary>The divisor of a batch as an expression.</summary>
    public static string Divisor(LoweredProgram program, string targets)
    {
        LossSpec loss = program.Spec.Loss;
        bool isPlain = loss.Reduction == Reduction.Mean && !(targets == "labels" && loss.ClassWeights.Count > 0);
        return !isPlain ? $"LossDivisor({targets}, sampleWeights, batch)"
            : LossRules.Of(loss.Kind).IsElementwise && program.LastLayer.Outputs > 1 ? $"({program.Element.Keyword})batch * {CSharpLiteral.Int(program.LastLayer.Outputs)}"
            : "batch";
    }
}
