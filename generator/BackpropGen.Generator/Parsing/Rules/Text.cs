using System.Globalization;

namespace BackpropGen.Generator.Parsing.Rules;

/// <summary>Numbers and lists as messages put them, the same in every culture.</summary>
internal static class Text
{
    /// <summary>A count: 65,536.</summary>
    public static string Of(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number: 0.001.</summary>
    public static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Alternatives: "Sigmoid or HardSigmoid".</summary>
    public static string Or<T>(IEnumerable<T> alternatives) => string.Join(" or ", alternatives);
}
