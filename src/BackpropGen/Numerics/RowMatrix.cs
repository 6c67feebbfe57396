using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BackpropGen.Numerics;

/// <summary>
/// Moves rows between the caller's memory, where they stand one after the other, and the workspace of a network, where every row is padded
/// to whole vectors. Padding is zero. Called by emitted code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class RowMatrix
{
    /// <summary>Copies rows into a padded matrix and clears the padding.</summary>
    /// <param name="rows">[batch × columns], row after row.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="destination">The first element of the padded matrix.</param>
    /// <param name="stride">The length of a padded row, in whole vectors.</param>
    /// <param name="batch">The number of rows.</param>
    public static unsafe void Pad<T>(ReadOnlySpan<T> rows, int columns, ref T destination, int stride, nint batch)
        where T : unmanaged
    {
        int lanes = Vector256<T>.Count;
        int full = columns / lanes * lanes;
        Vector256<T> lastLanes = FirstLanes<T>(columns - full);
        fixed (T* source = rows[..(int)(batch * columns)])
        {
            for (nint n = 0; n < batch; n++)
            {
                T* from = source + (n * columns);
                ref T to = ref Unsafe.Add(ref destination, n * stride);
                int column = 0;
                for (; column < full; column += lanes)
                {
                    Vector256.Load(from + column).StoreUnsafe(ref to, (nuint)column);
                }

                if (column < columns)
                {
                    LoadFirst(from + column, columns - column, lastLanes).StoreUnsafe(ref to, (nuint)column);
                    column += lanes;
                }

                for (; column < stride; column += lanes)
                {
                    Vector256<T>.Zero.StoreUnsafe(ref to, (nuint)column);
                }
            }
        }
    }

    private static Vector256<T> FirstLanes<T>(int count)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Simd.FirstLanesSingle(count).As<float, T>() : Simd.FirstLanesDouble(count).As<double, T>();

    /// <summary>Copies a padded matrix to rows that stand one after the other.</summary>
    /// <param name="source">The first element of the padded matrix.</param>
    /// <param name="stride">The length of a padded row.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="rows">Receives [batch × columns]; its length gives the number of rows.</param>
    public static void Unpad<T>(ref T source, int stride, int columns, Span<T> rows)
        where T : unmanaged
    {
        nint batch = rows.Length / columns;
        uint bytes = (uint)(columns * Unsafe.SizeOf<T>());
        ref T target = ref MemoryMarshal.GetReference(rows);
        for (nint n = 0; n < batch; n++)
        {
            ref T from = ref Unsafe.Add(ref source, n * stride);
            ref T to = ref Unsafe.Add(ref target, n * columns);
            Unsafe.CopyBlockUnaligned(ref Unsafe.As<T, byte>(ref to), ref Unsafe.As<T, byte>(ref from), bytes);
        }
    }

    /// <summary>Writes class labels as padded one-hot rows.</summary>
    /// <param name="labels">One label per row, each at least 0 and less than <paramref name="columns"/>.</param>
    /// <param name="columns">The number of classes.</param>
    /// <param name="destination">The first element of the padded matrix.</param>
    /// <param name="stride">The length of a padded row.</param>
    public static void OneHot<T>(ReadOnlySpan<int> labels, int columns, ref T destination, int stride)
        where T : unmanaged
    {
        for (int n = 0; n < labels.Length; n++)
        {
            if ((uint)labels[n] >= (uint)columns)
            {
                throw new ArgumentOutOfRangeException(nameof(labels));
            }

            ref T row = ref Unsafe.Add(ref destination, (nint)n * stride);
            Unsafe.InitBlockUnaligned(ref Unsafe.As<T, byte>(ref row), 0, (uint)(stride * Unsafe.SizeOf<T>()));
            Unsafe.Add(ref row, labels[n]) = Real.From<T>(1);
        }
    }
}
