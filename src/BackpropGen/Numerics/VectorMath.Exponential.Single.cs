using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <content>
/// Exponentials and logarithms of 8 floats. x = n·ln 2 + r with |r| ≤ ln 2 / 2, so eˣ = 2ⁿ·(1 + p) with
/// p = eʳ − 1 = r + r²·Q(r); ln 2 is split in two parts (Cody and Waite) so that n·ln 2 loses nothing.
/// </content>
public static partial class VectorMath
{
    /// <summary>1.5·2²³ + 127: adding it to a small number rounds that to an integer n and leaves n + 127 in the low bits.</summary>
    private const float RoundingShift32 = 12583039f;

    /// <summary>eˣ, at most 1 ulp; denormal results are rounded, not flushed; +∞ above 88.72.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        x = AtMost(AtLeast(x, Vector256.Create(-104f)), Vector256.Create(89f));
        Vector256<float> p = Expm1OfRemainder(SplitOffPowerOfTwo(x, out Vector256<float> shifted));
        Vector256<int> n = ExponentOf(shifted);

        // 2ⁿ need not be a float where the result is denormal or nearly overflows: multiply by two halves of it.
        Vector256<int> half = Vector256.ShiftRightArithmetic(n, 1);
        Vector256<float> scale = PowerOfTwo(half);
        return Simd.MultiplyAdd(scale, p, scale) * PowerOfTwo(n - half);
    }

    /// <summary>eˣ − 1, at most 2 ulp, for small x too; −1 below −18.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> Expm1(Vector256<float> x)
    {
        x = AtMost(AtLeast(x, Vector256.Create(-18f)), Vector256.Create(89f));
        Vector256<float> p = Expm1OfRemainder(SplitOffPowerOfTwo(x, out Vector256<float> shifted));
        Vector256<int> n = ExponentOf(shifted);

        // 2·(2ⁿ⁻¹·p + (2ⁿ⁻¹ − ½)), because 2ⁿ overflows before the result does.
        Vector256<float> scale = PowerOfTwo(n - Vector256<int>.One);
        Vector256<float> half = Simd.MultiplyAdd(scale, p, scale - Vector256.Create(0.5f));
        return half + half;
    }

    /// <summary>ln x, at most 1 ulp, denormal x included; ln 0 = −∞ and NaN below.</summary>
    /// <remarks>Cephes logf (Moshier, 1989).</remarks>
    [MethodImpl(Inline)]
    public static Vector256<float> Log(Vector256<float> x)
    {
        Vector256<float> denormal = Vector256.LessThan(x, Vector256.Create(1.17549435e-38f));
        Vector256<float> normal = Vector256.ConditionalSelect(denormal, x * Vector256.Create(8388608f), x);
        Vector256<float> shift = denormal & Vector256.Create(-23f);
        return LogOrLimit(x, x, LogOfNormal(normal, shift));
    }

    /// <summary>ln Σeˣ over a row whose largest eˣ is 1, at most 1 ulp: for 1 ≤ <paramref name="total"/> &lt; ∞; NaN stays NaN.</summary>
    /// <remarks>In line, because across a call to the C library a kernel would have to save all its registers.</remarks>
    [MethodImpl(Inline)]
    public static float LogOfTotal(float total)
    {
        float logarithm = LogOfNormal(Vector256.Create(total), Vector256<float>.Zero).ToScalar();

        // The polynomial sees only the bits, so NaN has to be brought back.
        return logarithm + (total - total);
    }

    /// <summary>ln(1 + x), at most 2 ulp, for small x too; ln(1 − 1) = −∞ and NaN below.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> Log1p(Vector256<float> x)
    {
        // u is 1 + x rounded; what the rounding lost comes back to first order.
        Vector256<float> u = Vector256<float>.One + x;
        Vector256<float> lost = x - (u - Vector256<float>.One);
        return LogOrLimit(u, x, LogOfNormal(u, Vector256<float>.Zero) + (lost / u));
    }

    /// <summary>
    /// eˣ for x ≤ 0, at most 1 ulp; 0 where the result is below 1.2e-38. Denormal numbers, which nobody needs of a probability, would be many
    /// times slower, and padding at −∞ would have them in every row.
    /// </summary>
    [MethodImpl(Inline)]
    public static Vector256<float> ExpNonPositive(Vector256<float> x)
    {
        // From −87.69 on n is −127, whose power of two comes out as zero.
        x = AtLeast(x, Vector256.Create(-88f));
        Vector256<float> p = Expm1OfRemainder(SplitOffPowerOfTwo(x, out Vector256<float> shifted));
        Vector256<float> scale = PowerOfTwo(shifted);
        return Simd.MultiplyAdd(scale, p, scale);
    }

    /// <summary>e^(x + correction) for x ≤ 0 and a correction below 0.05, as accurate as if the sum were not rounded; flushed.</summary>
    [MethodImpl(Inline)]
    private static Vector256<float> ExpNonPositive(Vector256<float> x, Vector256<float> correction)
    {
        x = AtLeast(x, Vector256.Create(-88f));
        Vector256<float> p = Expm1OfRemainder(SplitOffPowerOfTwo(x, out Vector256<float> shifted) + correction);
        Vector256<float> scale = PowerOfTwo(shifted);
        return Simd.MultiplyAdd(scale, p, scale);
    }

    /// <summary>eˣ − 1 for x ≤ 0, at most 2 ulp.</summary>
    [MethodImpl(Inline)]
    private static Vector256<float> Expm1NonPositive(Vector256<float> x)
    {
        // n is at most 26, and what one float for ln 2 loses n times, 2e-9 each, is multiplied by 2⁻ⁿ.
        x = AtLeast(x, Vector256.Create(-18f));
        Vector256<float> shift = Vector256.Create(RoundingShift32);
        Vector256<float> shifted = Simd.MultiplyAdd(x, Vector256.Create(1.44269504f), shift);
        Vector256<float> p = Expm1OfRemainder(Simd.NegateMultiplyAdd(shifted - shift, Vector256.Create(0.693147182f), x));
        Vector256<float> scale = PowerOfTwo(shifted);
        return Simd.MultiplyAdd(scale, p, scale - Vector256<float>.One);
    }

    /// <summary>ln(1 + x) for 0 ≤ x ≤ 1, at most 2 ulp, without a division.</summary>
    [MethodImpl(Inline)]
    private static Vector256<float> Log1pOfUnit(Vector256<float> x)
    {
        // As in Log1p, with 1/u ≈ (3 − u)/2: off by an eighth at most, of a term of half an ulp.
        Vector256<float> u = Vector256<float>.One + x;
        Vector256<float> lost = x - (u - Vector256<float>.One);
        Vector256<float> reciprocal = Simd.NegateMultiplyAdd(u, Vector256.Create(0.5f), Vector256.Create(1.5f));
        return Simd.MultiplyAdd(lost, reciprocal, LogOfNormal(u, Vector256<float>.Zero));
    }

    /// <summary>
    /// r = x − n·ln 2 with the integer n next to x / ln 2.
    /// The low bits of <paramref name="shifted"/> are n + 127.
    /// </summary>
    [MethodImpl(Inline)]
    private static Vector256<float> SplitOffPowerOfTwo(Vector256<float> x, out Vector256<float> shifted)
    {
        Vector256<float> shift = Vector256.Create(RoundingShift32);
        shifted = Simd.MultiplyAdd(x, Vector256.Create(1.44269504f), shift);
        Vector256<float> rounded = shifted - shift;
        Vector256<float> r = Simd.NegateMultiplyAdd(rounded, Vector256.Create(0.693359375f), x);
        return Simd.NegateMultiplyAdd(rounded, Vector256.Create(-2.12194440e-4f), r);
    }

    /// <summary>eʳ − 1 = r + r²·Q(r) for |r| ≤ ln 2 / 2; Q is a minimax polynomial of degree 4, error 3.1e-9 of eʳ.</summary>
    [MethodImpl(Inline)]
    private static Vector256<float> Expm1OfRemainder(Vector256<float> r)
    {
        Vector256<float> q = Simd.MultiplyAdd(Vector256.Create(1.38145382e-3f), r, Vector256.Create(8.36874507e-3f));
        q = Simd.MultiplyAdd(q, r, Vector256.Create(4.16683908e-2f));
        q = Simd.MultiplyAdd(q, r, Vector256.Create(1.66665204e-1f));
        q = Simd.MultiplyAdd(q, r, Vector256.Create(0.499999934f));
        return Simd.MultiplyAdd(q, r * r, r);
    }

    /// <summary>2ⁿ for −126 ≤ n ≤ 127, and 0 for n = −127.</summary>
    [MethodImpl(Inline)]
    private static Vector256<float> PowerOfTwo(Vector256<int> n) =>
        Vector256.ShiftLeft(n + Vector256.Create(127), 23).AsSingle();

    /// <summary>2ⁿ from n + 127 in the low bits: a shift puts it where the exponent stands, and all else out.</summary>
    [MethodImpl(Inline)]
    private static Vector256<float> PowerOfTwo(Vector256<float> shifted) => Vector256.ShiftLeft(shifted.AsInt32(), 23).AsSingle();

    /// <summary>n from n + 127 in the low bits.</summary>
    [MethodImpl(Inline)]
    private static Vector256<int> ExponentOf(Vector256<float> shifted) => shifted.AsInt32() - Vector256.Create(RoundingShift32).AsInt32();

    /// <summary>ln(x·2^shift) for normal x &gt; 0: x = m·2ᵉ with m in [√½, √2), f = m − 1, ln m = f − f²/2 + f³·P(f).</summary>
    [MethodImpl(Inline)]
    private static Vector256<float> LogOfNormal(Vector256<float> x, Vector256<float> shift)
    {
        Vector256<int> bits = x.AsInt32();
        Vector256<int> exponent = Vector256.ShiftRightArithmetic(bits - Vector256.Create(0x3F3504F3), 23);
        Vector256<float> f = (bits - Vector256.ShiftLeft(exponent, 23)).AsSingle() - Vector256<float>.One;
        Vector256<float> e = Vector256.ConvertToSingle(exponent) + shift;
        Vector256<float> square = f * f;
        Vector256<float> p = Simd.MultiplyAdd(Vector256.Create(7.0376836292e-2f), f, Vector256.Create(-1.1514610310e-1f));
        p = Simd.MultiplyAdd(p, f, Vector256.Create(1.1676998740e-1f));
        p = Simd.MultiplyAdd(p, f, Vector256.Create(-1.2420140846e-1f));
        p = Simd.MultiplyAdd(p, f, Vector256.Create(1.4249322787e-1f));
        p = Simd.MultiplyAdd(p, f, Vector256.Create(-1.6668057665e-1f));
        p = Simd.MultiplyAdd(p, f, Vector256.Create(2.0000714765e-1f));
        p = Simd.MultiplyAdd(p, f, Vector256.Create(-2.4999993993e-1f));
        p = Simd.MultiplyAdd(p, f, Vector256.Create(3.3333331174e-1f));
        p = p * f * square;
        p = Simd.MultiplyAdd(e, Vector256.Create(-2.12194440e-4f), p);
        p = Simd.NegateMultiplyAdd(square, Vector256.Create(0.5f), p);
        return Simd.MultiplyAdd(e, Vector256.Create(0.693359375f), f + p);
    }

    /// <summary>The logarithm of u where 0 &lt; u &lt; ∞, else its limit: −∞ at 0, NaN below, and x itself for ∞ and NaN.</summary>
    [MethodImpl(Inline)]
    private static Vector256<float> LogOrLimit(Vector256<float> u, Vector256<float> x, Vector256<float> logarithm)
    {
        Vector256<float> zero = Vector256<float>.Zero;
        Vector256<float> infinity = Vector256.Create(float.PositiveInfinity);
        Vector256<float> ordinary = Vector256.GreaterThan(u, zero) & Vector256.LessThan(u, infinity);
        Vector256<float> limit = Vector256.ConditionalSelect(Vector256.LessThan(u, zero), Vector256.Create(float.NaN), x);
        limit = Vector256.ConditionalSelect(Vector256.Equals(u, zero), -infinity, limit);
        return Vector256.ConditionalSelect(ordinary, logarithm, limit);
    }
}
