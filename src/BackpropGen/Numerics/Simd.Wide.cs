using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Numerics;

/// <content>
/// Vectors of 512 bits, a whole row of a panel in one register. Emitted code asks <see cref="Vector512.IsHardwareAccelerated"/> before
/// it uses them: it is a constant to the JIT compiler, so the other branch is not compiled at all.
/// </content>
public static partial class Simd
{
    /// <summary>Loads the 16 elements that start at <paramref name="offset"/>.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> LoadWide(ref float origin, nint offset) =>
        Vector512.LoadUnsafe(in origin, (nuint)offset);

    /// <summary>Loads the 8 elements that start at <paramref name="offset"/>.</summary>
    [MethodImpl(Inline)]
    public static Vector512<double> LoadWide(ref double origin, nint offset) =>
        Vector512.LoadUnsafe(in origin, (nuint)offset);

    /// <summary>Stores the 16 lanes from <paramref name="offset"/> on.</summary>
    [MethodImpl(Inline)]
    public static void Store(Vector512<float> value, ref float origin, nint offset) =>
        value.StoreUnsafe(ref origin, (nuint)offset);

    /// <summary>Stores the 8 lanes from <paramref name="offset"/> on.</summary>
    [MethodImpl(Inline)]
    public static void Store(Vector512<double> value, ref double origin, nint offset) =>
        value.StoreUnsafe(ref origin, (nuint)offset);

    /// <summary>The element at <paramref name="offset"/> in every lane of a wide vector; a multiply-add reads it from memory itself.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> BroadcastWide(ref float origin, nint offset) =>
        Vector512.Create(Unsafe.Add(ref Unsafe.AsRef(in origin), offset));

    /// <summary>The element at <paramref name="offset"/> in every lane of a wide vector; a multiply-add reads it from memory itself.</summary>
    [MethodImpl(Inline)]
    public static Vector512<double> BroadcastWide(ref double origin, nint offset) =>
        Vector512.Create(Unsafe.Add(ref Unsafe.AsRef(in origin), offset));

    /// <summary>a·b + c, lane by lane the same bits as <see cref="MultiplyAdd(Vector256{float}, Vector256{float}, Vector256{float})"/>.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Avx512F.IsSupported
            ? Avx512F.FusedMultiplyAdd(a, b, c)
            : Vector512.Create(MultiplyAdd(a.GetLower(), b.GetLower(), c.GetLower()), MultiplyAdd(a.GetUpper(), b.GetUpper(), c.GetUpper()));

    /// <summary>a·b + c, lane by lane the same bits as <see cref="MultiplyAdd(Vector256{double}, Vector256{double}, Vector256{double})"/>.</summary>
    [MethodImpl(Inline)]
    public static Vector512<double> MultiplyAdd(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
        Avx512F.IsSupported
            ? Avx512F.FusedMultiplyAdd(a, b, c)
            : Vector512.Create(MultiplyAdd(a.GetLower(), b.GetLower(), c.GetLower()), MultiplyAdd(a.GetUpper(), b.GetUpper(), c.GetUpper()));
}
