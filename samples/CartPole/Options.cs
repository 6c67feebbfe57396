using System.Globalization;

namespace CartPoleSample;

/// <summary>An option that makes no sense; the message is one sentence for the person who typed it.</summary>
internal sealed class OptionException(string message) : Exception(message);

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    /// <summary>The text of <c>--help</c>.</summary>
    public const string Usage = """
        Teaches a network to balance a pole on a cart.

        usage: dotnet run -c Release --project samples/CartPole [-- options]

          --seed N      where the random numbers start                       (0)
          --steps N     how many steps to play and learn from                (200000)
          --games N     how many games to play at the end, to see how good   (100)
          --curve FILE  where to write the learning curve                    (learning-curve.png)
          --help        this text
        """;

    /// <summary>Where the random numbers start.</summary>
    public int Seed { get; private init; }

    /// <summary>How many steps to play and learn from; rounded up to whole rollouts.</summary>
    public int Steps { get; private init; } = 200_000;

    /// <summary>How many games to play at the end.</summary>
    public int Games { get; private init; } = 100;

    /// <summary>The picture of the learning curve.</summary>
    public string CurveFile { get; private init; } = "learning-curve.png";

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
                "--seed" => options with { Seed = Number(name, Value(), 0, int.MaxValue) },
                "--steps" => options with { Steps = Number(name, Value(), 1, 100_000_000) },
                "--games" => options with { Games = Number(name, Value(), 1, 100_000) },
                "--curve" => options with { CurveFile = PngFile(Value()) },
                "--help" or "-h" => options with { Help = true },
                _ => throw new OptionException($"There is no option '{argument}'; --help lists those there are."),
            };

            string Value() =>
                parts.Length == 2 ? parts[1]
                : rest.TryPeek(out string? next) && !next.StartsWith("--", StringComparison.Ordinal) ? rest.Dequeue()
                : throw new OptionException($"{name} needs a value.");
        }

        return options;
    }

    private static int Number(string name, string value, int min, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max
            ? number
            : throw new OptionException($"{name} needs a whole number from {min} to {max}, not '{value}'.");

    // Found out before the learning, not after it.
    private static string PngFile(string value) =>
        !value.EndsWith(".png", StringComparison.OrdinalIgnoreCase) ? throw new OptionException($"--curve needs a name that ends in .png, not '{value}'.")
        : !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(value))) ? throw new OptionException($"--curve needs a folder that exists, and there is none for '{value}'.")
        : value;
}
