using System.Collections.Immutable;
using BackpropGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Parsing.Rules;

/// <summary>The parameters of the loss: in range, of the right number, and of this loss.</summary>
internal static class LossParameterRules
{
    private static readonly IReadOnlyList<(string Property, Loss[] Losses)> Weights =
    [
        ("ClassWeights", [Loss.SoftmaxCrossEntropy, Loss.NegativeLogLikelihood]),
        ("PositiveWeights", [Loss.BinaryCrossEntropyWithLogits]),
    ];

    public static IEnumerable<Diagnostic> WeightsSuitLoss(NetworkDeclaration network)
    {
        foreach ((string property, Loss[] losses) in Weights)
        {
            if (network.Network.Doubles(property) is not null && !losses.Contains(network.Spec.Loss.Kind))
            {
                yield return DiagnosticDescriptors.WeightsNotTaken.At(
                    network.Network.LocationOf(property),
                    network.Network.Subject,
                    property,
                    string.Join(" and ", losses),
                    network.Spec.Loss.Kind.ToString());
            }
        }
    }

    public static IEnumerable<Diagnostic> WeightCountsAreOutputs(NetworkDeclaration network)
    {
        foreach ((string property, Loss[] losses) in Weights)
        {
            if (network.Network.Doubles(property) is { } weights
                && losses.Contains(network.Spec.Loss.Kind)
                && weights.Length != network.Outputs
                && network.Outputs > 0)
            {
                yield return DiagnosticDescriptors.WeightCountMismatch.At(
                    network.Network.LocationOf(property),
                    network.Network.Subject,
                    property,
                    Text.Of(network.Outputs),
                    Text.Of(weights.Length));
            }
        }
    }

    public static IEnumerable<Diagnostic> WeightsAreInRange(NetworkDeclaration network)
    {
        foreach ((string property, Loss[] losses) in Weights)
        {
            if (network.Network.Doubles(property) is { IsEmpty: false } weights
                && losses.Contains(network.Spec.Loss.Kind)
                && Objection(weights, network.Spec.Precision) is { } objection)
            {
                yield return DiagnosticDescriptors.WeightOutOfRange.At(
                    network.Network.LocationOf(property), network.Network.Subject, property, objection);
            }
        }
    }

    public static IEnumerable<Diagnostic> LabelSmoothingIsInRange(NetworkDeclaration network)
    {
        AttributeReader attribute = network.Network;
        double smoothing = network.Spec.Loss.LabelSmoothing;
        Location location = attribute.LocationOf("LabelSmoothing");
        if (!smoothing.IsIn(Interval.FromZeroBelowOne, network.Spec.Precision))
        {
            yield return DiagnosticDescriptors.LabelSmoothingOutOfRange.AtValue(
                location, Text.Of(Interval.FromZeroBelowOne.Nearest(smoothing, 0)), attribute.Subject, Numbers.Given(smoothing, Interval.FromZeroBelowOne, network.Spec.Precision));
        }
        else if (smoothing != 0 && network.Spec.Loss.Kind != Loss.SoftmaxCrossEntropy)
        {
            yield return DiagnosticDescriptors.LabelSmoothingNotTaken.At(location, attribute.Subject, network.Spec.Loss.Kind.ToString());
        }
    }

    public static IEnumerable<Diagnostic> ParametersAreInRange(NetworkDeclaration network)
    {
        AttributeReader attribute = network.Network;
        foreach (LossParser.Parameter parameter in LossParser.Parameters.Where(parameter => parameter.Loss == network.Spec.Loss.Kind))
        {
            double value = network.Spec.Loss.Parameter;
            if (!value.IsIn(parameter.Range, network.Spec.Precision))
            {
                yield return DiagnosticDescriptors.LossParameterOutOfRange.AtValue(
                    attribute.LocationOf(parameter.Property),
                    Text.Of(parameter.Range.Nearest(value, parameter.Default)),
                    attribute.Subject,
                    parameter.Property,
                    parameter.Range.Text,
                    Numbers.Given(value, parameter.Range, network.Spec.Precision));
            }
        }

        if (network.Spec.Loss.Power is not (1 or 2))
        {
            yield return DiagnosticDescriptors.LossParameterOutOfRange.AtValue(
                attribute.LocationOf("MarginPower"),
                network.Spec.Loss.Power < 1 ? "1" : "2",
                attribute.Subject,
                "MarginPower",
                "1 or 2",
                Text.Of(network.Spec.Loss.Power));
        }
    }

    public static IEnumerable<Diagnostic> ParametersAreUsed(NetworkDeclaration network) =>
        LossParser.Parameters
            .Select(parameter => (parameter.Property, parameter.Loss))
            .Append((Property: "MarginPower", Loss: Loss.MultiMargin))
            .Where(parameter => parameter.Loss != network.Spec.Loss.Kind && network.Network.Has(parameter.Property))
            .Select(parameter => DiagnosticDescriptors.LossParameterIgnored.At(
                network.Network.LocationOf(parameter.Property),
                network.Network.Subject,
                parameter.Property,
                parameter.Loss.ToString(),
                network.Spec.Loss.Kind.ToString()));

    private static string? Objection(ImmutableArray<double> weights, Precision precision)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            if (!weights[i].IsIn(Interval.NonNegative, precision))
            {
                return $"weight {Text.Of(i + 1)} is {Text.Of(weights[i])}";
            }
        }

        return weights.Any(weight => weight.IsIn(Interval.Positive, precision)) ? null : $"all {Text.Of(weights.Length)} are 0";
    }
}
