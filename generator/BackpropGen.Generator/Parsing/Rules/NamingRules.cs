using BackpropGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Generator.Parsing.Rules;

/// <summary>Layers become properties: their names must be identifiers that nothing else has.</summary>
internal static class NamingRules
{
    /// <summary>The user's members, inherited ones too, must leave the names of the network's members free.</summary>
    public static IEnumerable<Diagnostic> MembersAreFree(NetworkDeclaration network)
    {
        HashSet<string> emitted = EmittedMembers.Of(network);
        emitted.UnionWith(network.Layers.Where(layer => !layer.IsNamed).Select(layer => layer.Spec.Name));
        bool IsTaken(string name) => emitted.Contains(name) || network.Layers.Any(layer => EmittedMembers.IsPartOf(layer, name));

        Location identifier = network.Syntax.Identifier.GetLocation();
        IEnumerable<ISymbol> collisions = UserMembers(network.Type)
            .Where(member => IsTaken(member.Name))
            .GroupBy(member => member.Name, StringComparer.Ordinal)
            .Select(overloads => overloads.First());
        foreach (ISymbol member in collisions)
        {
            bool isOwn = SymbolEqualityComparer.Default.Equals(member.ContainingType, network.Type);
            yield return DiagnosticDescriptors.MemberCollision.At(
                isOwn ? member.Locations[0] : identifier, network.Type.Name, member.Name);
        }

        if (IsTaken(network.Type.Name))
        {
            // C# allows no member with the name of its class.
            yield return DiagnosticDescriptors.ClassNameCollision.At(identifier, network.Type.Name);
        }
    }

    public static IEnumerable<Diagnostic> LayerNamesAreIdentifiers(NetworkDeclaration network) =>
        network.Layers
            .Where(layer => !IsIdentifier(layer.Spec.Name))
            .Select(layer => DiagnosticDescriptors.InvalidLayerName.At(
                layer.Attribute.LocationOf("Name"), layer.Attribute.Subject, layer.Spec.Name));

    /// <summary>Files name tensors with a lower first letter, so names must differ in more than that.</summary>
    public static IEnumerable<Diagnostic> LayerNamesAreUnique(NetworkDeclaration network)
    {
        var groups = network.Layers
            .Select((layer, index) => (Layer: layer, Position: index + 1))
            .GroupBy(entry => TensorName(entry.Layer.Spec.Name), StringComparer.Ordinal);
        foreach (var group in groups.Where(group => group.Count() > 1))
        {
            // The user can only change a name that he gave: the last such one is the odd one out.
            (LayerDeclaration layer, int position) = group.Last(entry => entry.Layer.IsNamed);
            int other = group.First(entry => entry.Position != position).Position;
            yield return DiagnosticDescriptors.DuplicateLayerName.At(
                layer.Attribute.LocationOf("Name"),
                layer.Attribute.Subject,
                layer.Spec.Name,
                Text.Of(Math.Min(position, other)),
                Text.Of(Math.Max(position, other)));
        }
    }

    public static IEnumerable<Diagnostic> LayerNamesAreFree(NetworkDeclaration network)
    {
        HashSet<string> taken = EmittedMembers.Of(network);
        taken.Add(network.Type.Name);
        taken.UnionWith(UserMembers(network.Type).Select(member => member.Name));
        if (network.Type.BaseType is not null)
        {
            taken.UnionWith(ObjectMembers(network.Type).Select(member => member.Name));
        }

        return network.Layers
            .Where(layer => layer.IsNamed
                && (taken.Contains(layer.Spec.Name) || network.Layers.Any(other => EmittedMembers.IsPartOf(other, layer.Spec.Name))))
            .Select(layer => DiagnosticDescriptors.LayerNameCollision.At(
                layer.Attribute.LocationOf("Name"), layer.Attribute.Subject, layer.Spec.Name, network.Type.Name));
    }

    /// <summary>What the user declared in the class, then what it inherits short of object.</summary>
    private static IEnumerable<ISymbol> UserMembers(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? owner = type; owner is not null && owner.SpecialType != SpecialType.System_Object; owner = owner.BaseType)
        {
            bool isOwn = SymbolEqualityComparer.Default.Equals(owner, type);
            foreach (ISymbol member in owner.GetMembers())
            {
                if (!member.IsImplicitlyDeclared && (isOwn || member.DeclaredAccessibility != Accessibility.Private))
                {
                    yield return member;
                }
            }
        }
    }

    private static IEnumerable<ISymbol> ObjectMembers(INamedTypeSymbol type)
    {
        INamedTypeSymbol root = type;
        while (root.BaseType is { } parent)
        {
            root = parent;
        }

        return root.GetMembers();
    }

    private static bool IsIdentifier(string name) =>
        SyntaxFacts.IsValidIdentifier(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None;

    private static string TensorName(string name) =>
        name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name.Substring(1);
}
