using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using BackpropGen.Benchmarks;
using BackpropGen.Benchmarks.Ladder;

// Without arguments: times the rungs in this process. With the path of the published program: runs that one and itself in turns, and
// prints the least times of both and the speed of the published one as a share of the other's.
const int Turns = 8;
if (args.Length == 0)
{
    Console.WriteLine(Vectors());
    foreach (Rung rung in Rungs.All.Where(rung => rung.Family is "T1" or "T2" or "T3" or "T5" or "T6" && rung.Update == Update.Sgd))
    {
        Console.WriteLine(FormattableString.Invariant($"{rung.Name}\t{Timing.Least(rung):R}"));
    }

    return 0;
}

string itself = Path.Combine(AppContext.BaseDirectory, "BackpropGen.Benchmarks.Aot.dll");
Dictionary<string, double> compiledJustInTime = [];
Dictionary<string, double> compiledAhead = [];
string[] vectors = ["", ""];
for (int turn = 0; turn < Turns; turn++)
{
    vectors[0] = Run(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [itself]), compiledJustInTime);
    vectors[1] = Run(new ProcessStartInfo(args[0]), compiledAhead);
}

Console.WriteLine($"JIT: {vectors[0]}\nAOT: {vectors[1]}\n\n{"",-14}{"JIT ns",12}{"AOT ns",12}{"share",8}");
foreach ((string name, double nanoseconds) in compiledJustInTime)
{
    Console.WriteLine(FormattableString.Invariant($"{name,-14}{nanoseconds,12:N0}{compiledAhead[name],12:N0}{nanoseconds / compiledAhead[name],8:F2}"));
}

return 0;

static string Run(ProcessStartInfo start, Dictionary<string, double> least)
{
    start.RedirectStandardOutput = true;
    using Process process = Process.Start(start)!;
    string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    process.WaitForExit();
    if (process.ExitCode != 0)
    {
        throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}.");
    }

    foreach (string[] columns in lines.Skip(1).Select(line => line.Split('\t')))
    {
        double nanoseconds = double.Parse(columns[1], CultureInfo.InvariantCulture);
        least[columns[0]] = Math.Min(nanoseconds, least.GetValueOrDefault(columns[0], double.PositiveInfinity));
    }

    return lines[0];
}

static string Vectors() => FormattableString.Invariant(
    $"vectors of {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)} bits{(Fma.IsSupported ? ", FMA" : "")}");
