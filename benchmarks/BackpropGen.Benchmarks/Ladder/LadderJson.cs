using System.Text.Json;
using BackpropGen.Benchmarks.Machine;

namespace BackpropGen.Benchmarks.Ladder;

/// <summary>Writes results for programs: all repetitions, and no number that follows from others.</summary>
internal static class LadderJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Write(string path, IReadOnlyList<RungResult> results)
    {
        var document = new
        {
            processor = MachineSpeed.Processor(),
            runtime = Environment.Version.ToString(),
            rungs = results.Select(result => new
            {
                name = result.Rung.Name,
                topology = result.Rung.Topology.ToString(),
                batch = result.Rung.Batch,
                flops = result.Rung.Flops,
                peakGflops = result.PeakGflops,
                clockGigahertz = result.ClockGigahertz,
                notes = result.Notes,
                contestants = result.Measurements.Select(measurement => new
                {
                    name = measurement.Contestant,
                    nanoseconds = measurement.Nanoseconds,
                    bytesPerStep = measurement.BytesPerStep,
                }),
            }),
        };
        File.WriteAllText(path, JsonSerializer.Serialize(document, Indented) + "\n");
    }
}
