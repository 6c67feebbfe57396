using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BackpropGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator.Parsing;

/// <summary>
/// Finds the classes with <c>[NeuralNetwork]</c>, and parses each once for every state of what it can see.
/// </summary>
/// <remarks>
/// <c>ForAttributeWithMetadataName</c> would find them too, but it binds all attributes of every candidate after every edit in the project:
/// 90 ms for 200 networks with 1,660 layers, at each pause in typing. Here an edit elsewhere costs one comparison of outlines for each.
/// </remarks>
internal static class NetworkFinder
{
    private const string ShortName = "NeuralNetwork";
    private const string LongName = "NeuralNetworkAttribute";

    private static readonly ConditionalWeakTable<SyntaxNode, StrongBox<Memory?>> Memories = new();

    /// <summary>Whether a node may be such a class, by its text alone: aliases of the attribute are unknown here.</summary>
    public static bool IsCandidate(SyntaxNode node) => node is TypeDeclarationSyntax { AttributeLists.Count: > 0 };

    /// <summary>What the parser makes of a candidate; null if it is no network, or not a valid one.</summary>
    public static NetworkSpec? Find(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        var declaration = (TypeDeclarationSyntax)context.Node;
        Compilation compilation = context.SemanticModel.Compilation;
        Outline outline = Outline.Of(compilation);
        StrongBox<Memory?> memory = Memories.GetValue(declaration, static _ => new StrongBox<Memory?>(null));
        if (memory.Value is { } known && known.IsOf(outline, compilation))
        {
            return known.Result;
        }

        NetworkSpec? result = null;
        ImmutableArray<SyntaxTree> files = ImmutableArray<SyntaxTree>.Empty;
        if (HasName(declaration, GlobalAliases.Of(compilation)) && context.SemanticModel.GetDeclaredSymbol(declaration, cancellation) is { } type)
        {
            files = HostParser.Surroundings(type).SelectMany(part => part.DeclaringSyntaxReferences).Select(part => part.SyntaxTree).Distinct().ToImmutableArray();
            result = NetworkParser.Parse(type, declaration, compilation, cancellation);
        }

        memory.Value = new Memory(outline, files, result);
        return result;
    }

    /// <summary>Whether an attribute has the name, or one that may be an alias of it.</summary>
    private static bool HasName(TypeDeclarationSyntax declaration, HashSet<string> globalAliases)
    {
        foreach (AttributeListSyntax list in declaration.AttributeLists)
        {
            foreach (AttributeSyntax attribute in list.Attributes)
            {
                string name = NameOf(attribute.Name);
                if (name is ShortName or LongName || globalAliases.Contains(name) || IsAlias(name, declaration))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static string NameOf(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => string.Empty,
    };

    private static bool IsAlias(string name, SyntaxNode declaration) => declaration.Ancestors().Any(scope =>
        (scope is CompilationUnitSyntax unit && Declares(unit.Usings, name)) || (scope is BaseNamespaceDeclarationSyntax space && Declares(space.Usings, name)));

    private static bool Declares(SyntaxList<UsingDirectiveSyntax> usings, string alias) =>
        usings.Any(directive => directive.Alias?.Name.Identifier.ValueText == alias);

    /// <summary>What was parsed, and in which circumstances.</summary>
    /// <param name="outline">The rest of the compilation.</param>
    /// <param name="files">The files of the class, its base classes and containing types: of these, members count too.</param>
    /// <param name="result">What the parser made of it.</param>
    private sealed class Memory(Outline outline, ImmutableArray<SyntaxTree> files, NetworkSpec? result)
    {
        public NetworkSpec? Result { get; } = result;

        /// <summary>Whether these are the circumstances still.</summary>
        public bool IsOf(Outline now, Compilation compilation)
        {
            if (outline != now)
            {
                return false;
            }

            foreach (SyntaxTree file in files)
            {
                if (!compilation.ContainsSyntaxTree(file))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
