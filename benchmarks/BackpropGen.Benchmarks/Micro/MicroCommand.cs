using BenchmarkDotNet.Running;

namespace BackpropGen.Benchmarks.Micro;

/// <summary>The command <c>micro</c>: the pieces one by one, measured by BenchmarkDotNet.</summary>
internal static class MicroCommand
{
    public const string Usage = """
        micro      elementwise functions per element, and the passes of two networks, by BenchmarkDotNet
          ...             what follows goes to BenchmarkDotNet, for instance --filter '*Tanh*' --job short; --list flat lists the benchmarks
        """;

    public static int Run(string[] arguments)
    {
        // Nobody is there to choose from a list.
        string[] chosen = arguments.Length == 0 ? ["--filter", "*"] : arguments;
        bool failed = BenchmarkSwitcher.FromAssembly(typeof(MicroCommand).Assembly)
            .Run(chosen)
            .Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success));
        return failed ? 1 : 0;
    }
}
