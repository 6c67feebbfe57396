using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <content>
/// Elementwise losses and their derivatives by the output h. Most take the error e = h − t, t being the target.
/// A derivative is exact or of a few ulp unless stated otherwise.
/// </content>
public static partial class VectorMath
{
    private const double Ln2 = 0.693147180559945309417;

    /// <summary>The sign of each lane: 1, −1, or the lane itself where it is 0 or NaN. The derivative of |e|.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> SignOf<T>(Vector256<T> e)
        where T : unmanaged
    {
        Vector256<T> sign = Vector256.ConditionalSelect(Vector256.LessThan(e, Vector256<T>.Zero), Constant<T>(-1), e);
        return Vector256.ConditionalSelect(Vector256.GreaterThan(e, Vector256<T>.Zero), Vector256<T>.One, sign);
    }

    /// <summary>e²/2 where |e| ≤ δ, else δ·(|e| − δ/2).</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Huber<T>(Vector256<T> e, T delta)
        where T : unmanaged
    {
        Vector256<T> limit = Vector256.Create(delta);
        Vector256<T> a = Vector256.Abs(e);
        Vector256<T> half = Constant<T>(0.5);
        return Vector256.ConditionalSelect(Vector256.LessThanOrEqual(a, limit), half * a * a, limit * (a - (half * limit)));
    }

    /// <summary>clip(e, −δ, δ).</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> HuberDerivative<T>(Vector256<T> e, T delta)
        where T : unmanaged => Clip(e, -Vector256.Create(delta), Vector256.Create(delta));

    /// <summary>e²/(2β) where |e| &lt; β, else |e| − β/2.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> SmoothL1<T>(Vector256<T> e, T beta)
        where T : unmanaged
    {
        Vector256<T> limit = Vector256.Create(beta);
        Vector256<T> a = Vector256.Abs(e);
        Vector256<T> half = Constant<T>(0.5);
        return Vector256.ConditionalSelect(Vector256.LessThan(a, limit), half * a * a / limit, a - (half * limit));
    }

