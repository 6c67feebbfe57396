using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Tests.Lowering;

/// <summary>Steps as one line of text each: what is written ← what is computed from what.</summary>
internal static class StepText
{
    public static IEnumerable<string> Of(IEnumerable<Step> steps) => steps.Select(Of);

    public static string Of(Step step) => step switch
    {
        DenseStep s => $"{Names(s.PreActivation, s.Output)} ← dense({Names(s.Input, s.Weights, s.Bias)})",
        ActivateStep s => $"{s.Output.Name} ← {s.Activation.Kind}({s.Input.Name})",
        LossStep s => $"{s.Gradient.Name} ← loss({Names(s.Input, s.Target)}) from {s.Source}",
        ActivationGradientStep s => $"{s.Result.Name} ← {s.Activation.Kind}′({Names(s.Upstream, s.PreActivation, s.Output)})",
        WeightGradientStep s => $"{Names(s.WeightGradient, s.BiasGradient)} ← {s.Input.Name}ᵀ·{s.Delta.Name}",
        InputGradientStep { Epilogue: { } e } s => $"{s.Result.Name} ← {s.Delta.Name}·{s.Weights.Name}ᵀ, {e.Activation.Kind}′({Names(e.PreActivation, e.Output)})",
        InputGradientStep s => $"{s.Result.Name} ← {s.Delta.Name}·{s.Weights.Name}ᵀ",
        _ => step.ToString(),
    };

    private static string Names(params Value?[] values) => string.Join(", ", values.OfType<Value>().Select(value => value.Name));
}
