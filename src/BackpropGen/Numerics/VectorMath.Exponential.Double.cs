using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <content>Exponentials and logarithms of 4 doubles, built like those of floats.</content>
public static partial class VectorMath
{
    /// <summary>1.5·2⁵² + 1023; see <see cref="RoundingShift32"/>.</summary>
    private const double RoundingShift64 = 6755399441056767.0;

    /// <summary>eˣ, at most 1 ulp; denormal results are rounded, not flushed; +∞ above 709.78.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> Exp(Vector256<double> x)
    {
        x = AtMost(AtLeast(x, Vector256.Create(-746.0)), Vector256.Create(710.0));
        Vector256<double> p = Expm1OfRemainder(SplitOffPowerOfTwo(x, out Vector256<double> shifted));
        Vector256<long> n = ExponentOf(shifted);

        // Halved by a logical shift of a number made positive: AVX2 has no arithmetic shift of 64-bit integers.
        Vector256<long> half = Vector256.ShiftRightLogical(n + Vector256.Create(2048L), 1) - Vector256.Create(1024L);
        Vector256<double> scale = PowerOfTwo(half);
        return Simd.MultiplyAdd(scale, p, scale) * PowerOfTwo(n - half);
    }

    /// <summary>eˣ − 1, at most 2 ulp, for small x too; −1 below −38.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> Expm1(Vector256<double> x)
    {
        x = AtMost(AtLeast(x, Vector256.Create(-38.0)), Vector256.Create(710.0));
        Vector256<double> p = Expm1OfRemainder(SplitOffPowerOfTwo(x, out Vector256<double> shifted));
        Vector256<long> n = ExponentOf(shifted);
        Vector256<double> scale = PowerOfTwo(n - Vector256<long>.One);
        Vector256<double> half = Simd.MultiplyAdd(scale, p, scale - Vector256.Create(0.5));
        return half + half;
    }

    /// <summary>ln x, at most 1 ulp, denormal x included; ln 0 = −∞ and NaN below.</summary>
    /// <remarks>fdlibm e_log.c (Sun Microsystems, 1993).</remarks>
    [MethodImpl(Inline)]
    public static Vector256<double> Log(Vector256<double> x)
    {
        Vector256<double> denormal = Vector256.LessThan(x, Vector256.Create(2.2250738585072014e-308));
        Vector256<double> normal = Vector256.ConditionalSelect(denormal, x * Vector256.Create(18014398509481984.0), x);
        Vector256<double> shift = denormal & Vector256.Create(-54.0);
        return LogOrLimit(x, x, LogOfNormal(normal, shift));
    }

    /// <summary>ln Σeˣ over a row whose largest eˣ is 1, at most 1.6 ulp: for 1 ≤ <paramref name="total"/> &lt; ∞; NaN stays NaN.</summary>
    /// <remarks>In line, because across a call to the C library a kernel would have to save all its registers.</remarks>
    [MethodImpl(Inline)]
    public static double LogOfTotal(double total)
    {
        double logarithm = LogOfNormal(Vector256.Create(total), Vector256<double>.Zero).ToScalar();

        // The polynomial sees only the bits, so NaN has to be brought back.
        return logarithm + (total - total);
    }

    /// <summary>ln(1 + x), at most 2 ulp, for small x too; ln(1 − 1) = −∞ and NaN below.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> Log1p(Vector256<double> x)
    {
        Vector256<double> u = Vector256<double>.One + x;
        Vector256<double> lost = x - (u - Vector256<double>.One);
        return LogOrLimit(u, x, LogOfNormal(u, Vector256<double>.Zero) + (lost / u));
    }

    /// <summary>
    /// eˣ for x ≤ 0, at most 1 ulp; 0 where the result is below 2.2e-308. Denormal numbers, which nobody needs of a probability, would be many
    /// times slower, and padding at −∞ would have them in every row.
    /// </summary>
    [MethodImpl(Inline)]
    public static Vector256<double> ExpNonPositive(Vector256<double> x)
    {
        // From −708.74 on n is −1023, whose power of two comes out as zero.
        x = AtLeast(x, Vector256.Create(-709.0));
        Vector256<double> p = Expm1OfRemainder(SplitOffPowerOfTwo(x, out Vector256<double> shifted));
        Vector256<double> scale = PowerOfTwo(shifted);
        return Simd.MultiplyAdd(scale, p, scale);
    }

