using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <content>The copy of rows from which the weight gradient of a large layer reads: six columns after the other.</content>
public static partial class PanelMatrix
{
    /// <summary>The columns of one block: what the widest kernel multiplies at once.</summary>
    private const int BlockColumns = 6;

    /// <summary>Blocks copied side by side, so that a row of the source is read in stretches of whole cache lines.</summary>
    private const int BlocksTogether = 8;

    /// <summary>Copies rows to blocks of six columns: [block][row][6]. Nothing is checked.</summary>
    /// <param name="rows">The first element of the rows.</param>
    /// <param name="stride">The distance from one row to the next.</param>
    /// <param name="columns">The columns to copy, a multiple of six.</param>
    /// <param name="blocks">Receives rows × columns elements.</param>
    /// <param name="count">The number of rows.</param>
    public static void PackBlocks<T>(ref T rows, nint stride, nint columns, ref T blocks, nint count)
        where T : unmanaged
    {
        for (nint first = 0; first < columns; first += BlocksTogether * BlockColumns)
        {
            nint next = first + (BlocksTogether * BlockColumns);
            nint end = next < columns ? next : columns;
            for (nint row = 0; row < count; row++)
            {
                ref T source = ref Unsafe.Add(ref rows, row * stride);
                for (nint column = first; column < end; column += BlockColumns)
                {
                    ref T target = ref Unsafe.Add(ref blocks, (column * count) + (row * BlockColumns));
                    Unsafe.As<T, Six<T>>(ref target) = Unsafe.As<T, Six<T>>(ref Unsafe.Add(ref source, column));
                }
            }
        }
    }

    /// <summary>Six elements, which the compiler moves as two vectors.</summary>
    private readonly struct Six<T>
        where T : unmanaged
    {
#pragma warning disable CS0169 // A field that is never used: they are moved together.
        private readonly T _0;
        private readonly T _1;
        private readonly T _2;
        private readonly T _3;
        private readonly T _4;
        private readonly T _5;
#pragma warning restore CS0169
    }
}
