namespace BackpropGen.Numerics;

/// <content>Blocks transposed element by element.</content>
public static partial class PanelMatrix
{
    private static void TransposeBlock<T>(ref T from, nint fromStep, ref T to, nint toStep, int rows, int columns)
        where T : unmanaged => TransposeElements(ref from, fromStep, ref to, toStep, rows, columns);

    /// <summary>Nothing here asks a processor for memory ahead.</summary>
    private static void PrefetchNextPanel<T>(ref T panels, int firstRow, int column, int rows, int columns)
        where T : unmanaged
    {
    }
}
