namespace BackpropGen.Conformance;

/// <summary>The console program.</summary>
internal static class Program
{
    private const int Failure = 1;
    private const int BadUsage = 2;

    public static int Main(string[] arguments) => Run(arguments, Console.Out, Console.Error);

    /// <summary>The program with its two outputs given; returns the exit code.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        var commandLine = CommandLine.Parse(arguments);
        if (commandLine.Help)
        {
            output.WriteLine(CommandLine.Usage);
            return 0;
        }

        if (commandLine.Error is not null)
        {
            return Complain(commandLine.Error, error);
        }

        if (commandLine.Train)
        {
            foreach (string line in TrainingRun.Lines())
            {
                output.WriteLine(line);
            }

            return 0;
        }

        try
        {
            IEnumerable<CaseResult> results = CaseRunner.Run(Sources(commandLine));
            return Report(results, commandLine.Verbose, output) ? 0 : Failure;
        }
        catch (FileNotFoundException exception)
        {
            return Complain(exception.Message, error);
        }
    }

    /// <summary>The cases asked for. Files are looked for at once, so that a wrong path is told before anything runs.</summary>
    private static IEnumerable<CaseSource> Sources(CommandLine commandLine)
    {
        IReadOnlyList<string> paths = commandLine.Paths.Count == 0 && commandLine.RandomNetworks == 0
            ? [VectorFolder.Default]
            : commandLine.Paths;
        string[] files = [.. paths.SelectMany(VectorFolder.Files)];
        return files
            .SelectMany(VectorFolder.Read)
            .Concat(RandomNetworks.Create(commandLine.RandomNetworks, commandLine.Seed));
    }

    /// <summary>Prints the results as they come; true if none failed.</summary>
    private static bool Report(IEnumerable<CaseResult> results, bool verbose, TextWriter output)
    {
        var counts = new int[Enum.GetValues<Outcome>().Length];
        foreach (CaseResult result in results)
        {
            counts[(int)result.Outcome]++;
            string? line = Describe(result, verbose);
            if (line is not null)
            {
                output.WriteLine(line);
            }
        }

        output.WriteLine(FormattableString.Invariant(
            $"{counts[(int)Outcome.Passed]} passed, {counts[(int)Outcome.Failed]} failed, {counts[(int)Outcome.Skipped]} skipped"));
        return counts[(int)Outcome.Failed] == 0;
    }

    private static string? Describe(CaseResult result, bool verbose) => result.Outcome switch
    {
        Outcome.Passed => verbose ? $"passed {result.Name} ({result.Compared} numbers)" : null,
        Outcome.Skipped => $"skipped {result.Name}: {result.Messages[0]}",
        _ when verbose => $"FAILED {result.Name}:\n    " + string.Join("\n    ", [.. result.Declaration.Split('\n'), .. result.Messages]),
        _ => $"FAILED {result.Name}: {result.Messages[0]}"
            + (result.Messages.Count > 1 ? $" ({result.Messages.Count - 1} more, see --verbose)" : ""),
    };

    private static int Complain(string message, TextWriter error)
    {
        error.WriteLine(message);
        error.WriteLine();
        error.WriteLine(CommandLine.Usage);
        return BadUsage;
    }
}
