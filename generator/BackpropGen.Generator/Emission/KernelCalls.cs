using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>The calls of tiled kernels in the passes; <see cref="KernelEmitter"/> writes the kernels under the same names.</summary>
internal static class KernelCalls
{
    public static string DenseName(DenseStep step) => $"{step.Layer.Name}Forward";

    public static string WeightGradientName(WeightGradientStep step) => $"{step.Layer.Name}WeightGradient";

    public static string InputGradientName(InputGradientStep step) => $"{step.Layer.Name}InputGradient";

    public static string ActivateName(ActivateStep step) => $"{step.Layer.Name}Activate";

    public static string ActivationGradientName(ActivationGradientStep step) => $"{step.Layer.Name}ActivationGradient";

    /// <summary>
    /// Whether a sweep is a method of its own. The constants of dear functions then stay in registers; in a pass, across the calls of other
    /// kernels, they would be loaded anew for every vector.
    /// </summary>
    public static bool IsKernel(ActivateStep step) =>
        !ActivationRules.Of(step.Activation.Kind).IsRowWise && !LoweringContext.FitsEpilogue(step.Activation, Schedule.Tiled, derivative: false);

    /// <inheritdoc cref="IsKernel(ActivateStep)"/>
    public static bool IsKernel(ActivationGradientStep step) =>
        !ActivationRules.Of(step.Activation.Kind).IsRowWise && !LoweringContext.FitsEpilogue(step.Activation, Schedule.Tiled, derivative: true);

    /// <summary>The matrices a forward kernel takes, in order.</summary>
    public static IReadOnlyList<string> DenseArguments(DenseStep step) =>
        Names(step.Input.Name, step.Weights.Name, step.Bias?.Name, step.PreActivation?.Name, step.Output?.Name);

    public static IReadOnlyList<string> WeightGradientArguments(WeightGradientStep step) =>
        Names(
            step.Input.Name, step.PackedInput?.Name, step.Delta.Name, step.PackedDelta?.Name, step.WeightGradient.Name, step.BiasGradient?.Name);

    public static IReadOnlyList<string> InputGradientArguments(InputGradientStep step) =>
        Names(step.Delta.Name, step.Weights.Name, step.Weights.Name + "T", step.Epilogue?.PreActivation?.Name, step.Epilogue?.Output?.Name, step.Result.Name);

    public static IReadOnlyList<string> ActivateArguments(ActivateStep step) => Names(step.Input.Name, step.Output.Name);

    public static IReadOnlyList<string> ActivationGradientArguments(ActivationGradientStep step) =>
        Names(step.Upstream.Name, step.PreActivation?.Name, step.Output?.Name, step.Result.Name).Distinct().ToList();

    public static string Activate(ActivateStep step) => $"{ActivateName(step)}({Refs(ActivateArguments(step))}, batch);";

    public static string ActivationGradient(ActivationGradientStep step) =>
        $"{ActivationGradientName(step)}({Refs(ActivationGradientArguments(step))}, batch);";

    public static string Dense(DenseStep step) => $"{DenseName(step)}({Refs(DenseArguments(step))}, batch);";

    public static string WeightGradient(WeightGradientStep step, bool ofPart) =>
        $"{WeightGradientName(step)}({Refs(WeightGradientArguments(step))}, batch, accumulate{(ofPart ? ", part" : string.Empty)});";

    public static string InputGradient(InputGradientStep step) => $"{InputGradientName(step)}({Refs(InputGradientArguments(step))}, batch);";

    private static IReadOnlyList<string> Names(params string?[] names) => names.OfType<string>().ToList();

    private static string Refs(IReadOnlyList<string> names) => string.Join(", ", names.Select(name => $"ref {name}"));
}
