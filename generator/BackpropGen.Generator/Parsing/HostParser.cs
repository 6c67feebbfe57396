using System.Collections.Immutable;
using BackpropGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Generator.Parsing;

/// <summary>Reads where the user's class stands, so that other files can reopen it.</summary>
internal static class HostParser
{
    /// <summary>The host of a network.</summary>
    public static HostSpec Parse(INamedTypeSymbol type, Compilation compilation) =>
        new(
            type.ContainingNamespace.IsGlobalNamespace ? string.Empty : NamespaceOf(type.ContainingNamespace),
            new EquatableArray<string>(ContainingTypes(type).Reverse().Select(Reopen)),
            Escape(type.Name),
            FileNameOf(type),
            type.InstanceConstructors.Any(constructor => !constructor.IsImplicitlyDeclared),
            new EquatableArray<string>(Shadowed(type, compilation)),
            compilation.Options is CSharpCompilationOptions { CheckOverflow: true });

    /// <summary>The full metadata name: "Games.Outer`1+DigitNet".</summary>
    public static string MetadataNameOf(INamedTypeSymbol type)
    {
        string name = string.Join("+", ContainingTypes(type).Reverse().Append(type).Select(part => part.MetadataName));
        for (INamespaceSymbol space = type.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
        {
            name = $"{space.MetadataName}.{name}";
        }

        return name;
    }

    /// <summary>
    /// A simple name means a member of the innermost type or namespace that has one; only then are using directives asked. The members of the
    /// class itself are not: <see cref="Rules.NamingRules"/> refuses them.
    /// </summary>
    private static IEnumerable<string> Shadowed(INamedTypeSymbol type, Compilation compilation)
    {
        List<INamespaceOrTypeSymbol> scopes = [.. ContainingTypes(type).SelectMany(BaseTypesAndSelf)];
        for (INamespaceSymbol? space = compilation.GetCompilationNamespace(type.ContainingNamespace); space is not null; space = space.ContainingNamespace)
        {
            scopes.Add(space);
        }

        bool isGlobal = type.ContainingNamespace.IsGlobalNamespace;
        return UsedTypes.Names
            .Where(name => scopes.Any(scope => !scope.GetMembers(name).IsEmpty) || (isGlobal && GlobalAliases.Of(compilation).Contains(name)))
            .OrderBy(name => name, StringComparer.Ordinal);
    }

    /// <summary>The types whose members are seen from the class: itself, those around it, and the base classes of all.</summary>
    public static IEnumerable<INamedTypeSymbol> Surroundings(INamedTypeSymbol type) => BaseTypesAndSelf(type).Concat(ContainingTypes(type).SelectMany(BaseTypesAndSelf));

    private static IEnumerable<INamedTypeSymbol> BaseTypesAndSelf(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            yield return part;
        }
    }

    /// <summary>
    /// The metadata name with only those characters replaced that no name has. The names of generated files are compared without regard
    /// to case, unlike the names of types: where only case tells two apart, a hash of the exact name does it instead.
    /// </summary>
    private static string FileNameOf(INamedTypeSymbol type)
    {
        string name = MetadataNameOf(type);
        string file = name.Replace('+', '.').Replace('`', '-');
        return DiffersOnlyInCase(type) ? $"{file}-{Hash(name):x8}" : file;
    }

    /// <summary>Whether something beside the type, or beside what it stands in, has the same name in another case.</summary>
    private static bool DiffersOnlyInCase(INamedTypeSymbol type)
    {
        for (INamespaceOrTypeSymbol part = type; part is not INamespaceSymbol { IsGlobalNamespace: true };)
        {
            INamespaceOrTypeSymbol container = part.ContainingType ?? (INamespaceOrTypeSymbol)part.ContainingNamespace;
            if (container.GetMembers().OfType<INamespaceOrTypeSymbol>().Any(
                other => other.MetadataName != part.MetadataName && other.MetadataName.Equals(part.MetadataName, StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }

            part = container;
        }

        return false;
    }

    /// <summary>FNV-1a: the same on every run and machine, unlike <see cref="string.GetHashCode()"/>.</summary>
    private static uint Hash(string text) => text.Aggregate(2166136261u, static (hash, character) => unchecked((hash ^ character) * 16777619u));

    /// <summary>The types around a type, innermost first.</summary>
    private static IEnumerable<INamedTypeSymbol> ContainingTypes(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            yield return outer;
        }
    }

    /// <summary>
    /// The declaration that reopens a type: "partial record struct Outer&lt;T&gt;". Modifiers and constraints stand in the user's own part.
    /// Type parameters have no variance here: an interface whose parameters have some cannot contain a class.
    /// </summary>
    private static string Reopen(INamedTypeSymbol type)
    {
        string keyword = (type.TypeKind, type.IsRecord) switch
        {
            (TypeKind.Interface, _) => "interface",
            (TypeKind.Struct, true) => "record struct",
            (TypeKind.Struct, false) => "struct",
            (_, true) => "record",
            _ => "class",
        };
        ImmutableArray<ITypeParameterSymbol> parameters = type.TypeParameters;
        string list = parameters.IsEmpty ? string.Empty : $"<{string.Join(", ", parameters.Select(parameter => Escape(parameter.Name)))}>";
        return $"partial {keyword} {Escape(type.Name)}{list}";
    }

    private static string NamespaceOf(INamespaceSymbol space)
    {
        string name = Escape(space.Name);
        return space.ContainingNamespace.IsGlobalNamespace ? name : $"{NamespaceOf(space.ContainingNamespace)}.{name}";
    }

    /// <summary>Contextual keywords are escaped too: some (such as "required") are no names of types without.</summary>
    private static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;
}
