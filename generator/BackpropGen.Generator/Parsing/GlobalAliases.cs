using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator.Parsing;

/// <summary>
/// The names that a project gives away with <c>global using Math = …;</c>. In the global namespace such an alias comes before any type
/// that a file's own using directives bring in; inside a namespace the generated files' directives come first.
/// </summary>
internal static class GlobalAliases
{
    /// <summary>Every network of a compilation asks; the files are looked through once.</summary>
    private static readonly ConditionalWeakTable<Compilation, HashSet<string>> Known = new();

    /// <summary>The aliases of a compilation.</summary>
    public static HashSet<string> Of(Compilation compilation) => Known.GetValue(compilation, Find);

    private static HashSet<string> Find(Compilation compilation)
    {
        var aliases = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            foreach (UsingDirectiveSyntax directive in ((CompilationUnitSyntax)tree.GetRoot()).Usings)
            {
                if (directive is { Alias: { } alias } && directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword))
                {
                    aliases.Add(alias.Name.Identifier.ValueText);
                }
            }
        }

        return aliases;
    }
}
