namespace BackpropGen.Benchmarks.Ladder;

/// <summary>What was measured of one contestant on one rung.</summary>
/// <param name="Contestant">Its name.</param>
/// <param name="Nanoseconds">Per step, one number per repetition, in ascending order.</param>
/// <param name="BytesPerStep">What a step allocated on the managed heap.</param>
internal sealed record Measurement(string Contestant, double[] Nanoseconds, double BytesPerStep)
{
    public double Minimum => Nanoseconds[0];

    public double Median => Nanoseconds[Nanoseconds.Length / 2];
}

/// <summary>What was measured on one rung; the first contestant is BackpropGen.</summary>
/// <param name="Rung">The rung.</param>
/// <param name="Measurements">One per contestant.</param>
/// <param name="PeakGflops">The peak of the core, measured between the slices.</param>
/// <param name="ClockGigahertz">Its clock, likewise.</param>
/// <param name="Notes">What there is to say of the check and of contestants that are missing.</param>
internal sealed record RungResult(
    Rung Rung, IReadOnlyList<Measurement> Measurements, double PeakGflops, double ClockGigahertz, IReadOnlyList<string> Notes);
