using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <summary>What an optimizer does with whole blocks of parameters or gradients beside its step; lengths are multiples of a panel's width.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ParameterBlock
{
    /// <summary>MethodImplOptions.AggressiveOptimization, by the number it has where no name is known for it.</summary>
    private const MethodImplOptions Optimized = (MethodImplOptions)512;

    /// <summary>
    /// The L2 norm of a block, always added up in the same order. The squares are summed in double: in float they would overflow from
    /// 1.8·10¹⁹ on, and a sum of millions would lose digits.
    /// </summary>
    [MethodImpl(Optimized)]
    public static float Norm(AlignedBuffer<float> block)
    {
        ref float origin = ref block.Origin;
        Vector256<double> even = Vector256<double>.Zero;
        Vector256<double> odd = Vector256<double>.Zero;
        for (nint i = 0; i < block.Length; i += Vector256<float>.Count)
        {
            (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(Simd.Load(ref origin, i));
            even = Simd.MultiplyAdd(lower, lower, even);
            odd = Simd.MultiplyAdd(upper, upper, odd);
        }

        return (float)Math.Sqrt(Simd.Sum(even + odd));
    }

    /// <inheritdoc cref="Norm(AlignedBuffer{float})"/>
    [MethodImpl(Optimized)]
    public static double Norm(AlignedBuffer<double> block)
    {
        ref double origin = ref block.Origin;
        Vector256<double> even = Vector256<double>.Zero;
        Vector256<double> odd = Vector256<double>.Zero;
        for (nint i = 0; i < block.Length; i += 2 * Vector256<double>.Count)
        {
            Vector256<double> lower = Simd.Load(ref origin, i);
            Vector256<double> upper = Simd.Load(ref origin, i + Vector256<double>.Count);
            even = Simd.MultiplyAdd(lower, lower, even);
            odd = Simd.MultiplyAdd(upper, upper, odd);
        }

        return Math.Sqrt(Simd.Sum(even + odd));
    }

    /// <summary>Exchanges the contents of two blocks of one length.</summary>
    public static void Exchange<T>(AlignedBuffer<T> one, AlignedBuffer<T> other)
        where T : unmanaged
    {
        Span<T> ones = one.Span;
        Span<T> others = other.Span[..ones.Length];
        for (int i = 0; i < ones.Length; i++)
        {
            (ones[i], others[i]) = (others[i], ones[i]);
        }
    }
}
