namespace BackpropGen.Generator.Lowering.Passes;

/// <summary>
/// The sums of ∂W = hᵀ·δ run over the samples, so a block of ∂W reads a few columns of h and δ row after row: long jumps through memory
/// that miss the first-level cache and the page tables. Where every copied element is used often enough, both are first copied
/// in the order of reading.
/// </summary>
internal static class PackOperands
{
    /// <summary>
    /// Samples whose copies are made together: a panel of δ (16 kB) and a block of h (6 kB) then stay in the first-level cache.
    /// </summary>
    public const int SamplesTogether = 256;

    /// <summary>A copied element of δ is used once per block of inputs; below this the copy costs more than a tenth of the work it saves.</summary>
    private const int LeastInputs = 48;

    /// <summary>A copied element of h is used once per panel of units.</summary>
    private const int LeastUnits = 256;

    public static IReadOnlyList<Step> Run(IReadOnlyList<Step> steps, LoweringContext context) =>
        steps.Select(step => step is WeightGradientStep gradient && context.ScheduleOf(gradient.Layer) == Schedule.Tiled
            ? Pack(gradient, context)
            : step).ToList();

    private static WeightGradientStep Pack(WeightGradientStep step, LoweringContext context)
    {
        Layer layer = step.Layer;
        int panel = context.Element.PanelWidth;
        return step with
        {
            PackedInput = layer.Inputs >= LeastInputs && layer.Outputs >= LeastUnits
                ? context.Packed(step.Input, "Blocks", layer.Inputs)
                : null,
            PackedDelta = layer.Inputs < LeastInputs || layer.Outputs <= panel ? null
                : context.SamplesPerPart is null ? context.Packed(step.Delta, "Panel", panel)
                : context.PackedByPart(step.Delta, "Panel", SamplesTogether, panel),
        };
    }
}
