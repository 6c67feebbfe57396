using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <summary>
/// The elementwise functions of the emitted code on vectors of 8 <see cref="float"/> or 4 <see cref="double"/>: exponential
/// and hyperbolic functions, the activations f with their derivatives f′, and the elementwise losses.
/// </summary>
/// <remarks>
/// <para>
/// Branch-free: every lane takes the same path, and pieces are joined by blends. The functions with polynomials have one
/// version per precision; what follows from them is generic over T, which is <see cref="float"/> or <see cref="double"/>.
/// </para>
/// <para>
/// Bounds in ulp are the largest error found by the tests over all exponents (all signs, denormal arguments included),
/// with and without fused multiply-add. NaN propagates unless stated otherwise, and no finite argument yields NaN.
/// "Flushed" means that results below the normal range (1.2e-38, 2.3e-308) may be zero. Polynomials whose source is not
/// named are minimax fits (Remez exchange in 60 digits) made for this file.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class VectorMath
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>−|x|.</summary>
    [MethodImpl(Inline)]
    private static Vector256<T> NegativeAbs<T>(Vector256<T> x)
        where T : unmanaged => x | Constant<T>(-0.0);

    /// <summary>A number, rounded to T, in every lane; a constant once compiled.</summary>
    [MethodImpl(Inline)]
    private static Vector256<T> Constant<T>(double value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            return Vector256.Create((float)value).As<float, T>();
        }

        if (typeof(T) == typeof(double))
        {
            return Vector256.Create(value).As<double, T>();
        }

        throw new NotSupportedException(OnlySingleAndDouble);
    }

    [MethodImpl(Inline)]
    private static Vector256<T> MultiplyAdd<T>(Vector256<T> a, Vector256<T> b, Vector256<T> c)
        where T : unmanaged =>
        typeof(T) == typeof(float)
            ? Simd.MultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Simd.MultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    private static Vector256<T> Exp<T>(Vector256<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Exp(x.AsSingle()).As<float, T>() : Exp(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    private static Vector256<T> ExpNonPositive<T>(Vector256<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? ExpNonPositive(x.AsSingle()).As<float, T>() : ExpNonPositive(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    private static Vector256<T> Expm1NonPositive<T>(Vector256<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Expm1NonPositive(x.AsSingle()).As<float, T>() : Expm1NonPositive(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    private static Vector256<T> Log<T>(Vector256<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Log(x.AsSingle()).As<float, T>() : Log(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    private static Vector256<T> Log1p<T>(Vector256<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Log1p(x.AsSingle()).As<float, T>() : Log1p(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    private static Vector256<T> Log1pOfUnit<T>(Vector256<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Log1pOfUnit(x.AsSingle()).As<float, T>() : Log1pOfUnit(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    private static Vector256<T> NormalTail<T>(Vector256<T> a, out Vector256<T> gauss)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Vector256<float> tail = NormalTail(a.AsSingle(), out Vector256<float> single);
            gauss = single.As<float, T>();
            return tail.As<float, T>();
        }
        else
        {
            Vector256<double> tail = NormalTail(a.AsDouble(), out Vector256<double> @double);
            gauss = @double.As<double, T>();
            return tail.As<double, T>();
        }
    }

    private const string OnlySingleAndDouble = "Networks compute in float or double.";
}
