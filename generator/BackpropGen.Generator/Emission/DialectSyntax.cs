using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission;

/// <summary>
/// All that tells the dialects apart. The text is the same but for these few places: the portable library has vectors and functions of the
/// same names, and the text of both is C# 9.
/// </summary>
internal static class DialectSyntax
{
    /// <summary>Where <c>Vector256</c> is found.</summary>
    public static string VectorNamespace(this Dialect dialect) =>
        dialect == Dialect.Portable ? "BackpropGen.Numerics" : "System.Runtime.Intrinsics";

    /// <summary>Whether kernels have a twin for vectors of 512 bits.</summary>
    public static bool HasWideVectors(this Dialect dialect) => dialect != Dialect.Portable;

    /// <summary>Whether a method can ask to be optimised from its first call on. Older JIT compilers do that with every method.</summary>
    public static bool HasOptimizedMethods(this Dialect dialect) => dialect != Dialect.Portable;
}
