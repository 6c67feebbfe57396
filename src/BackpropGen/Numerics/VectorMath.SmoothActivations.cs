using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <content>
/// Activations of the form z·g(z) with a smooth gate g, and softplus. Their derivatives are written in the pre-activation z.
/// Relative accuracy holds in both tails because the gates are computed from e^−|z|, never as a difference from 1;
/// the derivatives cross zero (near z = −1), so their bounds are absolute, in ulps of 1. Where a factor is said to be
/// flushed, the product loses it too: below 1.1e-36 for floats and 1.6e-305 for doubles.
/// </content>
public static partial class VectorMath
{
    private const double InverseSqrtTwoPi = 0.39894228040143267794;
    private const double TwoSqrtTwoOverPi = 1.59576912160573071176;
    private const double GeluCubic = 0.044715;

    /// <summary>Where the gates have long been 0 or 1, in either precision; it keeps 0·∞ away.</summary>
    private const double GateLimit = 1000;

    /// <summary>z·Φ(z), at most 5 ulp (float; 6 without fused multiply-add) or 8 ulp (double) in both tails; Φ is flushed.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Gelu<T>(Vector256<T> z)
        where T : unmanaged =>
        AtLeast(z, Constant<T>(-GateLimit)) * NormalDistribution(z, out _);

    /// <summary>Φ(z) + z·φ(z) with φ(z) = e^(−z²/2) / √(2π); within 3 ulp of 1.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> GeluDerivative<T>(Vector256<T> z)
        where T : unmanaged
    {
        Vector256<T> distribution = NormalDistribution(z, out Vector256<T> gauss);
        z = Clip(z, Constant<T>(-GateLimit), Constant<T>(GateLimit));
        return MultiplyAdd(z * Constant<T>(InverseSqrtTwoPi), gauss, distribution);
    }

    /// <summary>z/2·(1 + tanh u) = z·σ(2u) with u = √(2/π)·(z + 0.044715·z³); at most 4 + 2·|2u| ulp, the rounding of 2u times |2u|; σ is flushed.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> GeluTanh<T>(Vector256<T> z)
        where T : unmanaged
    {
        z = AtLeast(z, Constant<T>(-GateLimit));
        Vector256<T> cubic = MultiplyAdd(z * z, Constant<T>(GeluCubic * TwoSqrtTwoOverPi), Constant<T>(TwoSqrtTwoOverPi));
        return z * Sigmoid(z * cubic);
    }

    /// <summary>σ(2u) + z·σ(2u)·σ(−2u)·2u′; within 4 ulp of 1.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> GeluTanhDerivative<T>(Vector256<T> z)
        where T : unmanaged
    {
        z = Clip(z, Constant<T>(-GateLimit), Constant<T>(GateLimit));
        Vector256<T> square = z * z;
        Vector256<T> cubic = MultiplyAdd(square, Constant<T>(GeluCubic * TwoSqrtTwoOverPi), Constant<T>(TwoSqrtTwoOverPi));
        Vector256<T> slope = MultiplyAdd(square, Constant<T>(3 * GeluCubic * TwoSqrtTwoOverPi), Constant<T>(TwoSqrtTwoOverPi));
        Vector256<T> gate = SigmoidWithSlope(z * cubic, out Vector256<T> gateSlope);
        return MultiplyAdd(z * slope, gateSlope, gate);
    }

    /// <summary>z·σ(z), at most 4 ulp in both tails; σ is flushed.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Silu<T>(Vector256<T> z)
        where T : unmanaged => AtLeast(z, Constant<T>(-GateLimit)) * Sigmoid(z);

    /// <summary>σ(z) + z·σ(z)·σ(−z); within 2 ulp of 1.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> SiluDerivative<T>(Vector256<T> z)
        where T : unmanaged
    {
        z = Clip(z, Constant<T>(-GateLimit), Constant<T>(GateLimit));
        Vector256<T> gate = SigmoidWithSlope(z, out Vector256<T> gateSlope);
        return MultiplyAdd(z, gateSlope, gate);
    }

