using System.Globalization;
using BackpropGen.Benchmarks.Machine;

namespace BackpropGen.Benchmarks.Ladder;

/// <summary>Prints results for people.</summary>
internal static class LadderTable
{
    public static void WriteHeader(TextWriter output) =>
        output.WriteLine($"{MachineSpeed.Processor()}, .NET {Environment.Version}, one thread unless said otherwise, float32");

    public static void Write(TextWriter output, RungResult result)
    {
        Rung rung = result.Rung;
        output.WriteLine();
        output.WriteLine(FormattableString.Invariant(
            $"{rung.Name}   {rung.Topology}   {rung.Flops / 1e6:G4} Mflop   FMA peak {result.PeakGflops:F1} GFLOP/s, clock {result.ClockGigahertz:F2} GHz"));
        foreach (string note in result.Notes)
        {
            output.WriteLine($"  {note}");
        }

        output.WriteLine(
            $"  {"",-20}{"min ns",14}{"median ns",14}{"reps",6}{"GFLOP/s",9}{"% peak",8}{"cycles",14}{"time ratio",12}{"B/step",9}");
        foreach (Measurement measurement in result.Measurements)
        {
            double gflops = rung.Flops / measurement.Minimum;
            output.WriteLine(FormattableString.Invariant($"  {measurement.Contestant,-20}")
                + FormattableString.Invariant($"{Time(measurement.Minimum),14}{Time(measurement.Median),14}{measurement.Nanoseconds.Length,6}")
                + FormattableString.Invariant($"{gflops,9:F2}{100 * gflops / result.PeakGflops,8:F1}")
                + FormattableString.Invariant($"{measurement.Minimum * result.ClockGigahertz,14:N0}")
                + FormattableString.Invariant($"{measurement.Minimum / result.Measurements[0].Minimum,12:F2}{measurement.BytesPerStep,9:N0}"));
        }
    }

    /// <summary>With a decimal only where it could mean anything.</summary>
    private static string Time(double nanoseconds) =>
        nanoseconds.ToString(nanoseconds < 10_000 ? "N1" : "N0", CultureInfo.InvariantCulture);
}
