using BackpropGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Parsing.Rules;

/// <summary>The parameters of activations: in range, and of this activation.</summary>
internal static class ActivationParameterRules
{
    private static readonly string[] Properties = ["Alpha", "Beta"];

    public static IEnumerable<Diagnostic> ParametersAreInRange(NetworkDeclaration network)
    {
        foreach (LayerDeclaration layer in network.Layers)
        {
            Activation kind = layer.Spec.Activation.Kind;
            double value = layer.Spec.Activation.Parameter;
            if (ActivationReader.ParameterOf(kind) is { } parameter && !value.IsIn(parameter.Range, network.Spec.Precision))
            {
                yield return DiagnosticDescriptors.ActivationParameterOutOfRange.AtValue(
                    layer.Attribute.LocationOf(parameter.Property),
                    Text.Of(parameter.Range.Nearest(value, parameter.Default)),
                    layer.Attribute.Subject,
                    parameter.Property,
                    kind.ToString(),
                    parameter.Range.Text,
                    Numbers.Given(value, parameter.Range, network.Spec.Precision));
            }
        }
    }

    public static IEnumerable<Diagnostic> ParametersAreUsed(NetworkDeclaration network)
    {
        foreach (LayerDeclaration layer in network.Layers)
        {
            Activation kind = layer.Spec.Activation.Kind;
            foreach (string property in Properties)
            {
                if (layer.Attribute.Has(property) && ActivationReader.ParameterOf(kind)?.Property != property)
                {
                    yield return DiagnosticDescriptors.ActivationParameterIgnored.At(
                        layer.Attribute.LocationOf(property),
                        layer.Attribute.Subject,
                        property,
                        ActivationReader.UsersOf(property),
                        kind.ToString());
                }
            }
        }
    }
}
