using BackpropGen.Benchmarks.Contestants;

namespace BackpropGen.Benchmarks.Ladder;

/// <summary>A contestant on a rung, and its times so far.</summary>
internal sealed record Entrant(string Name, IContestant Contestant)
{
    public List<double> Nanoseconds { get; } = [];

    public double BytesPerStep { get; set; }

    public Measurement ToMeasurement() => new(Name, [.. Nanoseconds.Order()], BytesPerStep);
}
