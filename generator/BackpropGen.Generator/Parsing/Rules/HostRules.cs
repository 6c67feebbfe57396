using BackpropGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator.Parsing.Rules;

/// <summary>What the class and its surroundings must be so that a network can be generated into it.</summary>
internal static class HostRules
{
    public static IEnumerable<Diagnostic> LanguageVersion(NetworkDeclaration network)
    {
        if (network.Facts.LanguageVersion < CompilationFacts.MinimumLanguageVersion)
        {
            yield return DiagnosticDescriptors.LanguageVersionTooLow.At(
                network.Network.Location, network.Type.Name, network.Facts.LanguageVersionName);
        }
    }

    public static IEnumerable<Diagnostic> ClassIsPartial(NetworkDeclaration network)
    {
        if (!network.Syntax.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            yield return DiagnosticDescriptors.ClassNotPartial.At(network.Syntax.Identifier.GetLocation(), network.Type.Name);
        }
    }

    public static IEnumerable<Diagnostic> ContainingTypesArePartial(NetworkDeclaration network) =>
        network.Syntax.Ancestors()
            .OfType<TypeDeclarationSyntax>()
            .Where(outer => !outer.Modifiers.Any(SyntaxKind.PartialKeyword))
            .Select(outer => DiagnosticDescriptors.ContainingTypeNotPartial.At(
                outer.Identifier.GetLocation(), outer.Identifier.ValueText, network.Type.Name));

    public static IEnumerable<Diagnostic> ClassIsOrdinary(NetworkDeclaration network)
    {
        if (Peculiarity(network) is { } peculiarity)
        {
            yield return DiagnosticDescriptors.UnsupportedHost.At(network.Syntax.Identifier.GetLocation(), network.Type.Name, peculiarity);
        }
    }

    /// <summary>Where the constructor is generated, it calls the base class without arguments.</summary>
    public static IEnumerable<Diagnostic> BaseConstructorIsCallable(NetworkDeclaration network)
    {
        if (!network.Spec.Host.DeclaresConstructor
            && network.Type.BaseType is { TypeKind: TypeKind.Class } parent
            && !parent.InstanceConstructors.Any(constructor => IsCallable(constructor, network.Type)))
        {
            yield return DiagnosticDescriptors.BaseConstructorMissing.At(
                network.Syntax.Identifier.GetLocation(), network.Type.Name, parent.Name);
        }
    }

    private static bool IsCallable(IMethodSymbol constructor, INamedTypeSymbol from) =>
        constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams)
        && constructor.DeclaredAccessibility switch
        {
            Accessibility.Private => false,
            Accessibility.Internal or Accessibility.ProtectedAndInternal =>
                SymbolEqualityComparer.Default.Equals(constructor.ContainingAssembly, from.ContainingAssembly)
                || constructor.ContainingAssembly.GivesAccessTo(from.ContainingAssembly),
            _ => true,
        };

    /// <summary>What keeps a type from being a network; null for an ordinary class.</summary>
    private static string? Peculiarity(NetworkDeclaration network)
    {
        INamedTypeSymbol type = network.Type;
        return type switch
        {
            { TypeKind: TypeKind.Interface } => "is an interface",
            { TypeKind: TypeKind.Struct } => "is a struct",
            { IsRecord: true } => "is a record",
            { IsStatic: true } => "is static",
            { Arity: > 0 } => "is generic",
            _ when IsLocalToFile(network.Syntax) => "is local to its file",
            _ when BaseNetwork(type) is { } parent => $"derives from the network '{parent.Name}'",
            _ => null,
        };
    }

    /// <summary>Whether the type, or one around it, is declared <c>file</c> (C# 11): other files cannot reopen it.</summary>
    private static bool IsLocalToFile(TypeDeclarationSyntax syntax) =>
        syntax.AncestorsAndSelf()
            .OfType<TypeDeclarationSyntax>()
            .Any(type => type.Modifiers.Any(modifier => modifier.ValueText == "file"));

    private static INamedTypeSymbol? BaseNetwork(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (parent.GetAttributes().Any(KnownAttributes.IsNetwork))
            {
                return parent;
            }
        }

        return null;
    }
}
