using System.Numerics;
using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <content>Sums across the lanes of as many vectors as one has lanes: products of a row vector with rows.</content>
public static partial class Simd
{
    /// <summary>Lane i of the result is the sum of the lanes of argument i, always in the order ((0+1) + (2+3)) + ((4+5) + (6+7)).</summary>
    public static Vector256<float> SumEach(
        Vector256<float> v0,
        Vector256<float> v1,
        Vector256<float> v2,
        Vector256<float> v3,
        Vector256<float> v4,
        Vector256<float> v5,
        Vector256<float> v6,
        Vector256<float> v7) =>
        new(
            new Vector4(SumInPairs(v0), SumInPairs(v1), SumInPairs(v2), SumInPairs(v3)),
            new Vector4(SumInPairs(v4), SumInPairs(v5), SumInPairs(v6), SumInPairs(v7)));

    /// <summary>Lane 0 is the sum of the lanes of <paramref name="v0"/>, in the order of the others; the remaining lanes are zero.</summary>
    public static Vector256<float> SumEach(Vector256<float> v0) => new(new Vector4(SumInPairs(v0), 0, 0, 0), Vector4.Zero);

    /// <summary>The first lanes are the sums of the lanes of the arguments; the remaining lanes are zero.</summary>
    public static Vector256<float> SumEach(Vector256<float> v0, Vector256<float> v1) =>
        new(new Vector4(SumInPairs(v0), SumInPairs(v1), 0, 0), Vector4.Zero);

    /// <summary>The first lanes are the sums of the lanes of the arguments; the remaining lanes are zero.</summary>
    public static Vector256<float> SumEach(Vector256<float> v0, Vector256<float> v1, Vector256<float> v2) =>
        new(new Vector4(SumInPairs(v0), SumInPairs(v1), SumInPairs(v2), 0), Vector4.Zero);

    /// <summary>The first lanes are the sums of the lanes of the arguments; the remaining lanes are zero.</summary>
    public static Vector256<float> SumEach(Vector256<float> v0, Vector256<float> v1, Vector256<float> v2, Vector256<float> v3) =>
        new(new Vector4(SumInPairs(v0), SumInPairs(v1), SumInPairs(v2), SumInPairs(v3)), Vector4.Zero);

    /// <summary>Lane i of the result is the sum of the lanes of argument i, always in the order (0+1) + (2+3).</summary>
    public static Vector256<double> SumEach(Vector256<double> v0, Vector256<double> v1, Vector256<double> v2, Vector256<double> v3) =>
        Vector256<double>.Zero.WithElement(0, SumInPairs(v0)).WithElement(1, SumInPairs(v1)).WithElement(2, SumInPairs(v2)).WithElement(3, SumInPairs(v3));

    /// <summary>Lane 0 is the sum of the lanes of <paramref name="v0"/>; the remaining lanes are zero.</summary>
    public static Vector256<double> SumEach(Vector256<double> v0) => Vector256<double>.Zero.WithElement(0, SumInPairs(v0));

    /// <summary>Lanes 0 and 1 are the sums of the lanes of the arguments; the remaining lanes are zero.</summary>
    public static Vector256<double> SumEach(Vector256<double> v0, Vector256<double> v1) =>
        Vector256<double>.Zero.WithElement(0, SumInPairs(v0)).WithElement(1, SumInPairs(v1));

    [MethodImpl(Inline)]
    private static float SumInPairs(Vector256<float> value) =>
        ((value.Lower.X + value.Lower.Y) + (value.Lower.Z + value.Lower.W)) + ((value.Upper.X + value.Upper.Y) + (value.Upper.Z + value.Upper.W));

    private static double SumInPairs(Vector256<double> value)
    {
        ref double lanes = ref Lanes.First<double, double>(ref value);
        return (lanes + Unsafe.Add(ref lanes, 1)) + (Unsafe.Add(ref lanes, 2) + Unsafe.Add(ref lanes, 3));
    }
}
