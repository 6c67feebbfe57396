using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>One vector of a short row that is written out vector by vector.</summary>
/// <param name="Suffix">What its variables end with: nothing where the row is one vector, "Low" and "High" where it is two.</param>
/// <param name="Offset">Its first column.</param>
internal readonly record struct Lane(string Suffix, string Offset)
{
    /// <summary>The vectors of a row of <paramref name="width"/> padded columns.</summary>
    public static IReadOnlyList<Lane> Of(int width, ElementType element)
    {
        int count = width / element.Lanes;
        return Enumerable.Range(0, count)
            .Select(i => new Lane(count == 1 ? string.Empty : i == 0 ? "Low" : "High", CSharpLiteral.Int(i * element.Lanes)))
            .ToList();
    }
}
