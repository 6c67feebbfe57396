using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Parsing;

/// <summary>Reads the activation of a layer and its one parameter.</summary>
internal static class ActivationReader
{
    /// <summary>The parameter of an activation: the property that gives it and its value unless given.</summary>
    /// <param name="Property">"Alpha" or "Beta".</param>
    /// <param name="Default">The value unless given.</param>
    /// <param name="Range">What it may be.</param>
    public sealed record Parameter(string Property, double Default, Interval Range);

    private static readonly Dictionary<Activation, Parameter> Parameters = new()
    {
        [Activation.LeakyRelu] = new("Alpha", 0.01, Interval.NonNegative),
        [Activation.Elu] = new("Alpha", 1, Interval.Positive),
        [Activation.Softplus] = new("Beta", 1, Interval.Positive),
    };

    /// <summary>The parameter of an activation; null if it has none.</summary>
    public static Parameter? ParameterOf(Activation kind) => Parameters.TryGetValue(kind, out Parameter? parameter) ? parameter : null;

    /// <summary>The activations with a parameter of that name, for messages: "LeakyRelu and Elu".</summary>
    public static string UsersOf(string property) =>
        string.Join(" and ", Parameters.Where(entry => entry.Value.Property == property).Select(entry => entry.Key).OrderBy(kind => kind));

    /// <summary>The activation that a layer attribute declares.</summary>
    public static ActivationSpec Read(AttributeReader layer)
    {
        Activation kind = layer.Enum<Activation>("Activation");
        return ParameterOf(kind) is { } parameter
            ? new ActivationSpec(kind, layer.Double(parameter.Property, parameter.Default))
            : new ActivationSpec(kind);
    }
}
