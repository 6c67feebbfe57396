using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Generator.Parsing;

/// <summary>What the parser needs to know of the compilation: scalars only, never the compilation itself.</summary>
/// <param name="LanguageVersion">
/// The C# version as its number in Roslyn (1100 is C# 11). An int, because the Roslyn this is built against names no version past 10.
/// </param>
internal readonly record struct CompilationFacts(int LanguageVersion)
{
    /// <summary>C# 11, the first with static abstract members in interfaces, which emitted classes implement.</summary>
    public const int MinimumLanguageVersion = 1100;

    /// <summary>The version for a reader: "10.0".</summary>
    public string LanguageVersionName => ((LanguageVersion)LanguageVersion).ToDisplayString();

    /// <summary>The facts of the compilation that a file belongs to.</summary>
    public static CompilationFacts Of(SyntaxTree tree) => new((int)((CSharpParseOptions)tree.Options).LanguageVersion);
}