    /// <summary>e^(x + correction) for x ≤ 0 and a tiny correction, as accurate as if the sum were not rounded; flushed.</summary>
    [MethodImpl(Inline)]
    private static Vector256<double> ExpNonPositive(Vector256<double> x, Vector256<double> correction)
    {
        x = AtLeast(x, Vector256.Create(-709.0));
        Vector256<double> p = Expm1OfRemainder(SplitOffPowerOfTwo(x, out Vector256<double> shifted) + correction);
        Vector256<double> scale = PowerOfTwo(shifted);
        return Simd.MultiplyAdd(scale, p, scale);
    }

    /// <summary>eˣ − 1 for x ≤ 0, at most 2 ulp.</summary>
    [MethodImpl(Inline)]
    private static Vector256<double> Expm1NonPositive(Vector256<double> x)
    {
        x = AtLeast(x, Vector256.Create(-38.0));
        Vector256<double> p = Expm1OfRemainder(SplitOffPowerOfTwo(x, out Vector256<double> shifted));
        Vector256<double> scale = PowerOfTwo(shifted);
        return Simd.MultiplyAdd(scale, p, scale - Vector256<double>.One);
    }

    /// <summary>ln(1 + x) for 0 ≤ x ≤ 1, at most 2 ulp, without a second division.</summary>
    [MethodImpl(Inline)]
    private static Vector256<double> Log1pOfUnit(Vector256<double> x)
    {
        Vector256<double> u = Vector256<double>.One + x;
        Vector256<double> lost = x - (u - Vector256<double>.One);
        Vector256<double> reciprocal = Simd.NegateMultiplyAdd(u, Vector256.Create(0.5), Vector256.Create(1.5));
        return Simd.MultiplyAdd(lost, reciprocal, LogOfNormal(u, Vector256<double>.Zero));
    }

    /// <summary>
    /// r = x − n·ln 2 with the integer n next to x / ln 2; the parts of ln 2 are fdlibm's.
    /// The low bits of <paramref name="shifted"/> are n + 1023.
    /// </summary>
    [MethodImpl(Inline)]
    private static Vector256<double> SplitOffPowerOfTwo(Vector256<double> x, out Vector256<double> shifted)
    {
        Vector256<double> shift = Vector256.Create(RoundingShift64);
        shifted = Simd.MultiplyAdd(x, Vector256.Create(1.4426950408889634), shift);
        Vector256<double> rounded = shifted - shift;
        Vector256<double> r = Simd.NegateMultiplyAdd(rounded, Vector256.Create(6.93147180369123816490e-01), x);
        return Simd.NegateMultiplyAdd(rounded, Vector256.Create(1.90821492927058770002e-10), r);
    }

    /// <summary>eʳ − 1 = r + r²·Q(r) for |r| ≤ ln 2 / 2; Q is a minimax polynomial of degree 10, error 1.4e-18.</summary>
    [MethodImpl(Inline)]
    private static Vector256<double> Expm1OfRemainder(Vector256<double> r)
    {
        Vector256<double> q = Simd.MultiplyAdd(Vector256.Create(2.092162771925333e-09), r, Vector256.Create(2.5105261171345467e-08));
        q = Simd.MultiplyAdd(q, r, Vector256.Create(2.755725279789038e-07));
        q = Simd.MultiplyAdd(q, r, Vector256.Create(2.7557255293844427e-06));
        q = Simd.MultiplyAdd(q, r, Vector256.Create(2.4801587347459638e-05));
        q = Simd.MultiplyAdd(q, r, Vector256.Create(1.9841269874904717e-04));
        q = Simd.MultiplyAdd(q, r, Vector256.Create(1.3888888888874346e-03));
        q = Simd.MultiplyAdd(q, r, Vector256.Create(8.333333333326112e-03));
        q = Simd.MultiplyAdd(q, r, Vector256.Create(4.1666666666666685e-02));
        q = Simd.MultiplyAdd(q, r, Vector256.Create(1.666666666666667e-01));
        q = Simd.MultiplyAdd(q, r, Vector256.Create(0.5));
        return Simd.MultiplyAdd(q, r * r, r);
    }

