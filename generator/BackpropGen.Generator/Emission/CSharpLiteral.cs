using System.Globalization;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>Writes numbers and strings as C# literals: invariant, and read back to the same bits.</summary>
internal static class CSharpLiteral
{
    public static string Number(double value, ElementType element)
    {
        string name = element.Keyword;
        if (element == ElementType.Single)
        {
            // Rounded first: a double may be beyond what a float can hold.
            value = (float)value;
        }

        if (double.IsNaN(value))
        {
            return $"{name}.NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? $"{name}.PositiveInfinity" : $"{name}.NegativeInfinity";
        }

        string digits = element == ElementType.Double
            ? value.ToString("R", CultureInfo.InvariantCulture)
            : ((float)value).ToString("R", CultureInfo.InvariantCulture);
        return digits + element.Suffix;
    }

    public static string Int(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A count for a person: 109,386.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A verbatim string literal; line breaks stand as they are.</summary>
    public static string Verbatim(string text) => "@\"" + text.Replace("\"", "\"\"") + "\"";
}
