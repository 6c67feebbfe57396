using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <content>The error function and the tail of the normal distribution of 8 floats.</content>
public static partial class VectorMath
{
    /// <summary>erf x, at most 2 ulp.</summary>
    /// <remarks>x + x·P(x²) for |x| &lt; 1 (minimax, degree 6), beyond it 1 − 2·Φ(−√2·|x|).</remarks>
    [MethodImpl(Inline)]
    public static Vector256<float> Erf(Vector256<float> x)
    {
        Vector256<float> sign = Vector256.Create(-0f);
        Vector256<float> a = Vector256.Abs(x);
        Vector256<float> z = x * x;
        Vector256<float> p = Simd.MultiplyAdd(Vector256.Create(7.88912221e-5f), z, Vector256.Create(-8.02084222e-4f));
        p = Simd.MultiplyAdd(p, z, Vector256.Create(5.18953521e-3f));
        p = Simd.MultiplyAdd(p, z, Vector256.Create(-2.68544443e-2f));
        p = Simd.MultiplyAdd(p, z, Vector256.Create(1.12836003e-1f));
        p = Simd.MultiplyAdd(p, z, Vector256.Create(-3.7612626e-1f));
        p = Simd.MultiplyAdd(p, z, Vector256.Create(1.28379166e-1f));
        Vector256<float> central = Simd.MultiplyAdd(p, x, x);

        Vector256<float> tail = NormalTail(a * Vector256.Create(1.41421356f), out _);
        Vector256<float> outer = Vector256<float>.One - (tail + tail);
        outer = Vector256.ConditionalSelect(sign, x, outer);
        return Vector256.ConditionalSelect(Vector256.LessThan(a, Vector256<float>.One), central, outer);
    }

    /// <summary>Φ(−a) for a ≥ 0, at most 5 ulp however far out (6 without fused multiply-add); flushed. Also gives e^−a²/2, at most 2 ulp.</summary>
    /// <remarks>
    /// Φ(−a) = e^−a²/2·P(q) / (a + 4) with q = (a − 4) / (a + 4), after Shepherd and Laframboise (1981): the quotient
    /// is smooth in q over the whole half-line. P is a minimax polynomial of degree 9, error 9e-9.
    /// </remarks>
    [MethodImpl(Inline)]
    private static Vector256<float> NormalTail(Vector256<float> a, out Vector256<float> gauss)
    {
        // Beyond 13.3 the result is zero.
        a = AtMost(a, Vector256.Create(14f));

        // a² = high² + (a − high)·(a + high), whose first term is exact because high keeps 12 bits.
        Vector256<float> high = (a.AsUInt32() & Vector256.Create(0xFFFFF000)).AsSingle();
        Vector256<float> minusHalf = Vector256.Create(-0.5f);
        gauss = ExpNonPositive(high * high * minusHalf, (a - high) * (a + high) * minusHalf);

        // What the rounding of a + 4 lost comes back to first order; and q = 2a / (a + 4) − 1 is exacter for small a, where P is steep.
        Vector256<float> sum = a + Vector256.Create(4f);
        Vector256<float> lost = a - (sum - Vector256.Create(4f));
        Vector256<float> reciprocal = Vector256<float>.One / sum;
        reciprocal = Simd.NegateMultiplyAdd(reciprocal * lost, reciprocal, reciprocal);
        Vector256<float> q = Simd.MultiplyAdd(a + a, reciprocal, Vector256.Create(-1f));
        Vector256<float> p = Simd.MultiplyAdd(Vector256.Create(-1.31971657e-4f), q, Vector256.Create(1.79354523e-4f));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(1.56992348e-3f));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(-3.5125541e-3f));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(-7.52527127e-3f));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(6.04038313e-2f));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(-1.86523438e-1f));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(3.87136906e-1f));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(-6.07896566e-1f));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(7.55285144e-1f));
        return gauss * (p * reciprocal);
    }
}
