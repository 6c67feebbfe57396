using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit.Abstractions;

namespace BackpropGen.Conformance.Tests;

/// <summary>
/// The same source on narrower hardware: this program in processes of their own, in which the runtime does without some of what the
/// processor has. What the processor does not have cannot be taken away; on one without AVX-512 the first setting changes nothing.
/// </summary>
public class InstructionSetTests(ITestOutputHelper output)
{
    /// <summary>FMA goes with AVX2.</summary>
    private const string NoAvx512 = "EnableAVX512";
    private const string NoAvx2 = "EnableAVX2";
    private const string NoVectors = "EnableHWIntrinsic";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private static readonly Lazy<Training> Here = new(() => new Training([.. TrainingRun.Lines()]));

    [Theory]
    [InlineData(NoAvx512)]
    [InlineData(NoAvx2)]
    [InlineData(NoVectors)]
    public void All_reference_files_pass(string switchedOff)
    {
        (int code, string[] lines) = Run(switchedOff);

        Assert.True(code == 0 && lines[^1].EndsWith(" passed, 0 failed, 0 skipped", StringComparison.Ordinal), string.Join('\n', lines));
        int files = VectorFolder.Files(VectorFolder.Default).Count();
        int passed = int.Parse(lines[^1].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.True(passed >= files, $"{passed} cases of {files} files.");
    }

    [Fact]
    public void Weights_are_bitwise_the_same_without_AVX512()
    {
        Training without = Train(NoAvx512);

        Assert.DoesNotContain("512", without.Vectors, StringComparison.Ordinal);
        if (!Here.Value.Vectors.StartsWith("512", StringComparison.Ordinal))
        {
            output.WriteLine("This processor has no AVX-512: two runs on the same vectors were compared.");
        }

        Assert.Equal(Here.Value.Networks, without.Networks);
    }

    /// <summary>Without fused multiply-add each term is rounded twice.</summary>
    [Theory]
    [InlineData(NoAvx2, "128 bits")]
    [InlineData(NoVectors, "none")]
    public void Weights_are_the_same_but_for_rounding(string switchedOff, string vectors)
    {
        Training without = Train(switchedOff);

        Assert.Equal(vectors, without.Vectors);
        Assert.Equal(Here.Value.Networks.Keys, without.Networks.Keys);
        foreach ((string name, string numbers) in Here.Value.Networks)
        {
            if (!name.StartsWith(TrainingRun.Kinked, StringComparison.Ordinal))
            {
                var tolerance = new Tolerance(0, name.EndsWith("Double", StringComparison.Ordinal) ? 1e-13 : 1e-5, ToleranceScale.Tensor);
                var comparer = new Comparer(switchedOff, tolerance);
                comparer.Check(name, Training.Parse(without.Networks[name]), Training.Parse(numbers), columns: 1);
                Assert.Empty(comparer.Mismatches);
            }
        }
    }

    private static Training Train(string switchedOff)
    {
        (int code, string[] lines) = Run(switchedOff, "--train");
        Assert.True(code == 0, string.Join('\n', lines));
        return new Training(lines);
    }

    private static (int Code, string[] Lines) Run(string switchedOff, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(typeof(InstructionSetTests).Assembly.Location);
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment[$"DOTNET_{switchedOff}"] = "0";

        // .NET 8 and 9 know the setting by the name of the first part of AVX-512.
        if (switchedOff == NoAvx512)
        {
            start.Environment[$"DOTNET_{NoAvx512}F"] = "0";
        }

        using Process process = Process.Start(start)!;
        Task<string> text = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            throw new TimeoutException($"Without {switchedOff} the program did not end within {Patience}.");
        }

        return (process.ExitCode, text.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>What the program prints of a training: its vectors, and the numbers of each network.</summary>
    private sealed record Training(string Vectors, IReadOnlyDictionary<string, string> Networks)
    {
        public Training(string[] lines)
            : this(lines[0], lines.Skip(1).Select(line => line.Split(' ', 2)).ToDictionary(parts => parts[0], parts => parts[1]))
        {
        }

        public static double[] Parse(string numbers) =>
            [.. numbers.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    }
}
