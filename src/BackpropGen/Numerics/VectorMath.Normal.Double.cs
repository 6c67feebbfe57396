using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <content>The error function and the tail of the normal distribution of 4 doubles, built like those of floats.</content>
public static partial class VectorMath
{
    /// <summary>erf x, at most 2 ulp.</summary>
    /// <remarks>x + x·P(x²) for |x| &lt; 1 (minimax, degree 12), beyond it 1 − 2·Φ(−√2·|x|).</remarks>
    public static Vector256<double> Erf(Vector256<double> x)
    {
        Vector256<double> sign = Vector256.Create(-0.0);
        Vector256<double> a = Vector256.Abs(x);
        Vector256<double> z = x * x;
        Vector256<double> p = Simd.MultiplyAdd(Vector256.Create(5.960685774541766e-11), z, Vector256.Create(-1.137495527547373e-09));
        p = Simd.MultiplyAdd(p, z, Vector256.Create(1.4660328393759874e-08));
        p = Simd.MultiplyAdd(p, z, Vector256.Create(-1.6350396138663152e-07));
        p = Simd.MultiplyAdd(p, z, Vector256.Create(1.6461008466085478e-06));
        p = Simd.MultiplyAdd(p, z, Vector256.Create(-1.4925595771182895e-05));
        p = Simd.MultiplyAdd(p, z, Vector256.Create(1.2055331132901585e-04));
        p = Simd.MultiplyAdd(p, z, Vector256.Create(-8.548326981423657e-04));
        p = Simd.MultiplyAdd(p, z, Vector256.Create(5.22397762482839e-03));
        p = Simd.MultiplyAdd(p, z, Vector256.Create(-2.686617064507787e-02));
        p = Simd.MultiplyAdd(p, z, Vector256.Create(1.1283791670954885e-01));
        p = Simd.MultiplyAdd(p, z, Vector256.Create(-3.761263890318375e-01));
        p = Simd.MultiplyAdd(p, z, Vector256.Create(1.283791670955126e-01));
        Vector256<double> central = Simd.MultiplyAdd(p, x, x);

        Vector256<double> tail = NormalTail(a * Vector256.Create(1.4142135623730951), out _);
        Vector256<double> outer = Vector256<double>.One - (tail + tail);
        outer = Vector256.ConditionalSelect(sign, x, outer);
        return Vector256.ConditionalSelect(Vector256.LessThan(a, Vector256<double>.One), central, outer);
    }

    /// <summary>Φ(−a) for a ≥ 0, at most 8 ulp however far out; flushed. Also gives e^−a²/2, at most 2 ulp.</summary>
    /// <remarks>As for floats, with 5 in place of 4; P is a minimax polynomial of degree 21, error 1.4e-17.</remarks>
    private static Vector256<double> NormalTail(Vector256<double> a, out Vector256<double> gauss)
    {
        // Beyond 37.7 the result is zero.
        a = AtMost(a, Vector256.Create(38.5));
        Vector256<double> high = (a.AsUInt64() & Vector256.Create(0xFFFFFFFFF8000000)).AsDouble();
        Vector256<double> minusHalf = Vector256.Create(-0.5);
        gauss = ExpNonPositive(high * high * minusHalf, (a - high) * (a + high) * minusHalf);

        Vector256<double> reciprocal = Vector256<double>.One / (a + Vector256.Create(5.0));
        Vector256<double> q = (a - Vector256.Create(5.0)) * reciprocal;
        Vector256<double> p = Simd.MultiplyAdd(Vector256.Create(2.0139040255721537e-09), q, Vector256.Create(7.181945629967141e-09));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(-1.0210869967504198e-08));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(-6.531976281017329e-08));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(4.3612322992564626e-08));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(4.3268635221233167e-07));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(-3.377431273434589e-07));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(-2.7690551579897984e-06));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(3.981491244035286e-06));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(1.668114481857046e-05));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(-4.976301024290662e-05));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(-5.937571127893232e-05));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(5.448991058700942e-04));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(-7.978694014800416e-04));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(-2.993376775696214e-03));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(2.0795066800242304e-02));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(-6.911863870595196e-02));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(1.6502036617036156e-01));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(-3.135331566713157e-01));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(4.95305615969977e-01));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(-6.653825028900566e-01));
        p = Simd.MultiplyAdd(p, q, Vector256.Create(7.69193049750063e-01));
        return gauss * (p * reciprocal);
    }
}
