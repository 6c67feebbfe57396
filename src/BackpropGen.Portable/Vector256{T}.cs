using System.Numerics;
using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <summary>
/// What <c>System.Runtime.Intrinsics.Vector256&lt;T&gt;</c> is in newer .NET: 32 bytes, as 8 × <see cref="float"/>, 4 × <see cref="double"/> or
/// integers of these sizes.
/// </summary>
/// <remarks>
/// Kept in two <see cref="Vector4"/>, which the JIT compilers of .NET Framework, Mono and .NET keep in registers of 128 bits. Arithmetic of
/// floats is theirs; all else, which means the whole of double precision, is done lane by lane. The comparisons with <c>typeof</c> are
/// constants to a compiler of machine code.
/// </remarks>
/// <typeparam name="T">The type of a lane.</typeparam>
public readonly struct Vector256<T>
    where T : unmanaged
{
    internal readonly Vector4 Lower;
    internal readonly Vector4 Upper;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256(Vector4 lower, Vector4 upper)
    {
        Lower = lower;
        Upper = upper;
    }

    /// <summary>The number of lanes.</summary>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 32 / Unsafe.SizeOf<T>();
    }

    /// <summary>No bit set.</summary>
    public static Vector256<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => default;
    }

    /// <summary>1 in every lane.</summary>
    public static Vector256<T> One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? new(Vector4.One, Vector4.One) : Lanes.One<T>();
    }

    /// <summary>A lane.</summary>
    /// <param name="index">Its number, which is not checked.</param>
    public T this[int index] => this.GetElement(index);

    /// <summary>The sum, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> operator +(Vector256<T> left, Vector256<T> right) =>
        typeof(T) == typeof(float) ? new(left.Lower + right.Lower, left.Upper + right.Upper) : Lanes.Add(left, right);

    /// <summary>The difference, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> operator -(Vector256<T> left, Vector256<T> right) =>
        typeof(T) == typeof(float) ? new(left.Lower - right.Lower, left.Upper - right.Upper) : Lanes.Subtract(left, right);

    /// <summary>The product, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> operator *(Vector256<T> left, Vector256<T> right) =>
        typeof(T) == typeof(float) ? new(left.Lower * right.Lower, left.Upper * right.Upper) : Lanes.Multiply(left, right);

    /// <summary>Every lane times a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> operator *(Vector256<T> left, T right) => left * Vector256.Create(right);

    /// <summary>Every lane times a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> operator *(T left, Vector256<T> right) => Vector256.Create(left) * right;

    /// <summary>The quotient, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> operator /(Vector256<T> left, Vector256<T> right) =>
        typeof(T) == typeof(float) ? new(left.Lower / right.Lower, left.Upper / right.Upper) : Lanes.Divide(left, right);

    /// <summary>The opposite number, lane by lane; −0 for 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> operator -(Vector256<T> value) =>
        typeof(T) == typeof(float) ? new(value.Lower * -1f, value.Upper * -1f) : Lanes.Negate(value);

    /// <summary>The bits that are set in both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> operator &(Vector256<T> left, Vector256<T> right) => Lanes.And(left, right);

    /// <summary>The bits that are set in either.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> operator |(Vector256<T> left, Vector256<T> right) => Lanes.Or(left, right);
}
