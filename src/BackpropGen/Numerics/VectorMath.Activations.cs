using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <content>
/// Activations made of straight pieces and of one exponential. Their derivatives are written in the output h, which the
/// forward pass keeps anyway; values at kinks are PyTorch's.
/// </content>
public static partial class VectorMath
{
    private const double SeluScale = 1.0507009873554805;
    private const double SeluScaleAlpha = 1.7580993408473766;

    /// <summary>max(z, 0); exact.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Relu<T>(Vector256<T> z)
        where T : unmanaged => AtLeast(z, Vector256<T>.Zero);

    /// <summary>z for z &gt; 0, else α·z; half an ulp.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> LeakyRelu<T>(Vector256<T> z, T alpha)
        where T : unmanaged =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(z, Vector256<T>.Zero), z, z * Vector256.Create(alpha));

    /// <summary>1 for h &gt; 0, else α; needs α ≥ 0, so that h has the sign of z.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> LeakyReluDerivative<T>(Vector256<T> h, T alpha)
        where T : unmanaged =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(h, Vector256<T>.Zero), Vector256<T>.One, Vector256.Create(alpha));

    /// <summary>z for z &gt; 0, else α·(eᶻ − 1); at most 3 ulp.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Elu<T>(Vector256<T> z, T alpha)
        where T : unmanaged
    {
        Vector256<T> negative = Vector256.Create(alpha) * Expm1NonPositive(AtMost(z, Vector256<T>.Zero));
        return Vector256.ConditionalSelect(Vector256.GreaterThan(z, Vector256<T>.Zero), z, negative);
    }

    /// <summary>1 for h &gt; 0, else h + α = α·eᶻ, to an ulp of α; needs α ≥ 0, so that h has the sign of z.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> EluDerivative<T>(Vector256<T> h, T alpha)
        where T : unmanaged =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(h, Vector256<T>.Zero), Vector256<T>.One, h + Vector256.Create(alpha));

    /// <summary>s·z for z &gt; 0, else s·α·(eᶻ − 1); at most 3 ulp.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Selu<T>(Vector256<T> z)
        where T : unmanaged
    {
        Vector256<T> negative = Constant<T>(SeluScaleAlpha) * Expm1NonPositive(AtMost(z, Vector256<T>.Zero));
        return Vector256.ConditionalSelect(Vector256.GreaterThan(z, Vector256<T>.Zero), z * Constant<T>(SeluScale), negative);
    }

    /// <summary>s for h &gt; 0, else h + s·α, to an ulp of s·α.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> SeluDerivative<T>(Vector256<T> h)
        where T : unmanaged =>
        Vector256.ConditionalSelect(
            Vector256.GreaterThan(h, Vector256<T>.Zero), Constant<T>(SeluScale), h + Constant<T>(SeluScaleAlpha));

    /// <summary>clip(z, 0, 6); exact.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Relu6<T>(Vector256<T> z)
        where T : unmanaged => Clip(z, Vector256<T>.Zero, Constant<T>(6));

    /// <summary>1 for 0 &lt; h &lt; 6, else 0.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Relu6Derivative<T>(Vector256<T> h)
        where T : unmanaged =>
        Between(h, Vector256<T>.Zero, Constant<T>(6)) & Vector256<T>.One;

    /// <summary>clip(z, −1, 1); exact.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> HardTanh<T>(Vector256<T> z)
        where T : unmanaged => Clip(z, Constant<T>(-1), Vector256<T>.One);

    /// <summary>1 for −1 &lt; h &lt; 1, else 0.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> HardTanhDerivative<T>(Vector256<T> h)
        where T : unmanaged =>
        Between(h, Constant<T>(-1), Vector256<T>.One) & Vector256<T>.One;

    /// <summary>clip(z + 3, 0, 6) / 6, to an ulp of 1.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> HardSigmoid<T>(Vector256<T> z)
        where T : unmanaged => Relu6(z + Constant<T>(3)) * Constant<T>(1.0 / 6);

    /// <summary>1/6 for 0 &lt; h &lt; 1, else 0.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> HardSigmoidDerivative<T>(Vector256<T> h)
        where T : unmanaged =>
        Between(h, Vector256<T>.Zero, Vector256<T>.One) & Constant<T>(1.0 / 6);

    /// <summary>z·clip(z + 3, 0, 6) / 6, to an ulp of max(|z|, 1); −0 at −∞.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> HardSwish<T>(Vector256<T> z)
        where T : unmanaged => AtLeast(z, Constant<T>(-3)) * HardSigmoid(z);

    /// <summary>0 for z ≤ −3, 1 for z ≥ 3, else z/3 + ½, to an ulp of 1.</summary>
    /// <remarks>PyTorch contradicts itself at ±3 before 2.x; these are the values of its newer versions.</remarks>
    [MethodImpl(Inline)]
    public static Vector256<T> HardSwishDerivative<T>(Vector256<T> z)
        where T : unmanaged
    {
        Vector256<T> slope = MultiplyAdd(z, Constant<T>(1.0 / 3), Constant<T>(0.5));
        slope = Vector256.ConditionalSelect(Vector256.LessThanOrEqual(z, Constant<T>(-3)), Vector256<T>.Zero, slope);
        return Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(z, Constant<T>(3)), Vector256<T>.One, slope);
    }

    /// <summary>z / (1 + |z|), at most 2 ulp; ±1 at ±∞.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Softsign<T>(Vector256<T> z)
        where T : unmanaged
    {
        // The bound is far beyond where the quotient has rounded to ±1; it keeps ∞ / ∞ away.
        z = Clip(z, Constant<T>(-1e30), Constant<T>(1e30));
        return z / (Vector256<T>.One + Vector256.Abs(z));
    }

    /// <summary>1 / (1 + |z|)², at most 4 ulp; flushed.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> SoftsignDerivative<T>(Vector256<T> z)
        where T : unmanaged
    {
        Vector256<T> reciprocal = Vector256<T>.One / (Vector256<T>.One + Vector256.Abs(z));
        return reciprocal * reciprocal;
    }

    /// <summary>The value between two bounds nearest to each lane; NaN stays NaN.</summary>
    [MethodImpl(Inline)]
    private static Vector256<T> Clip<T>(Vector256<T> x, Vector256<T> low, Vector256<T> high)
        where T : unmanaged => AtMost(AtLeast(x, low), high);

    /// <summary>All bits set where low &lt; x &lt; high.</summary>
    [MethodImpl(Inline)]
    private static Vector256<T> Between<T>(Vector256<T> x, Vector256<T> low, Vector256<T> high)
        where T : unmanaged => Vector256.GreaterThan(x, low) & Vector256.LessThan(x, high);
}
