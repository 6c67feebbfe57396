using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Numerics;

/// <summary>
/// The vocabulary of the emitted kernels: vectors of 256 bits (8 × <see cref="float"/> or 4 × <see cref="double"/>)
/// addressed by a reference and an element offset. Works on every processor; where it has no vectors of this width,
/// .NET composes them of narrower ones.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Simd
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Loads the 8 elements that start at <paramref name="offset"/>.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> Load(ref float origin, nint offset) =>
        Vector256.LoadUnsafe(in origin, (nuint)offset);

    /// <summary>Loads the 4 elements that start at <paramref name="offset"/>.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> Load(ref double origin, nint offset) =>
        Vector256.LoadUnsafe(in origin, (nuint)offset);

    /// <summary>Loads the first <paramref name="count"/> ≤ 8 elements and touches no other; the remaining lanes are zero.</summary>
    /// <remarks>Emitted code gives the count as a literal, so that only the loads it needs are left.</remarks>
    [MethodImpl(Inline)]
    public static Vector256<float> LoadFirst(ref float origin, nint offset, int count)
    {
        ref float first = ref Unsafe.Add(ref origin, offset);
        return count < 4
            ? FirstOfFour(ref first, count).ToVector256()
            : Vector256.Create(Vector128.LoadUnsafe(in first), FirstOfFour(ref Unsafe.Add(ref first, 4), count - 4));
    }

    /// <summary>Loads the first <paramref name="count"/> ≤ 4 elements and touches no other; the remaining lanes are zero.</summary>
    /// <remarks>Emitted code gives the count as a literal, so that only the loads it needs are left.</remarks>
    [MethodImpl(Inline)]
    public static Vector256<double> LoadFirst(ref double origin, nint offset, int count)
    {
        ref double first = ref Unsafe.Add(ref origin, offset);
        return count < 2
            ? FirstOfTwo(ref first, count).ToVector256()
            : Vector256.Create(Vector128.LoadUnsafe(in first), FirstOfTwo(ref Unsafe.Add(ref first, 2), count - 2));
    }

    [MethodImpl(Inline)]
    private static Vector128<float> FirstOfFour(ref float first, int count) => count switch
    {
        0 => Vector128<float>.Zero,
        1 => Vector128.CreateScalar(first),
        2 => Vector128.Create(first, Unsafe.Add(ref first, 1), 0, 0),
        3 => Vector128.Create(first, Unsafe.Add(ref first, 1), Unsafe.Add(ref first, 2), 0),
        _ => Vector128.LoadUnsafe(in first),
    };

    [MethodImpl(Inline)]
    private static Vector128<double> FirstOfTwo(ref double first, int count) => count switch
    {
        0 => Vector128<double>.Zero,
        1 => Vector128.CreateScalar(first),
        _ => Vector128.LoadUnsafe(in first),
    };

    /// <summary>Stores the 8 lanes from <paramref name="offset"/> on.</summary>
    [MethodImpl(Inline)]
    public static void Store(Vector256<float> value, ref float origin, nint offset) =>
        value.StoreUnsafe(ref origin, (nuint)offset);

    /// <summary>Stores the 4 lanes from <paramref name="offset"/> on.</summary>
    [MethodImpl(Inline)]
    public static void Store(Vector256<double> value, ref double origin, nint offset) =>
        value.StoreUnsafe(ref origin, (nuint)offset);

    /// <summary>The element at <paramref name="offset"/> in every lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> Broadcast(ref float origin, nint offset) =>
        Vector256.Create(Unsafe.Add(ref Unsafe.AsRef(in origin), offset));

    /// <summary>The element at <paramref name="offset"/> in every lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> Broadcast(ref double origin, nint offset) =>
        Vector256.Create(Unsafe.Add(ref Unsafe.AsRef(in origin), offset));

    /// <summary>Lane number <paramref name="lane"/> of 8 in every lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> Broadcast(Vector256<float> row, int lane) => Vector256.Create(row.GetElement(lane));

    /// <summary>Lane number <paramref name="lane"/> of 4 in every lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> Broadcast(Vector256<double> row, int lane) => Vector256.Create(row.GetElement(lane));

    /// <summary><paramref name="value"/> in every lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    /// <summary><paramref name="value"/> in every lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> Broadcast(double value) => Vector256.Create(value);

    /// <summary>a·b + c, rounded once where the processor can (x86 with FMA, Arm64), else twice.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c)
    {
        if (Fma.IsSupported)
        {
            return Fma.MultiplyAdd(a, b, c);
        }

        if (AdvSimd.IsSupported)
        {
            return Vector256.Create(
                AdvSimd.FusedMultiplyAdd(c.GetLower(), a.GetLower(), b.GetLower()),
                AdvSimd.FusedMultiplyAdd(c.GetUpper(), a.GetUpper(), b.GetUpper()));
        }

        return (a * b) + c;
    }

    /// <summary>a·b + c, rounded once where the processor can (x86 with FMA, Arm64), else twice.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> MultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c)
    {
        if (Fma.IsSupported)
        {
            return Fma.MultiplyAdd(a, b, c);
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            return Vector256.Create(
                AdvSimd.Arm64.FusedMultiplyAdd(c.GetLower(), a.GetLower(), b.GetLower()),
                AdvSimd.Arm64.FusedMultiplyAdd(c.GetUpper(), a.GetUpper(), b.GetUpper()));
        }

        return (a * b) + c;
    }

    /// <summary>c − a·b, rounded like <see cref="MultiplyAdd(Vector256{float}, Vector256{float}, Vector256{float})"/>.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> NegateMultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c)
    {
        if (Fma.IsSupported)
        {
            return Fma.MultiplyAddNegated(a, b, c);
        }

        if (AdvSimd.IsSupported)
        {
            return Vector256.Create(
                AdvSimd.FusedMultiplySubtract(c.GetLower(), a.GetLower(), b.GetLower()),
                AdvSimd.FusedMultiplySubtract(c.GetUpper(), a.GetUpper(), b.GetUpper()));
        }

        return c - (a * b);
    }

    /// <summary>c − a·b, rounded like <see cref="MultiplyAdd(Vector256{double}, Vector256{double}, Vector256{double})"/>.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> NegateMultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c)
    {
        if (Fma.IsSupported)
        {
            return Fma.MultiplyAddNegated(a, b, c);
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            return Vector256.Create(
                AdvSimd.Arm64.FusedMultiplySubtract(c.GetLower(), a.GetLower(), b.GetLower()),
                AdvSimd.Arm64.FusedMultiplySubtract(c.GetUpper(), a.GetUpper(), b.GetUpper()));
        }

        return c - (a * b);
    }

    /// <summary>−1, 0 or 1 in every lane; 0 for 0 of either sign and for NaN.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> Sign(Vector256<float> value) =>
        (Vector256.GreaterThan(value, Vector256<float>.Zero) & Vector256<float>.One)
        - (Vector256.LessThan(value, Vector256<float>.Zero) & Vector256<float>.One);

    /// <inheritdoc cref="Sign(Vector256{float})"/>
    [MethodImpl(Inline)]
    public static Vector256<double> Sign(Vector256<double> value) =>
        (Vector256.GreaterThan(value, Vector256<double>.Zero) & Vector256<double>.One)
        - (Vector256.LessThan(value, Vector256<double>.Zero) & Vector256<double>.One);

    /// <summary>All bits set in the first <paramref name="count"/> of 8 lanes, none in the others.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> FirstLanesSingle(int count) =>
        Vector256.LessThan(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create(count)).AsSingle();

    /// <summary>All bits set in the first <paramref name="count"/> of 4 lanes, none in the others.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> FirstLanesDouble(int count) =>
        Vector256.LessThan(Vector256.Create(0L, 1, 2, 3), Vector256.Create((long)count)).AsDouble();

    /// <summary><paramref name="value"/> in lane number <paramref name="lane"/> of 8, zero in the others.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> InLane(int lane, float value) =>
        Vector256.Equals(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create(lane)).AsSingle() & Vector256.Create(value);

    /// <summary><paramref name="value"/> in lane number <paramref name="lane"/> of 4, zero in the others.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> InLane(int lane, double value) =>
        Vector256.Equals(Vector256.Create(0L, 1, 2, 3), Vector256.Create((long)lane)).AsDouble() & Vector256.Create(value);

    /// <summary>The sum of the lanes, always in the order ((0+4) + (2+6)) + ((1+5) + (3+7)).</summary>
    [MethodImpl(Inline)]
    public static float Sum(Vector256<float> value)
    {
        Vector128<float> four = value.GetLower() + value.GetUpper();
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two.ToScalar() + two.GetElement(1);
    }

    /// <summary>The sum of the lanes, always in the order (0+2) + (1+3).</summary>
    [MethodImpl(Inline)]
    public static double Sum(Vector256<double> value)
    {
        Vector128<double> two = value.GetLower() + value.GetUpper();
        return two.ToScalar() + two.GetElement(1);
    }

    /// <summary>The largest lane, where none is NaN.</summary>
    [MethodImpl(Inline)]
    public static float MaxAcross(Vector256<float> value)
    {
        Vector128<float> four = Larger(value.GetLower(), value.GetUpper());
        Vector128<float> two = Larger(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Larger(two, Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    /// <summary>The largest lane, where none is NaN.</summary>
    [MethodImpl(Inline)]
    public static double MaxAcross(Vector256<double> value)
    {
        Vector128<double> two = Larger(value.GetLower(), value.GetUpper());
        return Larger(two, Vector128.Shuffle(two, Vector128.Create(1L, 0))).ToScalar();
    }

    /// <summary>The larger of each lane by the processor's own instruction, which on x86 does not look for NaN.</summary>
    [MethodImpl(Inline)]
    private static Vector128<float> Larger(Vector128<float> a, Vector128<float> b) => Sse.IsSupported ? Sse.Max(a, b) : Vector128.Max(a, b);

    /// <inheritdoc cref="Larger(Vector128{float}, Vector128{float})"/>
    [MethodImpl(Inline)]
    private static Vector128<double> Larger(Vector128<double> a, Vector128<double> b) => Sse2.IsSupported ? Sse2.Max(a, b) : Vector128.Max(a, b);
}