    /// <summary>2ⁿ for −1022 ≤ n ≤ 1023, and 0 for n = −1023.</summary>
    [MethodImpl(Inline)]
    private static Vector256<double> PowerOfTwo(Vector256<long> n) =>
        Vector256.ShiftLeft(n + Vector256.Create(1023L), 52).AsDouble();

    /// <summary>2ⁿ from n + 1023 in the low bits: a shift puts it where the exponent stands, and all else out.</summary>
    [MethodImpl(Inline)]
    private static Vector256<double> PowerOfTwo(Vector256<double> shifted) => Vector256.ShiftLeft(shifted.AsInt64(), 52).AsDouble();

    /// <summary>n from n + 1023 in the low bits.</summary>
    [MethodImpl(Inline)]
    private static Vector256<long> ExponentOf(Vector256<double> shifted) => shifted.AsInt64() - Vector256.Create(RoundingShift64).AsInt64();

    /// <summary>
    /// ln(x·2^shift) for normal x &gt; 0: x = m·2ᵉ with m in [√½, √2), f = m − 1, s = f / (2 + f),
    /// ln m = f − (f²/2 − s·(f²/2 + R(s²))).
    /// </summary>
    [MethodImpl(Inline)]
    private static Vector256<double> LogOfNormal(Vector256<double> x, Vector256<double> shift)
    {
        // The exponent is biased by 1024 to stay positive, then made a double by writing it below the point of 2⁵².
        Vector256<long> bits = x.AsInt64();
        Vector256<long> biased = Vector256.ShiftRightLogical(
            bits - Vector256.Create(0x3FE6A09E667F3BCD) + Vector256.Create(1024L << 52), 52);
        Vector256<long> mantissa = bits - Vector256.ShiftLeft(biased - Vector256.Create(1024L), 52);
        Vector256<double> f = mantissa.AsDouble() - Vector256<double>.One;
        Vector256<double> e = (biased | Vector256.Create(0x4330000000000000)).AsDouble() - Vector256.Create(4503599627370496.0 + 1024.0);
        e += shift;

        Vector256<double> s = f / (Vector256.Create(2.0) + f);
        Vector256<double> z = s * s;
        Vector256<double> r = Simd.MultiplyAdd(Vector256.Create(1.479819860511658591e-01), z, Vector256.Create(1.531383769920937332e-01));
        r = Simd.MultiplyAdd(r, z, Vector256.Create(1.818357216161805012e-01));
        r = Simd.MultiplyAdd(r, z, Vector256.Create(2.222219843214978396e-01));
        r = Simd.MultiplyAdd(r, z, Vector256.Create(2.857142874366239149e-01));
        r = Simd.MultiplyAdd(r, z, Vector256.Create(3.999999999940941908e-01));
        r = Simd.MultiplyAdd(r, z, Vector256.Create(6.666666666666735130e-01));
        r *= z;

        Vector256<double> halfSquare = Vector256.Create(0.5) * f * f;
        Vector256<double> small = Simd.MultiplyAdd(s, halfSquare + r, e * Vector256.Create(1.90821492927058770002e-10));
        Vector256<double> rest = halfSquare - small - f;
        return Simd.MultiplyAdd(e, Vector256.Create(6.93147180369123816490e-01), -rest);
    }

    /// <summary>The logarithm of u where 0 &lt; u &lt; ∞, else its limit: −∞ at 0, NaN below, and x itself for ∞ and NaN.</summary>
    [MethodImpl(Inline)]
    private static Vector256<double> LogOrLimit(Vector256<double> u, Vector256<double> x, Vector256<double> logarithm)
    {
        Vector256<double> zero = Vector256<double>.Zero;
        Vector256<double> infinity = Vector256.Create(double.PositiveInfinity);
        Vector256<double> ordinary = Vector256.GreaterThan(u, zero) & Vector256.LessThan(u, infinity);
        Vector256<double> limit = Vector256.ConditionalSelect(Vector256.LessThan(u, zero), Vector256.Create(double.NaN), x);
        limit = Vector256.ConditionalSelect(Vector256.Equals(u, zero), -infinity, limit);
        return Vector256.ConditionalSelect(ordinary, logarithm, limit);
    }
}
