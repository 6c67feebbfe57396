using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator;

/// <summary>Tells the files of this generator from all others in a compilation.</summary>
internal static class GeneratedFiles
{
    /// <summary>The compiler files what a generator adds under the names of its assembly and its class.</summary>
    private static readonly string Folder = typeof(BackpropGenerator).FullName;

    /// <summary>The compilation as the generator saw it.</summary>
    public static Compilation RemoveFrom(Compilation compilation) => compilation.RemoveSyntaxTrees(compilation.SyntaxTrees.Where(IsOurs));

    private static bool IsOurs(SyntaxTree tree) => Path.GetFileName(Path.GetDirectoryName(tree.FilePath)) == Folder;
}
