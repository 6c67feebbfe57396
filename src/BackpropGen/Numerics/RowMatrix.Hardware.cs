using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Numerics;

/// <content>Loads with the instructions of the processor.</content>
public static partial class RowMatrix
{
    /// <summary>Loads the first elements of a vector and touches no other; the remaining lanes are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<T> LoadFirst<T>(T* first, int count, Vector256<T> lanes)
        where T : unmanaged
    {
        if (Avx.IsSupported && typeof(T) == typeof(float))
        {
            return Avx.MaskLoad((float*)first, lanes.AsSingle()).As<float, T>();
        }

        if (Avx.IsSupported && typeof(T) == typeof(double))
        {
            return Avx.MaskLoad((double*)first, lanes.AsDouble()).As<double, T>();
        }

        Vector256<T> value = Vector256<T>.Zero;
        for (int i = 0; i < count; i++)
        {
            value = value.WithElement(i, first[i]);
        }

        return value;
    }
}
