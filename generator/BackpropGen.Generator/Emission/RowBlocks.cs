namespace BackpropGen.Generator.Emission;

/// <summary>
/// How many rows a tile computes at once. Six rows of two vectors take 12 of the 16 vector registers for sums, 2 for weights, 1 for the
/// broadcast element. What is left over goes to smaller tiles, and rather to two of them of 3 or 4 rows than to one of 6 and a rest of
/// one or two, which would have too few independent sums to keep both multiply-add units busy.
/// </summary>
internal static class RowBlocks
{
    public const int Largest = 6;

    /// <summary>
    /// A batch that is cut at multiples of so many rows falls into the same blocks as the whole, as long as at least 9 rows come after
    /// the last cut: the blocks of 6 that come before do not depend on what follows.
    /// </summary>
    public const int Granule = Largest;

    /// <summary>The tiles of a product over the batch, whose size is known only at run time.</summary>
    public static readonly IReadOnlyList<int> Sizes = [Largest, 4, 3, 2, 1];

    /// <summary>
    /// The loop or condition under which a tile of so many rows is next, the larger ones having been asked before: n rows of the batch are
    /// done. Seven rows become 4 + 3, eight 4 + 4, five 3 + 2.
    /// </summary>
    public static string Condition(int rows) => rows switch
    {
        Largest => "for (; n <= batch - 9 || n == batch - 6; n += 6)",
        4 => "for (; n <= batch - 7 || n == batch - 4; n += 4)",
        1 => "if (n < batch)",
        _ => $"if (n <= batch - {CSharpLiteral.Int(rows)})",
    };

    /// <summary>
    /// A constant number of inputs as blocks of ∂W. Each of its sums is one chain over the samples, whatever the block, so the sizes are
    /// free to be the best: blocks of 4, 5 and 6 all keep the multiply-add units busy, and any number from 8 on is a sum of such.
    /// </summary>
    public static IReadOnlyList<(int Start, int Rows)> Split(int rows)
    {
        var blocks = new List<(int, int)>();
        int start = 0;
        while (start < rows)
        {
            int size = (rows - start) switch
            {
                4 or 7 or 8 => 4,
                5 or 9 or 13 => 5,
                >= 6 => Largest,
                int rest => rest,
            };
            blocks.Add((start, size));
            start += size;
        }

        return blocks;
    }
}
