using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>Loads the first elements of a vector and touches no other; the remaining lanes are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<T> LoadFirst<T>(T* first, int count, Vector256<T> lanes)
        where T : unmanaged
    {
        if (Avx.IsSupported && typeof(T) == typeof(float))
        {
            return Avx.MaskLoad((float*)first, lanes.AsSingle()).As<float, T>();
        }

        if (Avx.IsSupported && typeof(T) == typeof(double))
        {
            return Avx.MaskLoad((double*)first, lanes.AsDouble()).As<double, T>();
        }

        Vector256<T> value = Vector256<T>.Zero;
        for (int i = 0; i < count; i++)
        {
            value = value.WithElement(i, first[i]);
        }

        return value;
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
