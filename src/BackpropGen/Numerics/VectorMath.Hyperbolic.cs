using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <content>The logistic function and the hyperbolic tangent.</content>
public static partial class VectorMath
{
    /// <summary>σ(x) = 1 / (1 + e⁻ˣ), at most 3 ulp in both tails; flushed.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Sigmoid<T>(Vector256<T> x)
        where T : unmanaged
    {
        // With e = e^−|x| ≤ 1 nothing overflows, and the left tail e / (1 + e) keeps its relative accuracy.
        Vector256<T> e = ExpNonPositive(NegativeAbs(x));
        Vector256<T> numerator = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<T>.Zero), e, Vector256<T>.One);
        return numerator / (Vector256<T>.One + e);
    }

    /// <summary>tanh x, at most 3 ulp, for small x too.</summary>
    /// <remarks>tanh|x| = −m / (m + 2) with m = e^−2|x| − 1: one polynomial, no cancellation, no second branch.</remarks>
    [MethodImpl(Inline)]
    public static Vector256<T> Tanh<T>(Vector256<T> x)
        where T : unmanaged
    {
        Vector256<T> negative = NegativeAbs(x);
        Vector256<T> m = Expm1NonPositive(negative + negative);
        Vector256<T> magnitude = m / (m + Constant<T>(2));
        return Vector256.ConditionalSelect(Constant<T>(-0.0), x, magnitude);
    }
}
