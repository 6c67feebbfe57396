using BackpropGen.Generator.Diagnostics;
using BackpropGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Parsing.Rules;

/// <summary>What single kinds of layers ask: their parameters, and their place.</summary>
internal static class LayerRules
{
    public static IEnumerable<Diagnostic> ParametersAreInRange(NetworkDeclaration network)
    {
        foreach (LayerDeclaration layer in network.Layers)
        {
            (string property, double value, Interval range, double otherwise)? parameter = layer.Spec switch
            {
                LayerNormSpec norm => ("Epsilon", norm.Epsilon, Interval.Positive, 1e-5),
                DropoutSpec dropout => ("Rate", dropout.Rate, Interval.FromZeroBelowOne, 0.5),
                _ => null,
            };
            if (parameter is var (name, given, interval, usual) && !given.IsIn(interval, network.Spec.Precision))
            {
                yield return DiagnosticDescriptors.LayerParameterOutOfRange.AtValue(
                    layer.Attribute.LocationOf(name),
                    Text.Of(interval.Nearest(given, usual)),
                    layer.Attribute.Subject,
                    name,
                    interval.Text,
                    Numbers.Given(given, interval, network.Spec.Precision));
            }
        }
    }

    public static IEnumerable<Diagnostic> DropoutIsNotLast(NetworkDeclaration network)
    {
        if (network.Layers.LastOrDefault() is { Spec: DropoutSpec } last)
        {
            yield return DiagnosticDescriptors.DropoutIsLast.At(last.Attribute.Location, last.Attribute.Subject, Text.Of(network.Layers.Length));
        }
    }
}
