using System.Diagnostics;

namespace BackpropGen.Benchmarks.Machine;

/// <summary>Time in nanoseconds; a <see cref="TimeSpan"/> counts in hundreds of them.</summary>
internal static class Clock
{
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    /// <summary>The time since a time stamp of <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public static double NanosecondsSince(long start) => (Stopwatch.GetTimestamp() - start) * NanosecondsPerTick;
}
