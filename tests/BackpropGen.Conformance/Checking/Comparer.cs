using System.Globalization;

namespace BackpropGen.Conformance;

/// <summary>A number that is not what it must be.</summary>
/// <param name="What">The tensor and how it was obtained.</param>
/// <param name="Element">The place in the tensor, such as "[2, 5]"; empty for a single number.</param>
/// <param name="Message">What was got, what was expected, how far apart they may be.</param>
internal sealed record Mismatch(string What, string Element, string Message)
{
    public override string ToString() => $"{What}{Element}: {Message}";
}

/// <summary>Compares numbers with their references and collects those that do not fit.</summary>
/// <param name="context">Put before the name of every tensor: the element type and the form of the network.</param>
/// <param name="tolerance">How close a number must come.</param>
internal sealed class Comparer(string context, Tolerance tolerance)
{
    private readonly List<Mismatch> _mismatches = [];

    /// <summary>The first mismatch of every tensor that has one.</summary>
    public IReadOnlyList<Mismatch> Mismatches => _mismatches;

    /// <summary>How many numbers were compared.</summary>
    public int Compared { get; private set; }

    /// <summary>How close a number must come.</summary>
    public Tolerance Tolerance => tolerance;

    /// <summary>Compares a tensor element by element.</summary>
    /// <param name="what">The name of the tensor.</param>
    /// <param name="actual">What the emitted code gave.</param>
    /// <param name="expected">The reference.</param>
    /// <param name="columns">The length of a row, for the place in the message.</param>
    /// <param name="magnitude">The largest number that the tensor is made of, where that is larger than the tensor's own.</param>
    public void Check(string what, ReadOnlySpan<double> actual, ReadOnlySpan<double> expected, int columns, double magnitude = 0)
    {
        if (actual.Length != expected.Length)
        {
            Report(what, "", $"got {actual.Length} numbers, expected {expected.Length}");
            return;
        }

        magnitude = Math.Max(magnitude, Magnitude(expected));
        int wrong = 0;
        int first = -1;
        for (int i = 0; i < expected.Length; i++)
        {
            if (!Fits(actual[i], expected[i], magnitude))
            {
                first = wrong++ == 0 ? i : first;
            }
        }

        Compared += expected.Length;
        if (wrong > 0)
        {
            string others = wrong > 1 ? $" and {wrong - 1} more of {expected.Length}" : "";
            string element = expected.Length == 1 ? "" : $"[{first / columns}, {first % columns}]";
            Report(what, element, Describe(actual[first], expected[first], magnitude) + others);
        }
    }

    /// <summary>Compares one number.</summary>
    public void Check(string what, double actual, double expected, double magnitude = 0) =>
        Check(what, [actual], [expected], 1, magnitude);

    /// <summary>Notes that something holds or does not.</summary>
    public void Require(bool holds, string what, string message)
    {
        Compared++;
        if (!holds)
        {
            Report(what, "", message);
        }
    }

    /// <summary>The largest absolute value of a tensor.</summary>
    public static double Magnitude(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }

    private bool Fits(double actual, double expected, double magnitude) => Math.Abs(expected) > tolerance.LargestFinite
        ? !double.IsNaN(actual)
        : Math.Abs(actual - expected) <= tolerance.Allowed(expected, magnitude);

    private string Describe(double actual, double expected, double magnitude) => string.Create(
        CultureInfo.InvariantCulture,
        $"got {actual:R}, expected {expected:R} (off by {Math.Abs(actual - expected):G3}, allowed {tolerance.Allowed(expected, magnitude):G3})");

    private void Report(string what, string element, string message) => _mismatches.Add(new Mismatch($"{context}: {what}", element, message));
}
