using System.Text;
using BackpropGen.Benchmarks.Editor;
using BackpropGen.Benchmarks.Jit;
using BackpropGen.Benchmarks.Ladder;
using BackpropGen.Benchmarks.Micro;
using BackpropGen.Benchmarks.Shapes;

namespace BackpropGen.Benchmarks;

/// <summary>The console program.</summary>
internal static class Program
{
    private const string Usage = $"""
        Measures what BackpropGen emits.

        usage: BackpropGen.Benchmarks COMMAND [options]

        {LadderCommand.Usage}

        {ShapesCommand.Usage}

        {PrecisionCommand.Usage}

        {JitCommand.Usage}

        {GeneratorCommand.Usage}

        {MicroCommand.Usage}

        Exit code: 0, or 1 if contestants do not agree on a result, or 2 if the command line is wrong.
        """;

    public static int Main(string[] arguments)
    {
        Console.OutputEncoding = Encoding.UTF8;
        try
        {
            // The options of this command are those of BenchmarkDotNet.
            if (arguments.FirstOrDefault() == "micro")
            {
                return MicroCommand.Run(arguments[1..]);
            }

            var options = new Arguments(arguments.Skip(1));
            switch (arguments.FirstOrDefault())
            {
                case "ladder":
                    return LadderCommand.Run(options);

                case "shapes":
                    return ShapesCommand.Run(options);

                case "precision":
                    return PrecisionCommand.Run(options);

                case "jit":
                    return JitCommand.Run(options);

                case "generator":
                    return GeneratorCommand.Run(options);

                case null or "--help" or "-h" or "help":
                    Console.WriteLine(Usage);
                    return 0;

                case var command:
                    throw new UsageException($"There is no command {command}.");
            }
        }
        catch (UsageException exception)
        {
            Console.Error.WriteLine($"{exception.Message}\n\n{Usage}");
            return 2;
        }
        catch (ResultsDifferException exception)
        {
            Console.Error.WriteLine($"FAILED {exception.Message}");
            return 1;
        }
    }
}
