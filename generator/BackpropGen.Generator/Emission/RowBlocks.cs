namespace BackpropGen.Generator.Emission;

/// <summary>
/// How many rows a tile computes at once. Six rows of two vectors take 12 of the 16 vector registers for sums, 2 for weights, 1 for the
/// broadcast element; what is left over goes to smaller tiles, at most two of them.
/// </summary>
internal static class RowBlocks
{
    public const int Largest = 6;

    /// <summary>The tiles of a product over the batch, whose size is known only at run time.</summary>
    public static readonly IReadOnlyList<int> Sizes = [Largest, 4, 2, 1];

    /// <summary>A constant number of rows as blocks.</summary>
    public static IReadOnlyList<(int Start, int Rows)> Split(int rows)
    {
        var blocks = new List<(int, int)>();
        int start = 0;
        foreach (int size in Sizes)
        {
            while (rows - start >= size)
            {
                blocks.Add((start, size));
                start += size;
            }
        }

        return blocks;
    }
}
