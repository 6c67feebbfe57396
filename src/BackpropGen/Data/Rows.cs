namespace BackpropGen;

/// <summary>Copies of chosen rows of a row-major matrix.</summary>
internal static class Rows
{
    /// <summary>Copies rows, in the order of their numbers.</summary>
    /// <param name="source">[… × width].</param>
    /// <param name="rows">[N], the numbers of the rows.</param>
    /// <param name="width">The values of a row.</param>
    /// <param name="destination">Receives [N × width].</param>
    public static void Gather<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> rows, int width, Span<T> destination)
    {
        if (width == 1)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                destination[i] = source[rows[i]];
            }

            return;
        }

        for (int i = 0; i < rows.Length; i++)
        {
            source.Slice(rows[i] * width, width).CopyTo(destination.Slice(i * width, width));
        }
    }

    /// <summary>The same as a new array; empty stays empty.</summary>
    public static T[] Gather<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> rows, int width)
    {
        if (source.IsEmpty)
        {
            return [];
        }

        var destination = new T[rows.Length * width];
        Gather(source, rows, width, destination);
        return destination;
    }
}
