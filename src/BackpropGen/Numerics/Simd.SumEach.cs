using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Numerics;

/// <content>Sums across the lanes of as many vectors as one has lanes: products of a row vector with rows.</content>
public static partial class Simd
{
    /// <summary>Lane i of the result is the sum of the lanes of argument i, always in the order ((0+1) + (2+3)) + ((4+5) + (6+7)).</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> SumEach(
        Vector256<float> v0,
        Vector256<float> v1,
        Vector256<float> v2,
        Vector256<float> v3,
        Vector256<float> v4,
        Vector256<float> v5,
        Vector256<float> v6,
        Vector256<float> v7)
    {
        if (Avx.IsSupported)
        {
            // Pairs, then quartets, each of the lower and of the upper half; last the halves.
            Vector256<float> first = Avx.HorizontalAdd(Avx.HorizontalAdd(v0, v1), Avx.HorizontalAdd(v2, v3));
            Vector256<float> second = Avx.HorizontalAdd(Avx.HorizontalAdd(v4, v5), Avx.HorizontalAdd(v6, v7));
            return Avx.Permute2x128(first, second, 0x20) + Avx.Permute2x128(first, second, 0x31);
        }

        return Vector256.Create(
            SumInPairs(v0), SumInPairs(v1), SumInPairs(v2), SumInPairs(v3), SumInPairs(v4), SumInPairs(v5), SumInPairs(v6), SumInPairs(v7));
    }

    /// <summary>Lane i of the result is the sum of the lanes of argument i, always in the order (0+1) + (2+3).</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> SumEach(Vector256<double> v0, Vector256<double> v1, Vector256<double> v2, Vector256<double> v3)
    {
        if (Avx.IsSupported)
        {
            Vector256<double> even = Avx.HorizontalAdd(v0, v1);
            Vector256<double> odd = Avx.HorizontalAdd(v2, v3);
            return Avx.Permute2x128(even, odd, 0x20) + Avx.Permute2x128(even, odd, 0x31);
        }

        return Vector256.Create(SumInPairs(v0), SumInPairs(v1), SumInPairs(v2), SumInPairs(v3));
    }

    /// <summary>Lane 0 is the sum of the lanes of <paramref name="v0"/>, in the order of the others; the remaining lanes are zero.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> SumEach(Vector256<float> v0)
    {
        if (Avx.IsSupported)
        {
            // Of a single vector, swapping neighbours and adding is quicker than adding horizontally: pairs, quartets, the halves.
            Vector256<float> pairs = v0 + Avx.Permute(v0, 0b10_11_00_01);
            Vector256<float> quartets = pairs + Avx.Permute(pairs, 0b01_00_11_10);
            return Vector128.CreateScalar((quartets.GetLower() + quartets.GetUpper()).ToScalar()).ToVector256();
        }

        return Vector256.Create(SumInPairs(v0), 0, 0, 0, 0, 0, 0, 0);
    }

    /// <summary>Lanes 0 and 1 are the sums of the lanes of the arguments; the remaining lanes are zero.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> SumEach(Vector256<float> v0, Vector256<float> v1)
    {
        if (Avx.IsSupported)
        {
            Vector256<float> pairs = Avx.HorizontalAdd(v0, v1);
            Vector256<float> quartets = Avx.HorizontalAdd(pairs, Vector256<float>.Zero);
            return (quartets.GetLower() + quartets.GetUpper()).ToVector256();
        }

        return Vector256.Create(SumInPairs(v0), SumInPairs(v1), 0, 0, 0, 0, 0, 0);
    }

    /// <summary>The first lanes are the sums of the lanes of the arguments; the remaining lanes are zero.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> SumEach(Vector256<float> v0, Vector256<float> v1, Vector256<float> v2) =>
        SumEach(v0, v1, v2, Vector256<float>.Zero);

    /// <summary>The first lanes are the sums of the lanes of the arguments; the remaining lanes are zero.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> SumEach(Vector256<float> v0, Vector256<float> v1, Vector256<float> v2, Vector256<float> v3)
    {
        if (Avx.IsSupported)
        {
            Vector256<float> quartets = Avx.HorizontalAdd(Avx.HorizontalAdd(v0, v1), Avx.HorizontalAdd(v2, v3));
            return (quartets.GetLower() + quartets.GetUpper()).ToVector256();
        }

        return Vector256.Create(SumInPairs(v0), SumInPairs(v1), SumInPairs(v2), SumInPairs(v3), 0, 0, 0, 0);
    }

    /// <summary>Lane 0 is the sum of the lanes of <paramref name="v0"/>; the remaining lanes are zero.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> SumEach(Vector256<double> v0)
    {
        if (Avx.IsSupported)
        {
            Vector256<double> pairs = v0 + Avx.Permute(v0, 0b0101);
            return Vector128.CreateScalar((pairs.GetLower() + pairs.GetUpper()).ToScalar()).ToVector256();
        }

        return Vector256.Create(SumInPairs(v0), 0, 0, 0);
    }

    /// <summary>Lanes 0 and 1 are the sums of the lanes of the arguments; the remaining lanes are zero.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> SumEach(Vector256<double> v0, Vector256<double> v1)
    {
        if (Avx.IsSupported)
        {
            Vector256<double> pairs = Avx.HorizontalAdd(v0, v1);
            return (pairs.GetLower() + pairs.GetUpper()).ToVector256();
        }

        return Vector256.Create(SumInPairs(v0), SumInPairs(v1), 0, 0);
    }

    private static float SumInPairs(Vector256<float> value) =>
        ((value.GetElement(0) + value.GetElement(1)) + (value.GetElement(2) + value.GetElement(3)))
        + ((value.GetElement(4) + value.GetElement(5)) + (value.GetElement(6) + value.GetElement(7)));

    private static double SumInPairs(Vector256<double> value) =>
        (value.GetElement(0) + value.GetElement(1)) + (value.GetElement(2) + value.GetElement(3));
}
