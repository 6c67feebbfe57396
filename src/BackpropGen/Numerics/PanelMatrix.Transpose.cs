using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BackpropGen.Numerics;

/// <content>
/// The transpose of a matrix in panels, which the input gradient reads. It is made of blocks of V × V, each transposed in V
/// registers; a row of blocks of the source fills consecutive memory of the target.
/// </content>
public static partial class PanelMatrix
{
    /// <summary>From the panels of W [rows × columns] to the panels of Wᵀ [columns × rows]; the padding becomes zero.</summary>
    public static void Transpose<T>(ReadOnlySpan<T> panels, Span<T> transposed, int rows, int columns)
        where T : unmanaged
    {
        int paddedColumns = PaddedColumns<T>(columns);
        int paddedRows = PaddedColumns<T>(rows);
        if (panels.Length != (long)rows * paddedColumns || transposed.Length != (long)columns * paddedRows)
        {
            throw new ArgumentException(
                $"The panels of a {rows} × {columns} matrix and of its transpose hold {(long)rows * paddedColumns} and "
                + $"{(long)columns * paddedRows} values; the spans hold {panels.Length} and {transposed.Length}.");
        }

        ref T source = ref MemoryMarshal.GetReference(panels);
        ref T target = ref MemoryMarshal.GetReference(transposed);
        for (int row = 0; row < paddedRows; row += 2 * Vector256<T>.Count)
        {
            TransposePanel(ref source, rows, columns, row, ref Unsafe.Add(ref target, (nint)row * columns));
        }
    }

    /// <summary>Lays the transpose of a row-major matrix [rows × columns] out in panels, for layers of few columns; the padding becomes zero.</summary>
    /// <remarks>
    /// Every place is written once, with its final value: threads that predict at the same time may pack the same view into the same panels.
    /// </remarks>
    public static void PackTransposed<T>(ReadOnlySpan<T> rowMajor, Span<T> panels, int rows, int columns)
        where T : unmanaged
    {
        CheckLengths(rowMajor.Length, panels.Length, rows, columns, (long)columns * PaddedColumns<T>(rows));
        int paddedRows = PaddedColumns<T>(rows);
        for (int row = 0; row < paddedRows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                panels[TransposedIndex<T>(row, column, rows, columns)] = row < rows ? rowMajor[(row * columns) + column] : default;
            }
        }
    }

    /// <summary>Restores the row-major matrix that <see cref="PackTransposed{T}"/> laid out; the padding is dropped.</summary>
    public static void UnpackTransposed<T>(ReadOnlySpan<T> panels, Span<T> rowMajor, int rows, int columns)
        where T : unmanaged
    {
        CheckLengths(rowMajor.Length, panels.Length, rows, columns, (long)columns * PaddedColumns<T>(rows));
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                rowMajor[(row * columns) + column] = panels[TransposedIndex<T>(row, column, rows, columns)];
            }
        }
    }

    /// <summary>Where W[row, column] stands in the panels of Wᵀ: [panel of rows][column][row in the panel].</summary>
    private static int TransposedIndex<T>(int row, int column, int rows, int columns)
        where T : unmanaged
    {
        int panelColumns = 2 * Vector256<T>.Count;
        int panelStart = row / panelColumns * panelColumns;
        int width = Math.Min(panelColumns, PaddedColumns<T>(rows) - panelStart);
        return (panelStart * columns) + (column * width) + (row - panelStart);
    }

    /// <summary>
    /// One panel of the transpose: the rows of W from <paramref name="firstRow"/> on, as many as a panel has columns, become its columns.
    /// Nothing is checked.
    /// </summary>
    /// <param name="panels">The first element of the panels of W [rows × columns].</param>
    /// <param name="rows">The rows of W.</param>
    /// <param name="columns">The columns of W.</param>
    /// <param name="firstRow">A multiple of the panel width, less than <paramref name="rows"/>.</param>
    /// <param name="panel">Receives the panel; the padding becomes zero.</param>
    public static void TransposePanel<T>(ref T panels, int rows, int columns, nint firstRow, ref T panel)
        where T : unmanaged
    {
        int vector = Vector256<T>.Count;
        int paddedColumns = PaddedColumns<T>(columns);
        int width = Math.Min(2 * vector, PaddedColumns<T>(rows - (int)firstRow));
        for (int column = 0; column < paddedColumns; column += vector)
        {
            int blockColumns = Math.Min(vector, columns - column);
            PrefetchNextPanel(ref panels, (int)firstRow, column, rows, columns);
            for (int half = 0; half < width; half += vector)
            {
                int row = (int)firstRow + half;
                int blockRows = Math.Min(vector, rows - row);
                ref T from = ref Block(ref panels, row, column, rows, paddedColumns, out int step);
                ref T to = ref Unsafe.Add(ref panel, ((nint)column * width) + half);
                if (blockRows == vector && blockColumns == vector)
                {
                    // With constants nothing is asked in the block.
                    TransposeBlock(ref from, step, ref to, width, Vector256<T>.Count, Vector256<T>.Count);
                }
                else
                {
                    TransposeBlock(ref from, step, ref to, width, blockRows, blockColumns);
                }
            }
        }
    }

    /// <summary>The first element of the block of V columns that starts at (row, column), and the step between its rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T Block<T>(ref T panels, int row, int column, int rows, int paddedColumns, out int step)
        where T : unmanaged
    {
        int panelColumns = 2 * Vector256<T>.Count;
        int inPanel = column % panelColumns;
        int panelStart = column - inPanel;
        step = Math.Min(panelColumns, paddedColumns - panelStart);
        return ref Unsafe.Add(ref panels, ((nint)panelStart * rows) + ((nint)row * step) + inPanel);
    }

    /// <summary>A block element by element.</summary>
    private static void TransposeElements<T>(ref T from, nint fromStep, ref T to, nint toStep, int rows, int columns)
        where T : unmanaged
    {
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < Vector256<T>.Count; row++)
            {
                Unsafe.Add(ref to, (column * toStep) + row) =
                    row < rows ? Unsafe.Add(ref from, (row * fromStep) + column) : default;
            }
        }
    }
}
