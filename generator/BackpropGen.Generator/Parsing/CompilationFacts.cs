using BackpropGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Generator.Parsing;

/// <summary>What the parser needs to know of the compilation: scalars only, never the compilation itself.</summary>
/// <param name="LanguageVersion">
/// The C# version as its number in Roslyn (900 is C# 9). An int, because the Roslyn this is built against names no version past 10.
/// </param>
/// <param name="Dialect">What emitted text may call.</param>
internal readonly record struct CompilationFacts(int LanguageVersion, Dialect Dialect)
{
    /// <summary>C# 9, the first with nint and target-typed new, which emitted code uses; it is also the C# of Unity.</summary>
    public const int MinimumLanguageVersion = 900;

    /// <summary>A type that only the portable library has: where it is, .NET has no vectors of this width.</summary>
    private const string PortableVector = "BackpropGen.Numerics.Vector256`1";

    /// <summary>The version for a reader: "10.0".</summary>
    public string LanguageVersionName => ((LanguageVersion)LanguageVersion).ToDisplayString();

    /// <summary>The facts of the compilation that a file belongs to.</summary>
    public static CompilationFacts Of(SyntaxTree tree, Compilation compilation) =>
        new(
            (int)((CSharpParseOptions)tree.Options).LanguageVersion,
            compilation.GetTypeByMetadataName(PortableVector) is null ? Dialect.Hardware : Dialect.Portable);
}
