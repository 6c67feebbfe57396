using System.Globalization;

namespace BackpropGen.Tests.Numerics;

/// <summary>Measures the largest error of a vector function in units in the last place of the correct result.</summary>
internal static class Ulps
{
    /// <summary>Set to an odd number in the environment, takes the place of the stride; 1 tries every float, which takes hours for all functions.</summary>
    private const string StrideVariable = "BACKPROPGEN_ULP_STRIDE";

    /// <summary>How many floats to either side of a remarkable one are tried.</summary>
    private const int Neighbours = 64;

    private static readonly uint Stride =
        uint.TryParse(Environment.GetEnvironmentVariable(StrideVariable), NumberStyles.None, CultureInfo.InvariantCulture, out uint stride) && stride > 0
            ? stride
            : 9973;

    public delegate Vector256<float> SingleFunction(Vector256<float> x);

    public delegate Vector256<double> DoubleFunction(Vector256<double> x);

    /// <summary>
    /// Asserts a bound over every 9973rd float from <paramref name="low"/> to <paramref name="high"/>: all exponents, both
    /// signs, denormals; and over the neighbours of ±0, of all powers of two, of ±∞, and NaN. NaN must come out exactly where the
    /// reference has it.
    /// </summary>
    /// <param name="function">What is measured.</param>
    /// <param name="reference">The same function in double.</param>
    /// <param name="bound">The largest error allowed, in ulps.</param>
    /// <param name="low">The smallest argument.</param>
    /// <param name="high">The largest argument.</param>
    /// <param name="flushBelow">Results below this magnitude may be anything as small.</param>
    /// <param name="absolute">Whether the bound is in ulps of 1 (2⁻²³), for functions that cross zero.</param>
    public static void AssertSingle(
        SingleFunction function,
        Func<double, double> reference,
        double bound,
        float low = float.NegativeInfinity,
        float high = float.PositiveInfinity,
        float flushBelow = 0,
        bool absolute = false)
    {
        double worst = 0;
        float worstAt = 0;
        var x = new float[Vector256<float>.Count];
        foreach (uint[] chunk in Arguments().Chunk(x.Length))
        {
            for (int i = 0; i < chunk.Length; i++)
            {
                x[i] = BitConverter.UInt32BitsToSingle(chunk[i]);
            }

            Vector256<float> y = function(Vector256.Create(x));
            for (int i = 0; i < chunk.Length; i++)
            {
                if (x[i] < low || x[i] > high)
                {
                    continue;
                }

                double expected = reference(x[i]);
                double error = SingleError(y[i], expected, flushBelow, absolute);
                if (!(error <= worst))
                {
                    worst = error;
                    worstAt = x[i];
                }
            }
        }

        Assert.True(worst <= bound, $"{worst:F3} ulp at {worstAt:R}; the bound is {bound}.");
    }

    /// <summary>The bits of the floats that are tried.</summary>
    private static IEnumerable<uint> Arguments()
    {
        for (ulong bits = 0; bits <= uint.MaxValue; bits += Stride)
        {
            yield return (uint)bits;
        }

        // The first float of each exponent, of which 0 stands before the denormals and 255 before NaN; over the edge it begins again.
        for (uint exponent = 0; exponent < 512; exponent++)
        {
            for (int step = -Neighbours; step <= Neighbours; step++)
            {
                yield return unchecked((exponent << 23) + (uint)step);
            }
        }
    }

    /// <summary>The error of a float in ulps; ∞ where one is NaN or infinite and the other is not.</summary>
    public static double SingleError(float actual, double expected, float flushBelow, bool absolute)
    {
        if (float.IsNaN(actual) || double.IsNaN(expected))
        {
            return float.IsNaN(actual) && double.IsNaN(expected) ? 0 : double.PositiveInfinity;
        }

        if (absolute)
        {
            return Math.Abs(actual - expected) * (1 << 23);
        }

        var rounded = (float)expected;
        if (actual == rounded || (Math.Abs(expected) < flushBelow && Math.Abs(actual) < flushBelow))
        {
            return 0;
        }

        float magnitude = Math.Min(Math.Abs(rounded), float.MaxValue);
        double ulp = magnitude == float.MaxValue ? Math.ScaleB(1, 104) : (double)MathF.BitIncrement(magnitude) - magnitude;
        return float.IsInfinity(actual) ? double.PositiveInfinity : Math.Abs(actual - expected) / ulp;
    }

    /// <summary>Asserts a bound over pseudo-random doubles of all exponents (|x| up to 2^<paramref name="maxExponent"/>) and signs.</summary>
    public static void AssertDouble(
        DoubleFunction function,
        Func<double, double> reference,
        double bound,
        int minExponent = -1074,
        int maxExponent = 1024,
        double low = double.NegativeInfinity,
        double high = double.PositiveInfinity)
    {
        double worst = 0;
        double worstAt = 0;
        var random = new BackpropGen.Numerics.RandomSource(1);
        var x = new double[Vector256<double>.Count];
        for (int round = 0; round < 50_000; round++)
        {
            for (int i = 0; i < x.Length; i++)
            {
                double exponent = minExponent + ((maxExponent - minExponent) * random.NextDouble());
                double sign = random.NextDouble() < 0.5 ? -1 : 1;
                double mantissa = 1 + random.NextDouble();
                x[i] = Math.Clamp(sign * Math.ScaleB(mantissa, (int)Math.Floor(exponent) - 1), low, high);
            }

            Vector256<double> y = function(Vector256.Create(x));
            for (int i = 0; i < x.Length; i++)
            {
                double error = DoubleError(y[i], reference(x[i]));
                if (!(error <= worst))
                {
                    worst = error;
                    worstAt = x[i];
                }
            }
        }

        Assert.True(worst <= bound, $"{worst:F3} ulp at {worstAt:R}; the bound is {bound}.");
    }

    /// <summary>The error of a double in ulps, as good as the reference is (half an ulp when it is correctly rounded).</summary>
    public static double DoubleError(double actual, double expected)
    {
        if (double.IsNaN(actual) || double.IsNaN(expected))
        {
            return double.IsNaN(actual) && double.IsNaN(expected) ? 0 : double.PositiveInfinity;
        }

        if (actual == expected)
        {
            return 0;
        }

        double magnitude = Math.Abs(expected);
        return double.IsInfinity(actual) || double.IsInfinity(expected)
            ? double.PositiveInfinity
            : Math.Abs(actual - expected) / (magnitude - Math.BitDecrement(magnitude));
    }
}
