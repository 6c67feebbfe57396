namespace BackpropGen.Tests.Numerics;

/// <summary>
/// Textbook formulas in double, each arranged to keep its relative accuracy (about 1e-13 or better): what functions of
/// floats are compared with.
/// </summary>
internal static class Reference
{
    public static double Expm1(double x)
    {
        // (u − 1)·x / ln u with u = eˣ (Kahan): the errors of the two rounded terms cancel.
        double u = Math.Exp(x);
        if (u == 1)
        {
            return x;
        }

        return u - 1 == -1 || double.IsInfinity(u) ? u - 1 : (u - 1) * x / Math.Log(u);
    }

    public static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 || double.IsPositiveInfinity(u) ? x : Math.Log(u) * x / (u - 1);
    }

    public static double Erf(double x)
    {
        if (Math.Abs(x) > 2.5)
        {
            return Math.Sign(x) * (1 - Erfc(Math.Abs(x)));
        }

        // erf x = 2/√π · Σ (−1)ⁿ x²ⁿ⁺¹ / (n!·(2n + 1))
        double sum = x;
        double power = x;
        for (int n = 1; n < 60; n++)
        {
            power *= -x * x / n;
            sum += power / ((2 * n) + 1);
        }

        return double.IsNaN(x) ? x : sum * 2 / Math.Sqrt(Math.PI);
    }

    public static double Erfc(double x)
    {
        if (x < 2.5)
        {
            return 1 - Erf(x);
        }

        // erfc x = e^−x²/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + …)))), evaluated from the far end.
        double tail = x;
        for (int n = 200; n >= 1; n--)
        {
            tail = x + (n / 2.0 / tail);
        }

        return double.IsPositiveInfinity(x) ? 0 : Math.Exp(-x * x) / (tail * Math.Sqrt(Math.PI));
    }

    public static double Sigmoid(double x) => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x));

    public static double NormalDistribution(double z) => Erfc(-z / Math.Sqrt(2)) / 2;

    public static double NormalDensity(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    public static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    public static double Gelu(double z) => z * NormalDistribution(z);

    public static double GeluDerivative(double z) => NormalDistribution(z) + (z * NormalDensity(z));

    public static double GeluTanh(double z) => z * Sigmoid(2 * GeluTanhArgument(z));

    public static double GeluTanhDerivative(double z)
    {
        double slope = 2 * Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * z * z));
        double u = 2 * GeluTanhArgument(z);
        return Sigmoid(u) + (z * slope * Sigmoid(u) * Sigmoid(-u));
    }

    public static double Silu(double z) => z * Sigmoid(z);

    public static double SiluDerivative(double z) => Sigmoid(z) + (z * Sigmoid(z) * Sigmoid(-z));

    public static double Mish(double z) => z * Math.Tanh(Softplus(z));

    public static double MishDerivative(double z)
    {
        double t = Math.Tanh(Softplus(z));
        return t + (z * (1 - (t * t)) * Sigmoid(z));
    }

    public static double LogCosh(double e)
    {
        double s = Math.Sinh(Math.Min(Math.Abs(e), 1));
        return Math.Abs(e) < 1
            ? 0.5 * Log1p(s * s)
            : Math.Abs(e) + Log1p(Math.Exp(-2 * Math.Abs(e))) - Math.Log(2);
    }

    private static double GeluTanhArgument(double z) => Math.Sqrt(2 / Math.PI) * (z + (0.044715 * z * z * z));
}
