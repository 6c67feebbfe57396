namespace BackpropGen.Generator.Parsing;

/// <summary>What a hyper-parameter may be.</summary>
/// <param name="Text">The range as messages put it.</param>
/// <param name="Contains">Whether a number lies in it; never so for NaN and the infinities.</param>
/// <param name="Clamp">
/// The nearest number in it, to two digits where the bound itself is not; null where no number of it is near, as for ∞, or below an open 0,
/// close to which nothing makes sense.
/// </param>
internal sealed record Interval(string Text, Func<double, bool> Contains, Func<double, double?> Clamp)
{
    public static Interval Positive { get; } = new("a finite number above 0", value => value > 0 && !double.IsInfinity(value), _ => null);

    public static Interval NonNegative { get; } =
        new("a finite number of at least 0", value => value >= 0 && !double.IsInfinity(value), value => value < 0 ? 0 : null);

    public static Interval FromZeroBelowOne { get; } = new("at least 0 and below 1", value => value is >= 0 and < 1, value => value < 0 ? 0 : value > 0.99 ? 0.99 : null);

    public static Interval FromZeroToOne { get; } = new("from 0 to 1", value => value is >= 0 and <= 1, value => value < 0 ? 0 : value > 1 ? 1 : null);

    public static Interval BetweenZeroAndOne { get; } = new("above 0 and below 1", value => value is > 0 and < 1, value => value < 0.01 ? 0.01 : value > 0.99 ? 0.99 : null);

    /// <summary>The valid number to put in place of an invalid one: the nearest, or else the default.</summary>
    public double Nearest(double value, double otherwise) => Clamp(value) ?? otherwise;
}
