namespace BackpropGen.Generator.Parsing;

/// <summary>What a hyper-parameter may be.</summary>
/// <param name="Text">The range as messages put it.</param>
/// <param name="Contains">Whether a number lies in it; never so for NaN and the infinities.</param>
internal sealed record Interval(string Text, Func<double, bool> Contains)
{
    public static Interval Positive { get; } = new("a finite number above 0", value => value > 0 && !double.IsInfinity(value));

    public static Interval NonNegative { get; } = new("a finite number of at least 0", value => value >= 0 && !double.IsInfinity(value));

    public static Interval FromZeroBelowOne { get; } = new("at least 0 and below 1", value => value is >= 0 and < 1);

    public static Interval FromZeroToOne { get; } = new("from 0 to 1", value => value is >= 0 and <= 1);

    public static Interval BetweenZeroAndOne { get; } = new("above 0 and below 1", value => value is > 0 and < 1);
}
