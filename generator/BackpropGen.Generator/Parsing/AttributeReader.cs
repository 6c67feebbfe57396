using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator.Parsing;

/// <summary>Typed access to one attribute in source, and to where each of its arguments stands.</summary>
/// <remarks>
/// Arguments go by the name of the property, whether they were given as <c>Alpha = 0.2</c> or through the constructor parameter of that
/// name (<c>units</c> for "Units").
/// </remarks>
internal sealed class AttributeReader(AttributeData data)
{
    private readonly AttributeSyntax? _syntax = data.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax;

    /// <summary>The name of the attribute class in metadata: "BackpropGen.DenseAttribute".</summary>
    public string MetadataName { get; } = KnownAttributes.MetadataNameOf(data);

    /// <summary>The short name: "Dense".</summary>
    public string Name { get; } = ShortName(data.AttributeClass?.Name ?? string.Empty);

    /// <summary>The attribute as messages call it, with its first argument if one was written: "Dense(128)", "Adam".</summary>
    public string Subject
    {
        get
        {
            bool isWritten = data.AttributeConstructor?.Parameters.FirstOrDefault() is { } parameter && Has(parameter.Name);
            TypedConstant first = isWritten ? data.ConstructorArguments.FirstOrDefault() : default;
            return first.Kind switch
            {
                TypedConstantKind.Primitive => $"{Name}({Convert.ToString(first.Value, CultureInfo.InvariantCulture)})",
                TypedConstantKind.Enum => $"{Name}({EnumMember(first)})",
                _ => Name,
            };
        }
    }

    /// <summary>Whether the C# compiler could make sense of it. If not it has said so, and there is nothing to add.</summary>
    public bool IsWellFormed { get; } =
        data.AttributeConstructor is { } constructor
        && constructor.Parameters.Length == data.ConstructorArguments.Length
        && data.ConstructorArguments.All(IsValid)
        && data.NamedArguments.All(argument => IsValid(argument.Value));

    /// <summary>Where the attribute stands.</summary>
    public Location Location => _syntax?.GetLocation() ?? Location.None;

    /// <summary>The attribute's place in the source, by which the layers of one declaration are ordered.</summary>
    public int Position => _syntax?.SpanStart ?? 0;

    /// <summary>The type declaration that carries the attribute.</summary>
    public SyntaxNode? Declaration => _syntax?.Parent?.Parent;

    /// <summary>Whether it stands on this declaration of the type, and not on another part.</summary>
    public bool StandsOn(SyntaxNode declaration) =>
        Declaration is { } own && own.SyntaxTree == declaration.SyntaxTree && own.SpanStart == declaration.SpanStart;

    /// <summary>Whether the argument was written, so that it is not merely the default.</summary>
    public bool Has(string name) => ArgumentSyntax(name) is not null;

    /// <summary>Where an argument stands; where the attribute stands if it was not written.</summary>
    public Location LocationOf(string name) => ArgumentSyntax(name)?.GetLocation() ?? Location;

    public int Int32(string name, int otherwise = 0) => Find(name) is { Value: int value } ? value : otherwise;

    public long Int64(string name, long otherwise = 0) => Find(name) is { Value: long value } ? value : otherwise;

    public double Double(string name, double otherwise = 0) => Find(name) is { Value: double value } ? value : otherwise;

    public bool Boolean(string name, bool otherwise = false) => Find(name) is { Value: bool value } ? value : otherwise;

    public string? String(string name) => Find(name) is { Value: string value } ? value : null;

    /// <summary>A member of one of the shared enums, which have the same numbers here as in the runtime library; perhaps an undefined one.</summary>
    public TEnum Enum<TEnum>(string name, TEnum otherwise = default)
        where TEnum : struct, Enum =>
        Find(name) is { Value: int value } ? (TEnum)System.Enum.ToObject(typeof(TEnum), value) : otherwise;

    /// <summary>An array of numbers; null where it is not given or null.</summary>
    public ImmutableArray<double>? Doubles(string name) =>
        Find(name) is { Kind: TypedConstantKind.Array, IsNull: false } array
            ? array.Values.Select(item => (double)item.Value!).ToImmutableArray()
            : null;

    private TypedConstant? Find(string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in data.NamedArguments)
        {
            if (argument.Key == name)
            {
                return argument.Value;
            }
        }

        int index = ParameterIndex(name);
        return index >= 0 ? data.ConstructorArguments[index] : null;
    }

    private AttributeArgumentSyntax? ArgumentSyntax(string name)
    {
        if (_syntax?.ArgumentList is not { } list)
        {
            return null;
        }

        foreach (AttributeArgumentSyntax argument in list.Arguments)
        {
            if (argument.NameEquals?.Name.Identifier.ValueText == name || IsParameter(argument.NameColon?.Name.Identifier.ValueText, name))
            {
                return argument;
            }
        }

        int index = ParameterIndex(name);
        return index >= 0 && index < list.Arguments.Count && list.Arguments[index] is { NameEquals: null, NameColon: null } positional
            ? positional
            : null;
    }

    private int ParameterIndex(string name)
    {
        ImmutableArray<IParameterSymbol> parameters = data.AttributeConstructor?.Parameters ?? ImmutableArray<IParameterSymbol>.Empty;
        for (int i = 0; i < parameters.Length; i++)
        {
            if (IsParameter(parameters[i].Name, name))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsParameter(string? parameter, string property) =>
        parameter is not null && string.Equals(parameter, property, StringComparison.OrdinalIgnoreCase);

    private static bool IsValid(TypedConstant constant) =>
        constant.Kind switch
        {
            TypedConstantKind.Error => false,
            TypedConstantKind.Array => constant.IsNull || constant.Values.All(IsValid),
            _ => true,
        };

    /// <summary>The name of an enum constant; its number where it has none.</summary>
    private static string EnumMember(TypedConstant constant) =>
        constant.Type?.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, constant.Value))?.Name
        ?? Convert.ToString(constant.Value, CultureInfo.InvariantCulture);

    private static string ShortName(string name) =>
        name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
}
