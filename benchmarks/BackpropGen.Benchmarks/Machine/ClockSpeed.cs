using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace BackpropGen.Benchmarks.Machine;

/// <summary>The clock that the core really runs at: an addition of integers takes one cycle wherever one has to wait for the one before.</summary>
internal static class ClockSpeed
{
    private const int Iterations = 20_000;
    private const int AdditionsPerIteration = 16;

    private static long Sink;

    /// <summary>GHz, from one short run.</summary>
    public static double Measure()
    {
        long start = Stopwatch.GetTimestamp();
        Sink = Run(Iterations, Sink + 1);
        return (double)Iterations * AdditionsPerIteration / Clock.NanosecondsSince(start);
    }

    /// <summary>Fibonacci's sequence: each sum needs the last, and there is no shorter way that a compiler would know.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static long Run(int iterations, long x)
    {
        long y = 1;
        for (int i = 0; i < iterations; i++)
        {
            x += y;
            y += x;
            x += y;
            y += x;
            x += y;
            y += x;
            x += y;
            y += x;
            x += y;
            y += x;
            x += y;
            y += x;
            x += y;
            y += x;
            x += y;
            y += x;
        }

        return x + y;
    }
}
