namespace BackpropGen.Generator.Parsing.Rules;

/// <summary>Hyper-parameters are written as double and used in the element type of the network, in which they must make sense.</summary>
internal static class Numbers
{
    /// <summary>Whether a number lies in a range, both as written and in the element type: 1E-60 is above 0, but 0 as a float.</summary>
    public static bool IsIn(this double value, Interval range, Precision precision) =>
        range.Contains(value) && range.Contains(Rounded(value, precision));

    /// <summary>What was given, with what the element type makes of it where that is what is wrong.</summary>
    public static string Given(double value, Interval range, Precision precision) =>
        range.Contains(value) ? $"{Text.Of(value)}, which is {Text.Of(Rounded(value, precision))} as a float," : Text.Of(value);

    private static double Rounded(double value, Precision precision) => precision == Precision.Double ? value : (float)value;
}
