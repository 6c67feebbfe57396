using System.Collections.Immutable;
using BackpropGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Generator.Parsing;

/// <summary>Reads where the user's class stands, so that other files can reopen it.</summary>
internal static class HostParser
{
    /// <summary>The host of a network.</summary>
    public static HostSpec Parse(INamedTypeSymbol type) =>
        new(
            type.ContainingNamespace.IsGlobalNamespace ? string.Empty : NamespaceOf(type.ContainingNamespace),
            new EquatableArray<string>(ContainingTypes(type).Reverse().Select(Reopen)),
            Escape(type.Name),
            MetadataNameOf(type),
            type.InstanceConstructors.Any(constructor => !constructor.IsImplicitlyDeclared));

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
