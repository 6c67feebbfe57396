using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <summary>
/// What <see cref="System.Numerics.Vector4"/> cannot do, lane by lane. An argument is a copy, so its memory also takes the result.
/// </summary>
internal static class Lanes
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The first lane of a vector, as whatever type it is read.</summary>
    [MethodImpl(Inline)]
    public static ref TLane First<T, TLane>(ref Vector256<T> value)
        where T : unmanaged
        where TLane : unmanaged => ref Unsafe.As<Vector256<T>, TLane>(ref value);

    public static Vector256<T> One<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Vector256.Create(1f).As<float, T>()
        : typeof(T) == typeof(double) ? Vector256.Create(1d).As<double, T>()
        : typeof(T) == typeof(int) ? Vector256.Create(1).As<int, T>()
        : typeof(T) == typeof(long) ? Vector256.Create(1L).As<long, T>()
        : throw new NotSupportedException();

    public static Vector256<T> Add<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            ref double a = ref First<T, double>(ref left);
            ref double b = ref First<T, double>(ref right);
            a += b;
            Unsafe.Add(ref a, 1) += Unsafe.Add(ref b, 1);
            Unsafe.Add(ref a, 2) += Unsafe.Add(ref b, 2);
            Unsafe.Add(ref a, 3) += Unsafe.Add(ref b, 3);
        }
        else if (typeof(T) == typeof(int))
        {
            for (int i = 0; i < 8; i++)
            {
                Unsafe.Add(ref First<T, int>(ref left), i) += Unsafe.Add(ref First<T, int>(ref right), i);
            }
        }
        else
        {
            for (int i = 0; i < 4; i++)
            {
                Unsafe.Add(ref First<T, long>(ref left), i) += Unsafe.Add(ref First<T, long>(ref right), i);
            }
        }

        return left;
    }

    public static Vector256<T> Subtract<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            ref double a = ref First<T, double>(ref left);
            ref double b = ref First<T, double>(ref right);
            a -= b;
            Unsafe.Add(ref a, 1) -= Unsafe.Add(ref b, 1);
            Unsafe.Add(ref a, 2) -= Unsafe.Add(ref b, 2);
            Unsafe.Add(ref a, 3) -= Unsafe.Add(ref b, 3);
        }
        else if (typeof(T) == typeof(int))
        {
            for (int i = 0; i < 8; i++)
            {
                Unsafe.Add(ref First<T, int>(ref left), i) -= Unsafe.Add(ref First<T, int>(ref right), i);
            }
        }
        else
        {
            for (int i = 0; i < 4; i++)
            {
                Unsafe.Add(ref First<T, long>(ref left), i) -= Unsafe.Add(ref First<T, long>(ref right), i);
            }
        }

        return left;
    }

    /// <summary>Of doubles.</summary>
    public static Vector256<T> Multiply<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged
    {
        ref double a = ref First<T, double>(ref left);
        ref double b = ref First<T, double>(ref right);
        a *= b;
        Unsafe.Add(ref a, 1) *= Unsafe.Add(ref b, 1);
        Unsafe.Add(ref a, 2) *= Unsafe.Add(ref b, 2);
        Unsafe.Add(ref a, 3) *= Unsafe.Add(ref b, 3);
        return left;
    }

    /// <summary>Of doubles.</summary>
    public static Vector256<T> Divide<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged
    {
        ref double a = ref First<T, double>(ref left);
        ref double b = ref First<T, double>(ref right);
        a /= b;
        Unsafe.Add(ref a, 1) /= Unsafe.Add(ref b, 1);
        Unsafe.Add(ref a, 2) /= Unsafe.Add(ref b, 2);
        Unsafe.Add(ref a, 3) /= Unsafe.Add(ref b, 3);
        return left;
    }

    /// <summary>Of doubles.</summary>
    public static Vector256<T> Negate<T>(Vector256<T> value)
        where T : unmanaged
    {
        ref double a = ref First<T, double>(ref value);
        a = -a;
        Unsafe.Add(ref a, 1) = -Unsafe.Add(ref a, 1);
        Unsafe.Add(ref a, 2) = -Unsafe.Add(ref a, 2);
        Unsafe.Add(ref a, 3) = -Unsafe.Add(ref a, 3);
        return value;
    }

    [MethodImpl(Inline)]
    public static Vector256<T> And<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged
    {
        ref ulong a = ref First<T, ulong>(ref left);
        ref ulong b = ref First<T, ulong>(ref right);
        a &= b;
        Unsafe.Add(ref a, 1) &= Unsafe.Add(ref b, 1);
        Unsafe.Add(ref a, 2) &= Unsafe.Add(ref b, 2);
        Unsafe.Add(ref a, 3) &= Unsafe.Add(ref b, 3);
        return left;
    }

    [MethodImpl(Inline)]
    public static Vector256<T> Or<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged
    {
        ref ulong a = ref First<T, ulong>(ref left);
        ref ulong b = ref First<T, ulong>(ref right);
        a |= b;
        Unsafe.Add(ref a, 1) |= Unsafe.Add(ref b, 1);
        Unsafe.Add(ref a, 2) |= Unsafe.Add(ref b, 2);
        Unsafe.Add(ref a, 3) |= Unsafe.Add(ref b, 3);
        return left;
    }

    [MethodImpl(Inline)]
    public static Vector256<T> AndNot<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged
    {
        ref ulong a = ref First<T, ulong>(ref left);
        ref ulong b = ref First<T, ulong>(ref right);
        a &= ~b;
        Unsafe.Add(ref a, 1) &= ~Unsafe.Add(ref b, 1);
        Unsafe.Add(ref a, 2) &= ~Unsafe.Add(ref b, 2);
        Unsafe.Add(ref a, 3) &= ~Unsafe.Add(ref b, 3);
        return left;
    }

    /// <summary>The bits of one vector where those of the condition are set, else those of the other.</summary>
    [MethodImpl(Inline)]
    public static Vector256<T> Select<T>(Vector256<T> condition, Vector256<T> left, Vector256<T> right)
        where T : unmanaged
    {
        ref ulong c = ref First<T, ulong>(ref condition);
        ref ulong a = ref First<T, ulong>(ref left);
        ref ulong b = ref First<T, ulong>(ref right);
        c = (a & c) | (b & ~c);
        for (int i = 1; i < 4; i++)
        {
            ulong mask = Unsafe.Add(ref c, i);
            Unsafe.Add(ref c, i) = (Unsafe.Add(ref a, i) & mask) | (Unsafe.Add(ref b, i) & ~mask);
        }

        return condition;
    }

    /// <summary>All bits set in the lanes where left is less than right.</summary>
    public static Vector256<T> Less<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            ref float a = ref First<T, float>(ref left);
            ref float b = ref First<T, float>(ref right);
            for (int i = 0; i < 8; i++)
            {
                Unsafe.As<float, int>(ref Unsafe.Add(ref a, i)) = Mask(Unsafe.Add(ref a, i) < Unsafe.Add(ref b, i));
            }
        }
        else
        {
            ref double a = ref First<T, double>(ref left);
            ref double b = ref First<T, double>(ref right);
            for (int i = 0; i < 4; i++)
            {
                Unsafe.As<double, long>(ref Unsafe.Add(ref a, i)) = Mask(Unsafe.Add(ref a, i) < Unsafe.Add(ref b, i));
            }
        }

        return left;
    }

    /// <summary>All bits set in the lanes where left is at most right.</summary>
    public static Vector256<T> LessOrEqual<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            ref float a = ref First<T, float>(ref left);
            ref float b = ref First<T, float>(ref right);
            for (int i = 0; i < 8; i++)
            {
                Unsafe.As<float, int>(ref Unsafe.Add(ref a, i)) = Mask(Unsafe.Add(ref a, i) <= Unsafe.Add(ref b, i));
            }
        }
        else
        {
            ref double a = ref First<T, double>(ref left);
            ref double b = ref First<T, double>(ref right);
            for (int i = 0; i < 4; i++)
            {
                Unsafe.As<double, long>(ref Unsafe.Add(ref a, i)) = Mask(Unsafe.Add(ref a, i) <= Unsafe.Add(ref b, i));
            }
        }

        return left;
    }

    /// <summary>All bits set in the lanes that are equal.</summary>
    public static Vector256<T> Equal<T>(Vector256<T> left, Vector256<T> right)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            ref float a = ref First<T, float>(ref left);
            ref float b = ref First<T, float>(ref right);
            for (int i = 0; i < 8; i++)
            {
                Unsafe.As<float, int>(ref Unsafe.Add(ref a, i)) = Mask(Unsafe.Add(ref a, i) == Unsafe.Add(ref b, i));
            }
        }
        else
        {
            ref double a = ref First<T, double>(ref left);
            ref double b = ref First<T, double>(ref right);
            for (int i = 0; i < 4; i++)
            {
                Unsafe.As<double, long>(ref Unsafe.Add(ref a, i)) = Mask(Unsafe.Add(ref a, i) == Unsafe.Add(ref b, i));
            }
        }

        return left;
    }

    [MethodImpl(Inline)]
    private static int Mask(bool condition) => condition ? -1 : 0;
}
