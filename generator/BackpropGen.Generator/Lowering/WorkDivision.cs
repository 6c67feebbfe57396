using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Lowering;

/// <summary>How the samples of a batch are divided among threads.</summary>
internal static class WorkDivision
{
    /// <summary>
    /// Batches are cut at multiples of so many rows. The order in which the sum of a row is added up depends on the height of the tile that
    /// the row falls into (see RowBlocks in the emission), so a row must meet the same tile in its part as in the undivided batch, or the
    /// bits of the result would depend on the number of threads. That holds where this is a multiple of the height of every tile that is
    /// used for more than a remainder, and where no part is so short that it ends in another remainder than the batch.
    /// </summary>
    public const int CutRows = 6;

    /// <summary>The fewest rows that make a part worth while: half a cut less, by rounding, is still longer than any remainder.</summary>
    private const int LeastRows = 3 * CutRows;

    /// <summary>
    /// The multiply-adds of a step that are worth a thread: about 100 µs of them on one core with AVX2. To hand the parts of a pass to threads
    /// that are awake takes less than 1 µs; to wake them about 5, in which case the calling thread may have done all before they are there.
    /// </summary>
    private const long WorkPerPart = 4_800_000;

    /// <summary>No tile of a training step has more samples (see TrainStepEmitter).</summary>
    private const int MostSamples = 4092;

    /// <summary>The fewest multiply-adds per sample with which two parts of the longest batch are each worth a thread.</summary>
    public const long LeastWork = (WorkPerPart / ((MostSamples / 2) + 1)) + 1;

    /// <summary>The multiply-adds of a training step for each sample: every layer multiplies for h, ∂W and ∂h; the first computes no ∂x.</summary>
    public static long WorkOf(IReadOnlyList<Layer> layers) => layers.Sum(layer => 3 * layer.WeightCount) - layers[0].WeightCount;

    /// <summary>The samples of a pass for every thread; null where the network has too little work per sample to divide any batch.</summary>
    public static int? SamplesPerPart(IReadOnlyList<Layer> layers)
    {
        long work = WorkOf(layers);
        return work < LeastWork ? null : (int)Math.Max(LeastRows, (WorkPerPart + work - 1) / work);
    }
}
