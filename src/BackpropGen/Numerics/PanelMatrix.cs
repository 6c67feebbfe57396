using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BackpropGen.Numerics;

/// <summary>
/// How the kernels store a weight matrix: in panels of P = 2V columns, V being the lanes of a vector (8 floats or 4 doubles).
/// </summary>
/// <remarks>
/// <para>
/// A [rows × columns] matrix lies as [panel][row][P]: the kernel that works on P columns walks straight through memory, and
/// powers of two among the sizes do not make rows collide in the cache. The column count is padded with zero columns to a
/// multiple of V; where that is no multiple of P, the last panel is V wide. Alternatives measured on 512 × 512, batch 64:
/// panels 95 GFLOP/s, row-major with a padded leading dimension 91, plain row-major 72 (Zen 3, one core).
/// </para>
/// <para>Spans of panels are exactly rows × <see cref="PaddedColumns{T}"/> long.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class PanelMatrix
{
    /// <summary>Rows walked side by side, so that both layouts are read and written in stretches the prefetcher follows.</summary>
    private const int RowsTogether = 8;

    /// <summary>The column count with its padding: <paramref name="columns"/> rounded up to a whole vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PaddedColumns<T>(int columns)
        where T : unmanaged => (columns + Vector256<T>.Count - 1) / Vector256<T>.Count * Vector256<T>.Count;

    /// <summary>Lays a row-major matrix out in panels; the padding becomes zero.</summary>
    public static void Pack<T>(ReadOnlySpan<T> rowMajor, Span<T> panels, int rows, int columns)
        where T : unmanaged
    {
        CheckLengths(rowMajor.Length, panels.Length, rows, columns, (long)rows * PaddedColumns<T>(columns));
        int vector = Vector256<T>.Count;
        int width = 2 * vector;
        int wholePanels = columns / width * width;
        ref T matrix = ref MemoryMarshal.GetReference(rowMajor);
        ref T packed = ref MemoryMarshal.GetReference(panels);
        for (int block = 0; block < rows; block += RowsTogether)
        {
            int end = Math.Min(block + RowsTogether, rows);
            for (int first = 0; first < wholePanels; first += width)
            {
                ref T source = ref Unsafe.Add(ref matrix, first);
                ref T panel = ref Unsafe.Add(ref packed, (nint)rows * first);
                for (nint row = block; row < end; row++)
                {
                    Vector256<T> left = Vector256.LoadUnsafe(ref source, (nuint)(row * columns));
                    Vector256<T> right = Vector256.LoadUnsafe(ref source, (nuint)((row * columns) + vector));
                    left.StoreUnsafe(ref panel, (nuint)(row * width));
                    right.StoreUnsafe(ref panel, (nuint)((row * width) + vector));
                }
            }
        }

        if (wholePanels < columns)
        {
            PackLast(rowMajor, panels[(rows * wholePanels)..], rows, columns, wholePanels);
        }
    }

    /// <summary>Restores the row-major matrix that <see cref="Pack{T}"/> laid out; the padding is dropped.</summary>
    public static void Unpack<T>(ReadOnlySpan<T> panels, Span<T> rowMajor, int rows, int columns)
        where T : unmanaged
    {
        CheckLengths(rowMajor.Length, panels.Length, rows, columns, (long)rows * PaddedColumns<T>(columns));
        int vector = Vector256<T>.Count;
        int width = 2 * vector;
        int wholePanels = columns / width * width;
        ref T matrix = ref MemoryMarshal.GetReference(rowMajor);
        ref T packed = ref MemoryMarshal.GetReference(panels);
        for (int block = 0; block < rows; block += RowsTogether)
        {
            int end = Math.Min(block + RowsTogether, rows);
            for (int first = 0; first < wholePanels; first += width)
            {
                ref T target = ref Unsafe.Add(ref matrix, first);
                ref T panel = ref Unsafe.Add(ref packed, (nint)rows * first);
                for (nint row = block; row < end; row++)
                {
                    Vector256<T> left = Vector256.LoadUnsafe(ref panel, (nuint)(row * width));
                    Vector256<T> right = Vector256.LoadUnsafe(ref panel, (nuint)((row * width) + vector));
                    left.StoreUnsafe(ref target, (nuint)(row * columns));
                    right.StoreUnsafe(ref target, (nuint)((row * columns) + vector));
                }
            }
        }

        if (wholePanels < columns)
        {
            UnpackLast(panels[(rows * wholePanels)..], rowMajor, rows, columns, wholePanels);
        }
    }

    /// <summary>The last panel, whose rows hold fewer than P columns of the matrix.</summary>
    private static void PackLast<T>(ReadOnlySpan<T> rowMajor, Span<T> panel, int rows, int columns, int first)
        where T : unmanaged
    {
        int used = columns - first;
        int width = PaddedColumns<T>(used);
        for (int row = 0; row < rows; row++)
        {
            Span<T> padded = panel.Slice(row * width, width);
            rowMajor.Slice((row * columns) + first, used).CopyTo(padded);
            padded[used..].Clear();
        }
    }

    private static void UnpackLast<T>(ReadOnlySpan<T> panel, Span<T> rowMajor, int rows, int columns, int first)
        where T : unmanaged
    {
        int used = columns - first;
        int width = PaddedColumns<T>(used);
        for (int row = 0; row < rows; row++)
        {
            panel.Slice(row * width, used).CopyTo(rowMajor.Slice((row * columns) + first, used));
        }
    }

    private static void CheckLengths(int rowMajorLength, int panelsLength, int rows, int columns, long stored)
    {
        if (rowMajorLength != (long)rows * columns || panelsLength != stored)
        {
            throw new ArgumentException(
                $"A {rows} × {columns} matrix needs {(long)rows * columns} values in rows and {stored} "
                + $"in panels; the spans hold {rowMajorLength} and {panelsLength}.");
        }
    }
}
