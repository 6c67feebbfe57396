using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <summary>
/// The vocabulary of the emitted kernels, as in the library for newer .NET: the same sums in the same order, but a product and a sum are
/// always rounded apart.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Simd
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Loads the 8 elements that start at <paramref name="offset"/>.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> Load(ref float origin, nint offset)
    {
        ref float first = ref Unsafe.Add(ref origin, offset);
        return new(Unsafe.As<float, Vector4>(ref first), Unsafe.As<float, Vector4>(ref Unsafe.Add(ref first, 4)));
    }

    /// <summary>Loads the 4 elements that start at <paramref name="offset"/>.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> Load(ref double origin, nint offset) => Vector256.LoadUnsafe(ref origin, (nuint)offset);

    /// <summary>Loads the first <paramref name="count"/> ≤ 8 elements and touches no other; the remaining lanes are zero.</summary>
    public static Vector256<float> LoadFirst(ref float origin, nint offset, int count)
    {
        Vector256<float> value = default;
        for (int i = 0; i < count; i++)
        {
            Unsafe.Add(ref Lanes.First<float, float>(ref value), i) = Unsafe.Add(ref origin, offset + i);
        }

        return value;
    }

    /// <summary>Loads the first <paramref name="count"/> ≤ 4 elements and touches no other; the remaining lanes are zero.</summary>
    public static Vector256<double> LoadFirst(ref double origin, nint offset, int count)
    {
        Vector256<double> value = default;
        for (int i = 0; i < count; i++)
        {
            Unsafe.Add(ref Lanes.First<double, double>(ref value), i) = Unsafe.Add(ref origin, offset + i);
        }

        return value;
    }

    /// <summary>Stores the 8 lanes from <paramref name="offset"/> on.</summary>
    [MethodImpl(Inline)]
    public static void Store(Vector256<float> value, ref float origin, nint offset)
    {
        ref float first = ref Unsafe.Add(ref origin, offset);
        Unsafe.As<float, Vector4>(ref first) = value.Lower;
        Unsafe.As<float, Vector4>(ref Unsafe.Add(ref first, 4)) = value.Upper;
    }

    /// <summary>Stores the 4 lanes from <paramref name="offset"/> on.</summary>
    [MethodImpl(Inline)]
    public static void Store(Vector256<double> value, ref double origin, nint offset) => value.StoreUnsafe(ref origin, (nuint)offset);

    /// <summary>The element at <paramref name="offset"/> in every lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> Broadcast(ref float origin, nint offset) => Vector256.Create(Unsafe.Add(ref origin, offset));

    /// <summary>The element at <paramref name="offset"/> in every lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> Broadcast(ref double origin, nint offset) => Vector256.Create(Unsafe.Add(ref origin, offset));

    /// <summary><paramref name="value"/> in every lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    /// <summary><paramref name="value"/> in every lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> Broadcast(double value) => Vector256.Create(value);

    /// <summary>a·b + c, rounded twice.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        new((a.Lower * b.Lower) + c.Lower, (a.Upper * b.Upper) + c.Upper);

    /// <summary>a·b + c, rounded twice.</summary>
    public static Vector256<double> MultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c)
    {
        ref double x = ref Lanes.First<double, double>(ref a);
        ref double y = ref Lanes.First<double, double>(ref b);
        ref double z = ref Lanes.First<double, double>(ref c);
        z = (x * y) + z;
        Unsafe.Add(ref z, 1) += Unsafe.Add(ref x, 1) * Unsafe.Add(ref y, 1);
        Unsafe.Add(ref z, 2) += Unsafe.Add(ref x, 2) * Unsafe.Add(ref y, 2);
        Unsafe.Add(ref z, 3) += Unsafe.Add(ref x, 3) * Unsafe.Add(ref y, 3);
        return c;
    }

    /// <summary>c − a·b, rounded twice.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> NegateMultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        new(c.Lower - (a.Lower * b.Lower), c.Upper - (a.Upper * b.Upper));

    /// <summary>c − a·b, rounded twice.</summary>
    public static Vector256<double> NegateMultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c)
    {
        ref double x = ref Lanes.First<double, double>(ref a);
        ref double y = ref Lanes.First<double, double>(ref b);
        ref double z = ref Lanes.First<double, double>(ref c);
        z -= x * y;
        Unsafe.Add(ref z, 1) -= Unsafe.Add(ref x, 1) * Unsafe.Add(ref y, 1);
        Unsafe.Add(ref z, 2) -= Unsafe.Add(ref x, 2) * Unsafe.Add(ref y, 2);
        Unsafe.Add(ref z, 3) -= Unsafe.Add(ref x, 3) * Unsafe.Add(ref y, 3);
        return c;
    }

    /// <summary>−1, 0 or 1 in every lane; 0 for 0 of either sign and for NaN.</summary>
    public static Vector256<float> Sign(Vector256<float> value)
    {
        for (int i = 0; i < 8; i++)
        {
            ref float lane = ref Unsafe.Add(ref Lanes.First<float, float>(ref value), i);
            lane = lane > 0 ? 1 : lane < 0 ? -1 : 0;
        }

        return value;
    }

    /// <inheritdoc cref="Sign(Vector256{float})"/>
    public static Vector256<double> Sign(Vector256<double> value)
    {
        for (int i = 0; i < 4; i++)
        {
            ref double lane = ref Unsafe.Add(ref Lanes.First<double, double>(ref value), i);
            lane = lane > 0 ? 1 : lane < 0 ? -1 : 0;
        }

        return value;
    }

    /// <summary>All bits set in the first <paramref name="count"/> of 8 lanes, none in the others.</summary>
    public static Vector256<float> FirstLanesSingle(int count)
    {
        Vector256<int> lanes = default;
        for (int i = 0; i < count; i++)
        {
            Unsafe.Add(ref Lanes.First<int, int>(ref lanes), i) = -1;
        }

        return lanes.AsSingle();
    }

    /// <summary>All bits set in the first <paramref name="count"/> of 4 lanes, none in the others.</summary>
    public static Vector256<double> FirstLanesDouble(int count)
    {
        Vector256<long> lanes = default;
        for (int i = 0; i < count; i++)
        {
            Unsafe.Add(ref Lanes.First<long, long>(ref lanes), i) = -1;
        }

        return lanes.AsDouble();
    }

    /// <summary>Lane number <paramref name="lane"/> of 8 in every lane.</summary>
    public static Vector256<float> Broadcast(Vector256<float> row, int lane) => Vector256.Create(row.GetElement(lane));

    /// <summary>Lane number <paramref name="lane"/> of 4 in every lane.</summary>
    public static Vector256<double> Broadcast(Vector256<double> row, int lane) => Vector256.Create(row.GetElement(lane));

    /// <summary><paramref name="value"/> in lane number <paramref name="lane"/> of 8, zero in the others.</summary>
    public static Vector256<float> InLane(int lane, float value) => Vector256<float>.Zero.WithElement(lane, value);

    /// <summary><paramref name="value"/> in lane number <paramref name="lane"/> of 4, zero in the others.</summary>
    public static Vector256<double> InLane(int lane, double value) => Vector256<double>.Zero.WithElement(lane, value);

    /// <summary>The sum of the lanes, always in the order ((0+4) + (2+6)) + ((1+5) + (3+7)).</summary>
    [MethodImpl(Inline)]
    public static float Sum(Vector256<float> value)
    {
        Vector4 four = value.Lower + value.Upper;
        return (four.X + four.Z) + (four.Y + four.W);
    }

    /// <summary>The sum of the lanes, always in the order (0+2) + (1+3).</summary>
    public static double Sum(Vector256<double> value)
    {
        ref double lanes = ref Lanes.First<double, double>(ref value);
        return (lanes + Unsafe.Add(ref lanes, 2)) + (Unsafe.Add(ref lanes, 1) + Unsafe.Add(ref lanes, 3));
    }

    /// <summary>The largest lane, where none is NaN.</summary>
    [MethodImpl(Inline)]
    public static float MaxAcross(Vector256<float> value)
    {
        Vector4 four = Vector4.Max(value.Lower, value.Upper);
        float left = four.X > four.Y ? four.X : four.Y;
        float right = four.Z > four.W ? four.Z : four.W;
        return left > right ? left : right;
    }

    /// <summary>The largest lane, where none is NaN.</summary>
    public static double MaxAcross(Vector256<double> value)
    {
        ref double lanes = ref Lanes.First<double, double>(ref value);
        return Math.Max(Math.Max(lanes, Unsafe.Add(ref lanes, 1)), Math.Max(Unsafe.Add(ref lanes, 2), Unsafe.Add(ref lanes, 3)));
    }
}
