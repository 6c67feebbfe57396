using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Benchmarks.Machine;

/// <summary>
/// The float32 peak of one core with vectors of 256 bits: what <see cref="Fma.MultiplyAdd(Vector256{float}, Vector256{float}, Vector256{float})"/>
/// gives when nothing but its own latency could stop it.
/// </summary>
internal static class FmaPeak
{
    private const int Iterations = 20_000;
    private const int Accumulators = 12;
    private const int FlopsPerInstruction = 16;

    private static float Sink;

    /// <summary>GFLOP/s of one short run, or 0 on a processor without the instruction.</summary>
    public static double Measure()
    {
        if (!Fma.IsSupported)
        {
            return 0;
        }

        long start = Stopwatch.GetTimestamp();
        Sink = Run(Iterations);
        double nanoseconds = Clock.NanosecondsSince(start);
        return (double)Iterations * Accumulators * FlopsPerInstruction / nanoseconds;
    }

    /// <summary>
    /// Twelve chains hide the latency of the instruction (4 cycles, two a cycle: 8 would do) and fit with x and y into the 16 registers.
    /// Locals in a method of its own, so that nothing makes the compiler spill them.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Run(int iterations)
    {
        var x = Vector256.Create(0.9999f);
        var y = Vector256.Create(1e-6f);
        Vector256<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int n = 0; n < iterations; n++)
        {
            a = Fma.MultiplyAdd(a, x, y);
            b = Fma.MultiplyAdd(b, x, y);
            c = Fma.MultiplyAdd(c, x, y);
            d = Fma.MultiplyAdd(d, x, y);
            e = Fma.MultiplyAdd(e, x, y);
            f = Fma.MultiplyAdd(f, x, y);
            g = Fma.MultiplyAdd(g, x, y);
            h = Fma.MultiplyAdd(h, x, y);
            i = Fma.MultiplyAdd(i, x, y);
            j = Fma.MultiplyAdd(j, x, y);
            k = Fma.MultiplyAdd(k, x, y);
            l = Fma.MultiplyAdd(l, x, y);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
