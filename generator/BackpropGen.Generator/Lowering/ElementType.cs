namespace BackpropGen.Generator.Lowering;

/// <summary>The element type of a network as the machine sees it.</summary>
/// <param name="Keyword">The C# keyword.</param>
/// <param name="Suffix">The suffix of a C# literal.</param>
/// <param name="Size">The size in bytes.</param>
internal sealed record ElementType(string Keyword, string Suffix, int Size)
{
    public static readonly ElementType Single = new("float", "f", 4);

    public static readonly ElementType Double = new("double", "d", 8);

    /// <summary>The elements of one 256-bit vector.</summary>
    public int Lanes => 32 / Size;

    /// <summary>The columns of one full panel of weights: one cache line, two vectors.</summary>
    public int PanelWidth => 2 * Lanes;

    /// <summary>A row length rounded up to whole vectors, so that no kernel needs a column tail.</summary>
    public int Padded(int columns) => (columns + Lanes - 1) / Lanes * Lanes;

    public static ElementType Of(Precision precision) => precision == Precision.Double ? Double : Single;
}
