using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <summary>Numbers of an element type: float or double. Needs no generic arithmetic, which older targets have not.</summary>
internal static class Real
{
    /// <summary>A number rounded to T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T From<T>(double value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            float single = (float)value;
            return Unsafe.As<float, T>(ref single);
        }

        return typeof(T) == typeof(double) ? Unsafe.As<double, T>(ref value) : throw new NotSupportedException(OnlySingleAndDouble);
    }

    /// <summary>A number as a double, which is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToDouble<T>(T value)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Unsafe.As<T, float>(ref value)
        : typeof(T) == typeof(double) ? Unsafe.As<T, double>(ref value)
        : throw new NotSupportedException(OnlySingleAndDouble);

    private const string OnlySingleAndDouble = "Networks compute in float or double.";
}
