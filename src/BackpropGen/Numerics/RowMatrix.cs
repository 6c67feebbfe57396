using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BackpropGen.Numerics;

/// <summary>
/// Moves rows between the caller's memory, where they stand one after the other, and the workspace of a network, where every row is padded
/// to whole vectors. Padding is zero. Called by emitted code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowMatrix
{
    /// <summary>Copies rows into a padded matrix and clears the padding.</summary>
    /// <param name="rows">[batch × columns], row after row.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="destination">The first element of the padded matrix.</param>
    /// <param name="stride">The length of a padded row.</param>
    /// <param name="batch">The number of rows.</param>
    public static void Pad<T>(ReadOnlySpan<T> rows, int columns, ref T destination, int stride, nint batch)
        where T : unmanaged
    {
        for (nint n = 0; n < batch; n++)
        {
            Span<T> row = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref destination, n * stride), stride);
            rows.Slice((int)n * columns, columns).CopyTo(row);
            row[columns..].Clear();
        }
    }

    /// <summary>Copies a padded matrix to rows that stand one after the other.</summary>
    /// <param name="source">The first element of the padded matrix.</param>
    /// <param name="stride">The length of a padded row.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="rows">Receives [batch × columns]; its length gives the number of rows.</param>
    public static void Unpad<T>(ref T source, int stride, int columns, Span<T> rows)
        where T : unmanaged
    {
        nint batch = rows.Length / columns;
        for (nint n = 0; n < batch; n++)
        {
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref source, n * stride), columns).CopyTo(rows.Slice((int)n * columns, columns));
        }
    }

    /// <summary>Writes class labels as padded one-hot rows.</summary>
    /// <param name="labels">One label per row, each at least 0 and less than <paramref name="columns"/>.</param>
    /// <param name="columns">The number of classes.</param>
    /// <param name="destination">The first element of the padded matrix.</param>
    /// <param name="stride">The length of a padded row.</param>
    public static void OneHot<T>(ReadOnlySpan<int> labels, int columns, ref T destination, int stride)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        for (int n = 0; n < labels.Length; n++)
        {
            Span<T> row = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref destination, (nint)n * stride), stride);
            row.Clear();
            row[..columns][labels[n]] = T.One;
        }
    }
}
