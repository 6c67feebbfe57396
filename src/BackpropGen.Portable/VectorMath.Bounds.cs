using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <content>Bounds that keep NaN.</content>
public static partial class VectorMath
{
    /// <summary>The larger of each lane and a bound, NaN staying NaN.</summary>
    [MethodImpl(Inline)]
    private static Vector256<T> AtLeast<T>(Vector256<T> x, Vector256<T> bound)
        where T : unmanaged => Vector256.Max(x, bound);

    /// <summary>The smaller of each lane and a bound, NaN staying NaN.</summary>
    [MethodImpl(Inline)]
    private static Vector256<T> AtMost<T>(Vector256<T> x, Vector256<T> bound)
        where T : unmanaged => Vector256.Min(x, bound);
}
