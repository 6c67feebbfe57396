using System.Runtime.CompilerServices;

namespace BackpropGen;

/// <summary>Checks of numbers: each returns what it was given, or throws naming it.</summary>
internal static class RangeGuard
{
    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0 && double.IsFinite(value) ? value : throw Refuse(name, value, "a finite number above 0");

    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 && double.IsFinite(value) ? value : throw Refuse(name, value, "a finite number ≥ 0");

    public static double Fraction(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and <= 1 ? value : throw Refuse(name, value, "a number from 0 to 1");

    public static long AtLeast(long least, long value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= least ? value : throw Refuse(name, value, FormattableString.Invariant($"{least} or more"));

    public static long MoreThan(long bound, long value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > bound ? value : throw Refuse(name, value, FormattableString.Invariant($"more than {bound}"));

    public static long Between(long least, long most, long value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= least && value <= most ? value : throw Refuse(name, value, FormattableString.Invariant($"{least} to {most}"));

    /// <summary>The number of a step, for the argument of <see cref="ILearningRateSchedule.At"/>.</summary>
    public static long Step(long step) => AtLeast(0, step);

    private static ArgumentOutOfRangeException Refuse(string name, object value, string needed) =>
        new(name, value, FormattableString.Invariant($"'{name}' is {value}; {needed} is needed."));
}
