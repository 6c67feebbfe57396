using System.Diagnostics;
using BackpropGen.Benchmarks.Ladder;

namespace BackpropGen.Benchmarks.Jit;

/// <summary>The command <c>jit</c>: what the first step costs, in processes of their own with the runtime's usual settings.</summary>
internal static class JitCommand
{
    public const string Usage = """
        jit        what new and the first TrainStep cost a fresh process
          --count N       how many processes per network; 7 unless given
        """;

    // What the parent asks of a child.
    private const string ChildOption = "child";

    private static readonly Candidate[] Candidates =
    [
        new("T5 784-128-64-10", 784, 10, 64, () => new T5Network(1)),
        new("depth 1 of width 32", 32, 32, 32, () => new Depth1Network(1)),
        new("depth 8 of width 32", 32, 32, 32, () => new Depth8Network(1)),
        new("depth 64 of width 32", 32, 32, 32, () => new Depth64Network(1)),
    ];

    public static int Run(Arguments arguments)
    {
        int child = arguments.Number(ChildOption, -1);
        int count = arguments.Number("count", 7);
        arguments.RejectUnknown();
        if (child >= 0 && child < Candidates.Length)
        {
            Candidate candidate = Candidates[child];
            var inputs = new float[candidate.Batch * candidate.Inputs];
            Array.Fill(inputs, 0.5f);
            var targets = new float[candidate.Batch * candidate.Outputs];
            Console.WriteLine(Startup.Measure(candidate.Create, inputs, targets, new int[candidate.Batch]).ToLine());
            return 0;
        }

        Console.WriteLine(
            $"{"",-22}{"first call ms",14}{"median",9}{"of it JIT ms",14}{"methods",9}{"IL bytes",10}{"second step ms",16}");
        for (int i = 0; i < Candidates.Length; i++)
        {
            Startup[] runs = [.. Enumerable.Range(0, Math.Max(1, count)).Select(_ => RunChild(i)).OrderBy(run => run.FirstCall)];
            Startup best = runs[0];
            Console.WriteLine(FormattableString.Invariant($"{Candidates[i].Name,-22}{best.FirstCall,14:F1}")
                + FormattableString.Invariant($"{runs[runs.Length / 2].FirstCall,9:F1}{best.Compilation,14:F1}{best.Methods,9:N0}")
                + FormattableString.Invariant($"{best.IntermediateBytes,10:N0}{best.SecondStep,16:F3}"));
        }

        return 0;
    }

    /// <summary>Measures one network in a new process.</summary>
    private static Startup RunChild(int index)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(typeof(JitCommand).Assembly.Location);
        }

        start.ArgumentList.Add("jit");
        start.ArgumentList.Add($"--{ChildOption}");
        start.ArgumentList.Add(FormattableString.Invariant($"{index}"));

        // The ladder switches the quick first compilation off; a user's program has it.
        start.Environment["DOTNET_TC_QuickJit"] = "1";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Startup.Parse(output.Trim())
            : throw new InvalidOperationException($"The process for {Candidates[index].Name} ended with {process.ExitCode}.");
    }

    /// <summary>A network, and the batch of its first step.</summary>
    private sealed record Candidate(string Name, int Inputs, int Outputs, int Batch, Func<ILadderNetwork> Create);
}