    /// <summary>e/β where |e| &lt; β, else the sign of e.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> SmoothL1Derivative<T>(Vector256<T> e, T beta)
        where T : unmanaged
    {
        Vector256<T> limit = Vector256.Create(beta);
        return Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(e), limit), e / limit, SignOf(e));
    }

    /// <summary>ln cosh e, at most 3 ulp (float) or 8 ulp (double), for small e too. The derivative is <see cref="Tanh{T}"/>.</summary>
    /// <remarks>
    /// |e| + ln(1 + e^−2|e|) − ln 2 away from zero; nearer, where that cancels, in float e²·P(e²) for |e| &lt; 1, and in double
    /// −½·ln(1 − tanh² e) for |e| &lt; 0.7.
    /// </remarks>
    [MethodImpl(Inline)]
    public static Vector256<T> LogCosh<T>(Vector256<T> e)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            return LogCosh(e.AsSingle()).As<float, T>();
        }

        Vector256<T> a = Vector256.Abs(e);
        Vector256<T> m = Expm1NonPositive(Constant<T>(-2) * a);
        Vector256<T> tanh = m / (m + Constant<T>(2));
        Vector256<T> near = Vector256.LessThan(a, Constant<T>(0.7));
        Vector256<T> logarithm = Log1p(Vector256.ConditionalSelect(near, -(tanh * tanh), Vector256<T>.One + m));
        return Vector256.ConditionalSelect(near, Constant<T>(-0.5) * logarithm, a - Constant<T>(Ln2) + logarithm);
    }

    /// <summary>P is a minimax polynomial of degree 6, relative error 6.8e-9.</summary>
    [MethodImpl(Inline)]
    private static Vector256<float> LogCosh(Vector256<float> e)
    {
        Vector256<float> a = Vector256.Abs(e);
        Vector256<float> square = a * a;
        Vector256<float> p = Simd.MultiplyAdd(Vector256.Create(8.65707855e-5f), square, Vector256.Create(-5.56225243e-4f));
        p = Simd.MultiplyAdd(p, square, Vector256.Create(2.07734668e-3f));
        p = Simd.MultiplyAdd(p, square, Vector256.Create(-6.71043788e-3f));
        p = Simd.MultiplyAdd(p, square, Vector256.Create(2.2216575e-2f));
        p = Simd.MultiplyAdd(p, square, Vector256.Create(-8.33329925e-2f));
        p = Simd.MultiplyAdd(p, square, Vector256.Create(0.499999997f));
        Vector256<float> outer = a - Vector256.Create((float)Ln2) + Log1pOfUnit(ExpNonPositive(Vector256.Create(-2f) * a));
        return Vector256.ConditionalSelect(Vector256.LessThan(a, Vector256<float>.One), square * p, outer);
    }

    /// <summary>τ·|e| where e &lt; 0 (the output is below the target), else (1 − τ)·e.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> QuantileLoss<T>(Vector256<T> e, T tau)
        where T : unmanaged =>
        e * Vector256.ConditionalSelect(
            Vector256.LessThan(e, Vector256<T>.Zero), -Vector256.Create(tau), Vector256<T>.One - Vector256.Create(tau));

    /// <summary>−τ where e &lt; 0, 1 − τ where e &gt; 0, and 0 at 0, which lies between them.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> QuantileDerivative<T>(Vector256<T> e, T tau)
        where T : unmanaged
    {
        Vector256<T> slope = Vector256.ConditionalSelect(Vector256.LessThan(e, Vector256<T>.Zero), -Vector256.Create(tau), e);
        return Vector256.ConditionalSelect(Vector256.GreaterThan(e, Vector256<T>.Zero), Vector256<T>.One - Vector256.Create(tau), slope);
    }

    /// <summary>w·t·softplus(−h) + (1 − t)·softplus(h) = −w·t·ln σ(h) − (1 − t)·ln σ(−h), w weighting the positive class.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> BinaryCrossEntropyWithLogits<T>(Vector256<T> h, Vector256<T> t, Vector256<T> positiveWeight)
        where T : unmanaged
    {
        Vector256<T> common = Log1pOfUnit(ExpNonPositive(NegativeAbs(h)));
        Vector256<T> positive = AtLeast(-h, Vector256<T>.Zero) + common;
        Vector256<T> negative = AtLeast(h, Vector256<T>.Zero) + common;
        return MultiplyAdd(positiveWeight * t, positive, (Vector256<T>.One - t) * negative);
    }

    /// <summary>The same with one weight for all outputs.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> BinaryCrossEntropyWithLogits<T>(Vector256<T> h, Vector256<T> t, T positiveWeight)
        where T : unmanaged => BinaryCrossEntropyWithLogits(h, t, Vector256.Create(positiveWeight));

    /// <summary>(1 − t)·σ(h) − w·t·σ(−h), which is σ(h) − t for w = 1.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> BinaryCrossEntropyWithLogitsDerivative<T>(
        Vector256<T> h, Vector256<T> t, Vector256<T> positiveWeight)
        where T : unmanaged
    {
        Vector256<T> e = ExpNonPositive(NegativeAbs(h));
        Vector256<T> larger = Vector256<T>.One / (Vector256<T>.One + e);
        Vector256<T> smaller = e * larger;
        Vector256<T> below = Vector256.LessThan(h, Vector256<T>.Zero);
        Vector256<T> sigmoid = Vector256.ConditionalSelect(below, smaller, larger);
        Vector256<T> complement = Vector256.ConditionalSelect(below, larger, smaller);
        return ((Vector256<T>.One - t) * sigmoid) - (positiveWeight * t * complement);
    }

    /// <summary>The same with one weight for all outputs.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> BinaryCrossEntropyWithLogitsDerivative<T>(Vector256<T> h, Vector256<T> t, T positiveWeight)
        where T : unmanaged =>
        BinaryCrossEntropyWithLogitsDerivative(h, t, Vector256.Create(positiveWeight));

    /// <summary>−(t·ln p + (1 − t)·ln(1 − p)) for a probability p; like PyTorch, a logarithm below −100 counts as −100.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> BinaryCrossEntropy<T>(Vector256<T> p, Vector256<T> t)
        where T : unmanaged
    {
        Vector256<T> lowest = Constant<T>(-100);
        Vector256<T> positive = AtLeast(Log(p), lowest);
        Vector256<T> negative = AtLeast(Log1p(-p), lowest);
        return -MultiplyAdd(t, positive, (Vector256<T>.One - t) * negative);
    }

    /// <summary>(p − t) / max(p·(1 − p), 1e-12), PyTorch's guard against p = 0 and p = 1.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> BinaryCrossEntropyDerivative<T>(Vector256<T> p, Vector256<T> t)
        where T : unmanaged =>
        (p - t) / AtLeast(p * (Vector256<T>.One - p), Constant<T>(1e-12));

    /// <summary>eʰ − t·h for a log rate h (without the constant ln t!).</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> PoissonNegativeLogLikelihood<T>(Vector256<T> h, Vector256<T> t)
        where T : unmanaged => Exp(h) - (t * h);

    /// <summary>eʰ − t.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> PoissonNegativeLogLikelihoodDerivative<T>(Vector256<T> h, Vector256<T> t)
        where T : unmanaged => Exp(h) - t;

    /// <summary>t·(ln t − logp), and 0 where t = 0. The derivative by logp is −t.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> KullbackLeibler<T>(Vector256<T> logp, Vector256<T> t)
        where T : unmanaged =>
        Vector256.AndNot(t * (Log(t) - logp), Vector256.Equals(t, Vector256<T>.Zero));

    /// <summary>t·ln p, and 0 where t = 0 whatever p: one term of the cross-entropy of probabilities.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> MultiplyLog<T>(Vector256<T> t, Vector256<T> p)
        where T : unmanaged =>
        Vector256.AndNot(t * Log(p), Vector256.Equals(t, Vector256<T>.Zero));
}
