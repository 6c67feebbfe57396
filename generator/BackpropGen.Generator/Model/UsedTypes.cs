namespace BackpropGen.Generator.Model;

/// <summary>
/// The types that generated code calls by their simple names, and their namespaces. A member of such a name would stand in the way of the
/// generated part and is refused; a type or a namespace of the user's, such as his own <c>App.Math</c>, is none of our business, and the
/// generated files then write the full name.
/// </summary>
internal static class UsedTypes
{
    /// <summary>Stands for the namespace of the vectors, which differs from target to target.</summary>
    private const string Vectors = "";

    private static readonly Dictionary<string, string> Namespaces = new(StringComparer.Ordinal)
    {
        ["Array"] = "System",
        ["ArgumentException"] = "System",
        ["InvalidOperationException"] = "System",
        ["Math"] = "System",
        ["MathF"] = "System",
        ["ReadOnlySpan"] = "System",
        ["Span"] = "System",
        ["MethodImplOptions"] = "System.Runtime.CompilerServices",
        ["Unsafe"] = "System.Runtime.CompilerServices",
        ["MemoryMarshal"] = "System.Runtime.InteropServices",
        ["Vector128"] = Vectors,
        ["Vector256"] = Vectors,
        ["Vector512"] = Vectors,
        ["AlignedBuffer"] = "BackpropGen.Numerics",
        ["DropoutMasks"] = "BackpropGen.Numerics",
        ["NetworkGuard"] = "BackpropGen.Numerics",
        ["PanelMatrix"] = "BackpropGen.Numerics",
        ["ParameterBlock"] = "BackpropGen.Numerics",
        ["PartedPass"] = "BackpropGen.Numerics",
        ["PassData"] = "BackpropGen.Numerics",
        ["PassPart"] = "BackpropGen.Numerics",
        ["RandomSource"] = "BackpropGen.Numerics",
        ["RowMatrix"] = "BackpropGen.Numerics",
        ["Simd"] = "BackpropGen.Numerics",
        ["ThreadScratch"] = "BackpropGen.Numerics",
        ["VectorMath"] = "BackpropGen.Numerics",
        ["WeightInitializer"] = "BackpropGen.Numerics",
    };

    public static IReadOnlyCollection<string> Names => Namespaces.Keys;

    /// <summary>Where every generated file looks for them.</summary>
    /// <param name="vectors">The namespace of the vectors.</param>
    public static IEnumerable<string> Usings(string vectors) =>
        Namespaces.Values.Select(name => name == Vectors ? vectors : name).Distinct()
            .OrderBy(name => name.StartsWith("System", StringComparison.Ordinal) ? 0 : 1).ThenBy(name => name, StringComparer.Ordinal);

    /// <summary>The name that means the type anywhere: "global::System.Math".</summary>
    /// <param name="name">The simple name.</param>
    /// <param name="vectors">The namespace of the vectors.</param>
    public static string FullNameOf(string name, string vectors) => $"global::{(Namespaces[name] == Vectors ? vectors : Namespaces[name])}.{name}";
}
