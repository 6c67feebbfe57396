using System.Globalization;
using BackpropGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Parsing.Rules;

/// <summary>Enums may be cast from any number; only the members are known.</summary>
internal static class EnumRules
{
    public static IEnumerable<Diagnostic> EnumsAreDefined(NetworkDeclaration network)
    {
        IEnumerable<Diagnostic> layers = network.Layers.SelectMany(layer =>
            Check<Activation>(layer.Attribute, "Activation").Concat(Check<Initializer>(layer.Attribute, "Initializer")));
        return Check<Loss>(network.Network, "Loss")
            .Concat(Check<Reduction>(network.Network, "Reduction"))
            .Concat(Check<Precision>(network.Network, "Precision"))
            .Concat(layers);
    }

    private static IEnumerable<Diagnostic> Check<TEnum>(AttributeReader attribute, string property)
        where TEnum : struct, Enum
    {
        TEnum value = attribute.Enum<TEnum>(property);
        if (!Enum.IsDefined(typeof(TEnum), value))
        {
            yield return DiagnosticDescriptors.UndefinedEnumValue.At(
                attribute.LocationOf(property),
                attribute.Subject,
                Convert.ToInt32(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
                typeof(TEnum).Name,
                (Enum.GetValues(typeof(TEnum)).Length - 1).ToString(CultureInfo.InvariantCulture));
        }
    }
}
