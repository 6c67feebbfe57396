using System.ComponentModel;

namespace BackpropGen.Numerics;

/// <summary>One of the parts of a pass, and which range of anything countable falls to it.</summary>
/// <param name="Index">0 for the first part.</param>
/// <param name="Count">The number of parts.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct PassPart(int Index, int Count)
{
    /// <summary>A pass that is not divided.</summary>
    public static PassPart Whole => new(0, 1);

    /// <summary>Whether it is the first part.</summary>
    public bool IsFirst => Index == 0;

    /// <summary>Whether it is the last part.</summary>
    public bool IsLast => Index + 1 == Count;

    /// <summary>Where the range of this part starts; a multiple of <paramref name="block"/>, unless nothing is left.</summary>
    public int Start(int count, int block) => Cut(Index, count, block);

    /// <summary>Where the range of this part ends: where that of the next one starts, or at <paramref name="count"/>.</summary>
    public int End(int count, int block) => IsLast ? count : Cut(Index + 1, count, block);

    private int Cut(int index, int count, int block) =>
        (int)Math.Min((((long)index * count / Count) + (block / 2)) / block * block, count);
}
