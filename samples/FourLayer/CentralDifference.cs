namespace FourLayer;

/// <summary>
/// The derivative without calculus: ∂H/∂v ≈ (H(v + ε) − H(v − ε)) / 2ε. It knows nothing of layers or of the chain rule,
/// which makes it the judge of any code that does.
/// </summary>
internal static class CentralDifference
{
    /// <summary>
    /// The formula is off by about ε², rounding adds about 1e-16 / ε; here both stay near 1e-11.
    /// </summary>
    private const double Epsilon = 1e-5;

    /// <summary>The derivative of a function of each of the values; every value is moved and put back.</summary>
    /// <param name="values">What the function depends on, in the memory where it reads it.</param>
    /// <param name="function">H.</param>
    public static double[] Of(Span<double> values, Func<double> function)
    {
        var derivatives = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i];

            values[i] = value + Epsilon;
            double above = function();
            values[i] = value - Epsilon;
            double below = function();
            values[i] = value;

            derivatives[i] = (above - below) / (2 * Epsilon);
        }

        return derivatives;
    }
}
