namespace BackpropGen;

/// <summary>Which rows go to which part of a split.</summary>
internal static class DataSplit
{
    /// <summary>Draws the rows of the second part, round(fraction · count) of them, but at least one for either part.</summary>
    public static (int[] First, int[] Second) Random(int count, double fraction, ulong seed)
    {
        Check(count, fraction);
        var order = new int[count];
        RowOrder.Ascending(order);
        RowOrder.Shuffle(order, seed, stream: 0);
        int second = Math.Clamp((int)Math.Round(fraction * count, MidpointRounding.AwayFromZero), 1, count - 1);
        return (order[second..], order[..second]);
    }

    /// <summary>
    /// The same class by class: round(fraction · n) of the n rows of each, which of small classes is none or all. Where a part would have no
    /// row at all so, <see cref="Random"/> deals them out. Both parts come in random order.
    /// </summary>
    public static (int[] First, int[] Second) Stratified(ReadOnlySpan<int> labels, double fraction, ulong seed)
    {
        Check(labels.Length, fraction);
        var order = new int[labels.Length];
        RowOrder.Ascending(order);
        RowOrder.Shuffle(order, seed, stream: 0);

        var left = new Dictionary<int, int>();
        foreach (int label in labels)
        {
            left[label] = left.GetValueOrDefault(label) + 1;
        }

        foreach (int label in left.Keys.ToArray())
        {
            left[label] = (int)Math.Round(fraction * left[label], MidpointRounding.AwayFromZero);
        }

        var first = new List<int>();
        var second = new List<int>();
        foreach (int row in order)
        {
            bool wanted = left[labels[row]] > 0;
            left[labels[row]] -= wanted ? 1 : 0;
            (wanted ? second : first).Add(row);
        }

        // All classes have so few rows that they round to nothing, or to all.
        if (second.Count == 0 || first.Count == 0)
        {
            return Random(labels.Length, fraction, seed);
        }

        return ([.. first], [.. second]);
    }

    private static void Check(int count, double fraction)
    {
        if (!(fraction is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(fraction), fraction, FormattableString.Invariant($"'fraction' is {fraction}; a number above 0 and below 1 is needed."));
        }

        if (count < 2)
        {
            throw new InvalidOperationException("A set of one sample cannot be split.");
        }
    }
}
