using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Numerics;

/// <content>Blocks transposed in registers, with the instructions of the processor.</content>
public static partial class PanelMatrix
{
    /// <summary>
    /// Asks for the rows in question of the panel that comes after the one at hand. Each panel has them in a stretch of its own, too short
    /// for the processor to foresee the next: without, the input gradient of 1024 × 1024, batch 256, takes 7 % longer (Zen 4, one core).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void PrefetchNextPanel<T>(ref T panels, int firstRow, int column, int rows, int columns)
        where T : unmanaged
    {
        int width = 2 * Vector256<T>.Count;
        int next = column + width;
        if (!Sse.IsSupported || next + width > columns || firstRow + width > rows)
        {
            return;
        }

        // Two calls per panel: half of its rows each, one cache line per row.
        int half = column % width;
        ref T from = ref Unsafe.Add(ref panels, ((nint)(next - half) * rows) + ((nint)(firstRow + half) * width));
        for (int row = 0; row < Vector256<T>.Count; row++)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref from, row * width)));
        }
    }

    /// <summary>
    /// One V × V block. Of the source only <paramref name="rows"/> rows exist, of the target only <paramref name="columns"/>; the lanes of
    /// missing rows are the target's padding.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlock<T>(ref T from, nint fromStep, ref T to, nint toStep, int rows, int columns)
        where T : unmanaged
    {
        if (Avx.IsSupported && typeof(T) == typeof(float))
        {
            TransposeBlock8(ref Unsafe.As<T, float>(ref from), fromStep, ref Unsafe.As<T, float>(ref to), toStep, rows, columns);
        }
        else if (Avx.IsSupported && typeof(T) == typeof(double))
        {
            TransposeBlock4(ref Unsafe.As<T, double>(ref from), fromStep, ref Unsafe.As<T, double>(ref to), toStep, rows, columns);
        }
        else
        {
            TransposeElements(ref from, fromStep, ref to, toStep, rows, columns);
        }
    }

    /// <summary>An 8 × 8 block in registers: interleave pairs of rows, then pairs of pairs, then swap halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlock8(ref float from, nint fromStep, ref float to, nint toStep, int rows, int columns)
    {
        Vector256<float> r0 = Row(ref from, fromStep, 0, rows);
        Vector256<float> r1 = Row(ref from, fromStep, 1, rows);
        Vector256<float> r2 = Row(ref from, fromStep, 2, rows);
        Vector256<float> r3 = Row(ref from, fromStep, 3, rows);
        Vector256<float> r4 = Row(ref from, fromStep, 4, rows);
        Vector256<float> r5 = Row(ref from, fromStep, 5, rows);
        Vector256<float> r6 = Row(ref from, fromStep, 6, rows);
        Vector256<float> r7 = Row(ref from, fromStep, 7, rows);

        Vector256<float> p0 = Avx.UnpackLow(r0, r1);
        Vector256<float> p1 = Avx.UnpackHigh(r0, r1);
        Vector256<float> p2 = Avx.UnpackLow(r2, r3);
        Vector256<float> p3 = Avx.UnpackHigh(r2, r3);
        Vector256<float> p4 = Avx.UnpackLow(r4, r5);
        Vector256<float> p5 = Avx.UnpackHigh(r4, r5);
        Vector256<float> p6 = Avx.UnpackLow(r6, r7);
        Vector256<float> p7 = Avx.UnpackHigh(r6, r7);

        Vector256<float> q0 = Avx.Shuffle(p0, p2, 0x44);
        Vector256<float> q1 = Avx.Shuffle(p0, p2, 0xEE);
        Vector256<float> q2 = Avx.Shuffle(p1, p3, 0x44);
        Vector256<float> q3 = Avx.Shuffle(p1, p3, 0xEE);
        Vector256<float> q4 = Avx.Shuffle(p4, p6, 0x44);
        Vector256<float> q5 = Avx.Shuffle(p4, p6, 0xEE);
        Vector256<float> q6 = Avx.Shuffle(p5, p7, 0x44);
        Vector256<float> q7 = Avx.Shuffle(p5, p7, 0xEE);

        StoreRow(Avx.Permute2x128(q0, q4, 0x20), ref to, toStep, 0, columns);
        StoreRow(Avx.Permute2x128(q1, q5, 0x20), ref to, toStep, 1, columns);
        StoreRow(Avx.Permute2x128(q2, q6, 0x20), ref to, toStep, 2, columns);
        StoreRow(Avx.Permute2x128(q3, q7, 0x20), ref to, toStep, 3, columns);
        StoreRow(Avx.Permute2x128(q0, q4, 0x31), ref to, toStep, 4, columns);
        StoreRow(Avx.Permute2x128(q1, q5, 0x31), ref to, toStep, 5, columns);
        StoreRow(Avx.Permute2x128(q2, q6, 0x31), ref to, toStep, 6, columns);
        StoreRow(Avx.Permute2x128(q3, q7, 0x31), ref to, toStep, 7, columns);
    }

    /// <summary>A 4 × 4 block in registers: interleave pairs of rows, then swap halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlock4(ref double from, nint fromStep, ref double to, nint toStep, int rows, int columns)
    {
        Vector256<double> r0 = Row(ref from, fromStep, 0, rows);
        Vector256<double> r1 = Row(ref from, fromStep, 1, rows);
        Vector256<double> r2 = Row(ref from, fromStep, 2, rows);
        Vector256<double> r3 = Row(ref from, fromStep, 3, rows);

        Vector256<double> p0 = Avx.UnpackLow(r0, r1);
        Vector256<double> p1 = Avx.UnpackHigh(r0, r1);
        Vector256<double> p2 = Avx.UnpackLow(r2, r3);
        Vector256<double> p3 = Avx.UnpackHigh(r2, r3);

        StoreRow(Avx.Permute2x128(p0, p2, 0x20), ref to, toStep, 0, columns);
        StoreRow(Avx.Permute2x128(p1, p3, 0x20), ref to, toStep, 1, columns);
        StoreRow(Avx.Permute2x128(p0, p2, 0x31), ref to, toStep, 2, columns);
        StoreRow(Avx.Permute2x128(p1, p3, 0x31), ref to, toStep, 3, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Row<T>(ref T block, nint step, int row, int rows)
        where T : unmanaged => row < rows ? Vector256.LoadUnsafe(ref block, (nuint)(row * step)) : Vector256<T>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<T>(Vector256<T> value, ref T block, nint step, int row, int rows)
        where T : unmanaged
    {
        if (row < rows)
        {
            value.StoreUnsafe(ref block, (nuint)(row * step));
        }
    }
}
