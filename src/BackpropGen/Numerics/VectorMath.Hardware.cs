using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Numerics;

/// <content>Bounds that keep NaN, with the instructions of the processor.</content>
public static partial class VectorMath
{
    /// <summary>The larger of each lane and a bound, NaN staying NaN (Vector256.Max treats NaN differently in each .NET version).</summary>
    [MethodImpl(Inline)]
    private static Vector256<T> AtLeast<T>(Vector256<T> x, Vector256<T> bound)
        where T : unmanaged
    {
        // The instruction returns its second operand where either is NaN.
        if (Avx.IsSupported && typeof(T) == typeof(float))
        {
            return Avx.Max(bound.AsSingle(), x.AsSingle()).As<float, T>();
        }

        if (Avx.IsSupported && typeof(T) == typeof(double))
        {
            return Avx.Max(bound.AsDouble(), x.AsDouble()).As<double, T>();
        }

        return Vector256.ConditionalSelect(Vector256.LessThan(x, bound), bound, x);
    }

    /// <summary>The smaller of each lane and a bound, NaN staying NaN.</summary>
    [MethodImpl(Inline)]
    private static Vector256<T> AtMost<T>(Vector256<T> x, Vector256<T> bound)
        where T : unmanaged
    {
        if (Avx.IsSupported && typeof(T) == typeof(float))
        {
            return Avx.Min(bound.AsSingle(), x.AsSingle()).As<float, T>();
        }

        if (Avx.IsSupported && typeof(T) == typeof(double))
        {
            return Avx.Min(bound.AsDouble(), x.AsDouble()).As<double, T>();
        }

        return Vector256.ConditionalSelect(Vector256.GreaterThan(x, bound), bound, x);
    }
}