    /// <summary>z·tanh(ln(1 + eᶻ)), at most 4 ulp (float) or 5 ulp (double) in both tails; eᶻ is flushed.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Mish<T>(Vector256<T> z)
        where T : unmanaged
    {
        z = AtLeast(z, Constant<T>(-GateLimit));
        MishGate(z, out Vector256<T> numerator, out Vector256<T> complement, out _, out _);
        return z * (numerator / (numerator + complement));
    }

    /// <summary>t + z·(1 − t²)·σ(z) with t = tanh(ln(1 + eᶻ)); within 3 ulp of 1.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> MishDerivative<T>(Vector256<T> z)
        where T : unmanaged
    {
        z = Clip(z, Constant<T>(-GateLimit), Constant<T>(GateLimit));
        MishGate(z, out Vector256<T> numerator, out Vector256<T> complement, out Vector256<T> e, out Vector256<T> negative);
        Vector256<T> reciprocal = Vector256<T>.One / (numerator + complement);
        Vector256<T> gate = numerator * reciprocal;

        // 1 − t² = (1 − t)·(1 + t), and 1 − t is the complement over the denominator.
        Vector256<T> rest = complement * reciprocal * (Vector256<T>.One + gate);
        Vector256<T> sigmoid = Vector256.ConditionalSelect(negative, e, Vector256<T>.One) / (Vector256<T>.One + e);
        return MultiplyAdd(z * rest, sigmoid, gate);
    }

    /// <summary>ln(1 + e^(β·z)) / β, at most 3 ulp in both tails where β = 1; flushed.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Softplus<T>(Vector256<T> z, T beta)
        where T : unmanaged
    {
        Vector256<T> scale = Vector256.Create(beta);
        return AtLeast(z, Vector256<T>.Zero) + (Log1pOfUnit(ExpNonPositive(NegativeAbs(z * scale))) / scale);
    }

    /// <summary>σ(β·z), at most 3 ulp where β = 1; flushed.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> SoftplusDerivative<T>(Vector256<T> z, T beta)
        where T : unmanaged => Sigmoid(z * Vector256.Create(beta));

    /// <summary>Φ(z), the distribution function of the standard normal, and e^−z²/2.</summary>
    [MethodImpl(Inline)]
    private static Vector256<T> NormalDistribution<T>(Vector256<T> z, out Vector256<T> gauss)
        where T : unmanaged
    {
        Vector256<T> tail = NormalTail(Vector256.Abs(z), out gauss);
        return Vector256.ConditionalSelect(Vector256.GreaterThan(z, Vector256<T>.Zero), Vector256<T>.One - tail, tail);
    }

    /// <summary>σ(x), and σ′(x) = σ(x)·σ(−x) without the cancellation of σ·(1 − σ).</summary>
    [MethodImpl(Inline)]
    private static Vector256<T> SigmoidWithSlope<T>(Vector256<T> x, out Vector256<T> slope)
        where T : unmanaged
    {
        Vector256<T> e = ExpNonPositive(NegativeAbs(x));
        Vector256<T> larger = Vector256<T>.One / (Vector256<T>.One + e);
        Vector256<T> smaller = e * larger;
        slope = smaller * larger;
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<T>.Zero), smaller, larger);
    }

    /// <summary>
    /// tanh(ln(1 + eᶻ)) = numerator / (numerator + complement), a rational function of e = e^−|z|: for negative z
    /// e·(e + 2) over that plus 2, else 1 + 2e over that plus 2e².
    /// </summary>
    [MethodImpl(Inline)]
    private static void MishGate<T>(
        Vector256<T> z, out Vector256<T> numerator, out Vector256<T> complement, out Vector256<T> e, out Vector256<T> negative)
        where T : unmanaged
    {
        e = ExpNonPositive(NegativeAbs(z));
        negative = Vector256.LessThan(z, Vector256<T>.Zero);
        Vector256<T> two = Constant<T>(2);
        numerator = Vector256.ConditionalSelect(negative, MultiplyAdd(e, e, e + e), MultiplyAdd(two, e, Vector256<T>.One));
        complement = Vector256.ConditionalSelect(negative, two, two * e * e);
    }
}
