using System.Globalization;

namespace Iris;

/// <summary>An option that makes no sense; the message is one sentence for the person who typed it.</summary>
internal sealed class OptionException(string message) : Exception(message);

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    /// <summary>The text of <c>--help</c>.</summary>
    public const string Usage = """
        Teaches a network to tell three species of iris apart by four measurements.

        usage: dotnet run -c Release --project samples/Iris [-- options]

          --data FILE   a CSV file of flowers: four measurements, then the species;
                        without it the program draws flowers and writes them into a file
          --drawn FILE  where to write the drawn flowers                  (iris.csv in a new temporary folder)
          --epochs N    how often to go through the flowers of training   (300)
          --seed N      where the random numbers start                    (1)
          --help        this text
        """;

    /// <summary>The file of the flowers, or null to draw some.</summary>
    public string? DataFile { get; private init; }

    /// <summary>The file for drawn flowers, or null for one in a temporary folder.</summary>
    public string? DrawnFile { get; private init; }

    /// <summary>How often the training goes through its flowers.</summary>
    public int Epochs { get; private init; } = 300;

    /// <summary>Where the random numbers start: of the flowers, of the split, of the networks.</summary>
    public int Seed { get; private init; } = 1;

    /// <summary>Whether to print <see cref="Usage"/> and do nothing else.</summary>
    public bool Help { get; private init; }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="OptionException">It cannot be followed.</exception>
    public static Options Parse(IEnumerable<string> arguments)
    {
        var options = new Options();
        var seen = new HashSet<string>();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out string? argument))
        {
            // Both --seed 3 and --seed=3.
            string[] parts = argument.Split('=', 2);
            string name = parts[0];
            if (!seen.Add(name))
            {
                throw new OptionException($"{name} is given twice.");
            }

            options = name switch
            {
                "--data" => options with { DataFile = ExistingFile(Value()) },
                "--drawn" => options with { DrawnFile = Value() },
                "--epochs" => options with { Epochs = Number(name, Value(), 1, 100_000) },
                "--seed" => options with { Seed = Number(name, Value(), 0, int.MaxValue) },
                "--help" or "-h" => options with { Help = true },
                _ => throw new OptionException($"There is no option '{argument}'; --help lists those there are."),
            };

            string Value() =>
                parts.Length == 2 ? parts[1]
                : rest.TryPeek(out string? next) && !next.StartsWith("--", StringComparison.Ordinal) ? rest.Dequeue()
                : throw new OptionException($"{name} needs a value.");
        }

        return options is { DataFile: null } or { DrawnFile: null }
            ? options
            : throw new OptionException("--drawn names a file for drawn flowers, and with --data none are drawn.");
    }

    private static string ExistingFile(string value) =>
        File.Exists(value) ? value : throw new OptionException($"--data needs a file, and there is none at '{value}'.");

    private static int Number(string name, string value, int min, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max
            ? number
            : throw new OptionException($"{name} needs a whole number from {min} to {max}, not '{value}'.");
}
