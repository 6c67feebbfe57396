using System.Collections.Immutable;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Parsing;

/// <summary>Reads the loss and its parameters from [NeuralNetwork].</summary>
internal static class LossParser
{
    /// <summary>The parameter of a loss.</summary>
    /// <param name="Loss">The only loss that reads it.</param>
    /// <param name="Property">The property that gives it.</param>
    /// <param name="Default">The value unless given.</param>
    /// <param name="Range">What it may be.</param>
    public sealed record Parameter(Loss Loss, string Property, double Default, Interval Range);

    /// <summary>All parameters of losses but the power of MultiMargin, which is a whole number.</summary>
    public static readonly IReadOnlyList<Parameter> Parameters =
    [
        new(Loss.Huber, "Delta", 1, Interval.Positive),
        new(Loss.SmoothL1, "Beta", 1, Interval.Positive),
        new(Loss.Quantile, "Quantile", 0.5, Interval.BetweenZeroAndOne),
        new(Loss.MultiMargin, "Margin", 1, Interval.Positive),
    ];

    /// <summary>The loss of a network.</summary>
    public static LossSpec Parse(AttributeReader network)
    {
        Loss kind = network.Enum("Loss", Loss.MeanSquaredError);
        Parameter? parameter = Parameters.FirstOrDefault(candidate => candidate.Loss == kind);
        return new LossSpec(
            kind,
            network.Enum("Reduction", Reduction.Mean),
            parameter is null ? 0 : network.Double(parameter.Property, parameter.Default),
            kind == Loss.MultiMargin ? network.Int32("MarginPower", 1) : 1,
            network.Double("LabelSmoothing"),
            Weights(network, "ClassWeights"),
            Weights(network, "PositiveWeights"));
    }

    private static EquatableArray<double> Weights(AttributeReader network, string name) =>
        new(network.Doubles(name) ?? ImmutableArray<double>.Empty);
}
