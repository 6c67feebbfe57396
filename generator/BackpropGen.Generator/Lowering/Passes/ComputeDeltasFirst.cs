namespace BackpropGen.Generator.Lowering.Passes;

/// <summary>
/// In a network for several threads, each thread carries δ of its own samples from the last layer to the first; a weight gradient sums over
/// the samples of all. So every δ comes before any ∂W, and the threads wait for each other once. It also keeps every W as it was until the
/// last δ has been computed, which an update in place needs.
/// </summary>
internal static class ComputeDeltasFirst
{
    public static IReadOnlyList<Step> Run(IReadOnlyList<Step> steps, LoweringContext context) =>
        context.SamplesPerPart is null ? steps : steps.OrderBy(step => step is WeightGradientStep).ToList();
}
