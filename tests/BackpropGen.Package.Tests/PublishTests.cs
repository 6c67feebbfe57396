using System.Diagnostics;
using Xunit.Abstractions;

namespace BackpropGen.Package.Tests;

/// <summary>The program of the README, published: trimmed, and as machine code. Neither compiler has a warning, and both programs learn.</summary>
[Collection(PackageTests.Name)]
public sealed class PublishTests(PackageFixture package, ITestOutputHelper report)
{
    private const int Runs = 5;

    [NativeLinkerFact]
    public async Task NativeCodeLearnsXor() => await PublishAsync("XorNative", "PublishAot=true");

    [Fact]
    public async Task ATrimmedProgramLearnsXor() => await PublishAsync("XorTrimmed", "PublishTrimmed=true", "TrimMode=full", "SelfContained=true");

    private async Task PublishAsync(string name, params string[] settings)
    {
        string[] properties = ["Exe", "UseAppHost=true", "TrimmerSingleWarn=false", "DebugType=none", .. settings];
        Consumer consumer = Consumer.Create(package, name, "net10.0", properties, ConsumerTests.ReadmeProgram());
        string program = await consumer.PublishAsync();

        TimeSpan best = TimeSpan.MaxValue;
        for (int run = 0; run < Runs; run++)
        {
            (string output, TimeSpan time) = await RunAsync(program);
            ConsumerTests.AssertLearnsXor(output);
            best = time < best ? time : best;
        }

        long size = new FileInfo(program).Length;
        long folder = Directory.GetFiles(Path.GetDirectoryName(program)!).Where(file => !file.EndsWith(".dbg", StringComparison.Ordinal)).Sum(file => new FileInfo(file).Length);
        report.WriteLine(FormattableString.Invariant(
            $"{name}: program {size / 1e6:F2} MB, folder {folder / 1e6:F2} MB; {best.TotalMilliseconds:F1} ms from start to exit, training included (best of {Runs})."));
    }

    private static async Task<(string Output, TimeSpan Time)> RunAsync(string program)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(program) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        Assert.Equal(0, process.ExitCode);
        return (output, time);
    }
}

/// <summary>A test that needs a linker of the system; where there is none, it says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NativeLinkerFactAttribute : FactAttribute
{
    public NativeLinkerFactAttribute()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        if (!OperatingSystem.IsWindows() && !folders.Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc"))))
        {
            Skip = "Native code needs a linker, and neither clang nor gcc is in the PATH.";
        }
    }
}
