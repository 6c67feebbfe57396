using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <summary>The operations of <see cref="Vector256{T}"/> that kernels use, by the names they have in newer .NET.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Vector256
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary><paramref name="value"/> in every lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> Create(float value)
    {
        var half = new Vector4(value);
        return new(half, half);
    }

    /// <summary><paramref name="value"/> in every lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> Create(double value) => Fill(value);

    /// <summary><paramref name="value"/> in every lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<int> Create(int value) => Fill(value);

    /// <summary><paramref name="value"/> in every lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<uint> Create(uint value) => Fill(value);

    /// <summary><paramref name="value"/> in every lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<long> Create(long value) => Fill(value);

    /// <summary><paramref name="value"/> in every lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<ulong> Create(ulong value) => Fill(value);

    /// <summary><paramref name="value"/> in every lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Create<T>(T value)
        where T : unmanaged => typeof(T) == typeof(float) ? Create(Unsafe.As<T, float>(ref value)).As<float, T>() : Fill(value);

    /// <summary>A vector of these lanes.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> Create(float e0, float e1, float e2, float e3, float e4, float e5, float e6, float e7) =>
        new(new Vector4(e0, e1, e2, e3), new Vector4(e4, e5, e6, e7));

    /// <summary>A vector of these lanes.</summary>
    public static Vector256<double> Create(double e0, double e1, double e2, double e3)
    {
        Vector256<double> result = default;
        ref double first = ref Lanes.First<double, double>(ref result);
        first = e0;
        Unsafe.Add(ref first, 1) = e1;
        Unsafe.Add(ref first, 2) = e2;
        Unsafe.Add(ref first, 3) = e3;
        return result;
    }

    /// <summary>The first elements of a span.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is shorter than a vector.</exception>
    public static Vector256<T> Create<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Vector256<T> result = default;
        for (int i = 0; i < Vector256<T>.Count; i++)
        {
            Unsafe.Add(ref Lanes.First<T, T>(ref result), i) = values[i];
        }

        return result;
    }

    /// <summary>The elements from <paramref name="offset"/> on.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> LoadUnsafe<T>(ref T origin, nuint offset)
        where T : unmanaged
    {
        ref T first = ref Unsafe.Add(ref origin, (nint)offset);
        ref Vector4 half = ref Unsafe.As<T, Vector4>(ref first);
        return new(half, Unsafe.Add(ref half, 1));
    }

    /// <summary>The elements at an address.</summary>
    [MethodImpl(Inline)]
    public static unsafe Vector256<T> Load<T>(T* source)
        where T : unmanaged => LoadUnsafe(ref *source, 0);

    /// <summary>Writes the lanes from <paramref name="offset"/> on.</summary>
    [MethodImpl(Inline)]
    public static void StoreUnsafe<T>(this Vector256<T> value, ref T origin, nuint offset)
        where T : unmanaged
    {
        ref T first = ref Unsafe.Add(ref origin, (nint)offset);
        ref Vector4 half = ref Unsafe.As<T, Vector4>(ref first);
        half = value.Lower;
        Unsafe.Add(ref half, 1) = value.Upper;
    }

    /// <summary>Writes the lanes to the start of a span.</summary>
    public static void CopyTo<T>(this Vector256<T> value, Span<T> destination)
        where T : unmanaged
    {
        for (int i = 0; i < Vector256<T>.Count; i++)
        {
            destination[i] = Unsafe.Add(ref Lanes.First<T, T>(ref value), i);
        }
    }

    /// <summary>A lane.</summary>
    public static T GetElement<T>(this Vector256<T> value, int index)
        where T : unmanaged => Unsafe.Add(ref Lanes.First<T, T>(ref value), index);

    /// <summary>The vector with another value in one lane.</summary>
    public static Vector256<T> WithElement<T>(this Vector256<T> value, int index, T element)
        where T : unmanaged
    {
        Unsafe.Add(ref Lanes.First<T, T>(ref value), index) = element;
        return value;
    }

    /// <summary>The first lane.</summary>
    public static T ToScalar<T>(this Vector256<T> value)
        where T : unmanaged => Lanes.First<T, T>(ref value);

    /// <summary>The same bits as lanes of another type.</summary>
    [MethodImpl(Inline)]
    public static Vector256<TTo> As<TFrom, TTo>(this Vector256<TFrom> value)
        where TFrom : unmanaged
        where TTo : unmanaged => new(value.Lower, value.Upper);

    /// <summary>The same bits as floats.</summary>
    [MethodImpl(Inline)]
    public static Vector256<float> AsSingle<T>(this Vector256<T> value)
        where T : unmanaged => new(value.Lower, value.Upper);

    /// <summary>The same bits as doubles.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> AsDouble<T>(this Vector256<T> value)
        where T : unmanaged => new(value.Lower, value.Upper);

    /// <summary>The same bits as integers of 32 bits.</summary>
    [MethodImpl(Inline)]
    public static Vector256<int> AsInt32<T>(this Vector256<T> value)
        where T : unmanaged => new(value.Lower, value.Upper);

    /// <summary>The same bits as unsigned integers of 32 bits.</summary>
    [MethodImpl(Inline)]
    public static Vector256<uint> AsUInt32<T>(this Vector256<T> value)
        where T : unmanaged => new(value.Lower, value.Upper);

    /// <summary>The same bits as integers of 64 bits.</summary>
    [MethodImpl(Inline)]
    public static Vector256<long> AsInt64<T>(this Vector256<T> value)
        where T : unmanaged => new(value.Lower, value.Upper);

    /// <summary>The same bits as unsigned integers of 64 bits.</summary>
    [MethodImpl(Inline)]
    public static Vector256<ulong> AsUInt64<T>(this Vector256<T> value)
        where T : unmanaged => new(value.Lower, value.Upper);

    /// <summary>All bits set in the lanes where left is greater than right.</summary>
    public static Vector256<T> GreaterThan<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged => Lanes.Less(right, left);

    /// <summary>All bits set in the lanes where left is at least right.</summary>
    public static Vector256<T> GreaterThanOrEqual<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged => Lanes.LessOrEqual(right, left);

    /// <summary>All bits set in the lanes where left is less than right.</summary>
    public static Vector256<T> LessThan<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged => Lanes.Less(left, right);

    /// <summary>All bits set in the lanes where left is at most right.</summary>
    public static Vector256<T> LessThanOrEqual<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged => Lanes.LessOrEqual(left, right);

    /// <summary>All bits set in the lanes that are equal.</summary>
    public static Vector256<T> Equals<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged => Lanes.Equal(left, right);

    /// <summary>The bits of left where those of the condition are set, else those of right.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> ConditionalSelect<T>(Vector256<T> condition, Vector256<T> left, Vector256<T> right)
        where T : unmanaged => Lanes.Select(condition, left, right);

    /// <summary>The bits that are set in left and not in right.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> AndNot<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged => Lanes.AndNot(left, right);

    /// <summary>The absolute value of each lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Abs<T>(Vector256<T> value)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? new(Vector4.Abs(value.Lower), Vector4.Abs(value.Upper)) : Lanes.And(value, Create(long.MaxValue).As<long, T>());

    /// <summary>The square root of each lane.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Sqrt<T>(Vector256<T> value)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? new(Vector4.SquareRoot(value.Lower), Vector4.SquareRoot(value.Upper)) : RootOfDoubles(value);

    /// <summary>The larger of each lane; where one is NaN, left.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Max<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged =>
        typeof(T) == typeof(float)
            ? new(Vector4.Max(right.Lower, left.Lower), Vector4.Max(right.Upper, left.Upper))
            : Lanes.Select(Lanes.Less(left, right), right, left);

    /// <summary>The smaller of each lane; where one is NaN, left.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Min<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged =>
        typeof(T) == typeof(float)
            ? new(Vector4.Min(right.Lower, left.Lower), Vector4.Min(right.Upper, left.Upper))
            : Lanes.Select(Lanes.Less(right, left), right, left);

    /// <summary>Each lane shifted to the left.</summary>
    public static Vector256<int> ShiftLeft(Vector256<int> value, int count)
    {
        for (int i = 0; i < 8; i++)
        {
            Unsafe.Add(ref Lanes.First<int, int>(ref value), i) <<= count;
        }

        return value;
    }

    /// <summary>Each lane shifted to the left.</summary>
    public static Vector256<long> ShiftLeft(Vector256<long> value, int count)
    {
        for (int i = 0; i < 4; i++)
        {
            Unsafe.Add(ref Lanes.First<long, long>(ref value), i) <<= count;
        }

        return value;
    }

    /// <summary>Each lane shifted to the right; the sign comes in from the left.</summary>
    public static Vector256<int> ShiftRightArithmetic(Vector256<int> value, int count)
    {
        for (int i = 0; i < 8; i++)
        {
            Unsafe.Add(ref Lanes.First<int, int>(ref value), i) >>= count;
        }

        return value;
    }

    /// <summary>Each lane shifted to the right; zeros come in from the left.</summary>
    public static Vector256<long> ShiftRightLogical(Vector256<long> value, int count)
    {
        for (int i = 0; i < 4; i++)
        {
            Unsafe.Add(ref Lanes.First<long, ulong>(ref value), i) >>= count;
        }

        return value;
    }

    /// <summary>The highest bit of each lane, that of the first lane lowest.</summary>
    public static uint ExtractMostSignificantBits<T>(this Vector256<T> value)
        where T : unmanaged
    {
        uint bits = 0;
        for (int i = 0; i < Vector256<T>.Count; i++)
        {
            // The machine is little-endian: the last byte of a lane has its highest bit.
            byte last = Unsafe.Add(ref Lanes.First<T, byte>(ref value), ((i + 1) * Unsafe.SizeOf<T>()) - 1);
            bits |= (uint)(last >> 7) << i;
        }

        return bits;
    }

    /// <summary>Each lane as a float.</summary>
    public static Vector256<float> ConvertToSingle(Vector256<int> value)
    {
        Vector256<float> result = default;
        for (int i = 0; i < 8; i++)
        {
            Unsafe.Add(ref Lanes.First<float, float>(ref result), i) = Unsafe.Add(ref Lanes.First<int, int>(ref value), i);
        }

        return result;
    }

    /// <summary>The lower and the upper four lanes as doubles.</summary>
    public static (Vector256<double> Lower, Vector256<double> Upper) Widen(Vector256<float> value)
    {
        Vector256<double> lower = default;
        Vector256<double> upper = default;
        for (int i = 0; i < 4; i++)
        {
            Unsafe.Add(ref Lanes.First<double, double>(ref lower), i) = Unsafe.Add(ref Lanes.First<float, float>(ref value), i);
            Unsafe.Add(ref Lanes.First<double, double>(ref upper), i) = Unsafe.Add(ref Lanes.First<float, float>(ref value), i + 4);
        }

        return (lower, upper);
    }

    private static Vector256<T> RootOfDoubles<T>(Vector256<T> value)
        where T : unmanaged
    {
        for (int i = 0; i < 4; i++)
        {
            ref double lane = ref Unsafe.Add(ref Lanes.First<T, double>(ref value), i);
            lane = Math.Sqrt(lane);
        }

        return value;
    }

    private static Vector256<T> Fill<T>(T value)
        where T : unmanaged
    {
        Vector256<T> result = default;
        for (int i = 0; i < Vector256<T>.Count; i++)
        {
            Unsafe.Add(ref Lanes.First<T, T>(ref result), i) = value;
        }

        return result;
    }
}
