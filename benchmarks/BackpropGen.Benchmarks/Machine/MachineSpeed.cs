namespace BackpropGen.Benchmarks.Machine;

/// <summary>The best that was seen of the machine while something was measured: short samples, taken between the measurements.</summary>
internal sealed class MachineSpeed
{
    /// <summary>GFLOP/s of one core, float32, vectors of 256 bits; 0 if not known.</summary>
    public double PeakGflops { get; private set; }

    public double ClockGigahertz { get; private set; }

    public void Sample()
    {
        PeakGflops = Math.Max(PeakGflops, FmaPeak.Measure());
        ClockGigahertz = Math.Max(ClockGigahertz, ClockSpeed.Measure());
    }

    /// <summary>The name of the processor where the system tells it.</summary>
    public static string Processor()
    {
        const string file = "/proc/cpuinfo";
        string? line = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is null ? "unknown processor" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
