namespace BackpropGen.Generator.Graph;

/// <summary>
/// The functions of the reference interpreter that <see cref="Math"/> lacks, to the full accuracy of a double. Independent of what is
/// emitted, and written to be checked by eye.
/// </summary>
internal static class ReferenceMath
{
    /// <summary>ln(1 + x), also for tiny x, where 1 + x has lost most of x (Kahan).</summary>
    public static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }

    /// <summary>1 / (1 + e⁻ˣ), with the exponential of a number ≤ 0 only.</summary>
    public static double Sigmoid(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// <summary>ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|).</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x)));

    /// <summary>zᵢ − ln Σⱼ e^zⱼ, with the largest z taken out of the sum.</summary>
    public static double[] LogSoftmax(double[] z)
    {
        double largest = z.Max();
        double logSum = Math.Log(z.Sum(value => Math.Exp(value - largest)));
        return z.Select(value => value - largest - logSum).ToArray();
    }

    /// <summary>e^zᵢ / Σⱼ e^zⱼ, with the largest z taken out of every exponent.</summary>
    public static double[] Softmax(double[] z)
    {
        double largest = z.Max();
        double[] exponentials = z.Select(value => Math.Exp(value - largest)).ToArray();
        double sum = exponentials.Sum();
        return exponentials.Select(value => value / sum).ToArray();
    }

    /// <summary>Φ(x), the standard normal distribution function.</summary>
    public static double NormalDistribution(double x)
    {
        double tail = 0.5 * ComplementaryErrorFunction(Math.Abs(x) / Math.Sqrt(2));
        return x < 0 ? tail : 1 - tail;
    }

    /// <summary>φ(x) = Φ′(x), the standard normal density.</summary>
    public static double NormalDensity(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>erfc(x) = 1 − erf(x) for x ≥ 0: by series below 2, by continued fraction from there on.</summary>
    public static double ComplementaryErrorFunction(double x)
    {
        double scale = Math.Exp(-x * x) / Math.Sqrt(Math.PI);
        if (x < 2)
        {
            // erf(x) = 2/√π·e^(−x²)·Σ 2ⁿ·x^(2n+1) / (1·3·5·…·(2n+1)); all terms are positive, none cancel.
            double term = x;
            double sum = x;
            for (int n = 1; n < 100; n++)
            {
                term *= 2 * x * x / ((2 * n) + 1);
                sum += term;
            }

            return 1 - (2 * scale * sum);
        }

        // erfc(x) = e^(−x²)/√π · 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …)))), from the inside out.
        double fraction = x;
        for (int n = 200; n >= 1; n--)
        {
            fraction = x + (n / 2.0 / fraction);
        }

        return scale / fraction;
    }
}
