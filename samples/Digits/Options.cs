using System.Globalization;

namespace Digits;

/// <summary>An option that makes no sense; the message is one sentence for the person who typed it.</summary>
internal sealed class OptionException(string message) : Exception(message);

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    /// <summary>The text of <c>--help</c>.</summary>
    public const string Usage = """
        Trains a network on images of digits.

        usage: dotnet run -c Release --project samples/Digits [-- options]

          --data DIR    a folder with MNIST files (train-images-idx3-ubyte, t10k-labels-idx1-ubyte.gz, ...);
                        without it the program draws its digits itself
          --train N     train on the first N images         (all of the training set, or 80 % of a single set)
          --test N      test on the last N images           (all of the test set, or 20 % of a single set)
          --epochs N    how often to go through the images  (5)
          --batch N     images per training step            (64)
          --seed N      where the random numbers start      (1)
          --seeds N     train N networks, with N seeds from --seed on, and print the mean of their accuracies
          --output DIR  where to write the pictures, loss.png and confusion.png   (the current folder)
          --help        this text
        """;

    private const int MaxImages = 250_000;

    /// <summary>The folder of the MNIST files, or null to draw digits.</summary>
    public string? DataFolder { get; private init; }

    /// <summary>The number of images to train on, or null for the default of the data.</summary>
    public int? Train { get; private init; }

    /// <summary>The number of images to test on, or null for the default of the data.</summary>
    public int? Test { get; private init; }

    /// <summary>How often the training goes through the images.</summary>
    public int Epochs { get; private init; } = 5;

    /// <summary>The number of images of a training step.</summary>
    public int Batch { get; private init; } = 64;

    /// <summary>The first seed.</summary>
    public ulong Seed { get; private init; } = 1;

    /// <summary>How many networks to train, each with a seed of its own.</summary>
    public int Seeds { get; private init; } = 1;

    /// <summary>The folder of the pictures.</summary>
    public string OutputFolder { get; private init; } = ".";

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
            // Both --epochs 3 and --epochs=3.
            string[] parts = argument.Split('=', 2);
            string name = parts[0];
            if (!seen.Add(name))
            {
                throw new OptionException($"{name} is given twice.");
            }

            options = name switch
            {
                "--data" => options with { DataFolder = Folder(name, Value()) },
                "--train" => options with { Train = Number(name, Value(), MaxImages) },
                "--test" => options with { Test = Number(name, Value(), MaxImages) },
                "--epochs" => options with { Epochs = Number(name, Value(), 10_000) },
                "--batch" => options with { Batch = Number(name, Value(), 65_536) },
                "--seed" => options with { Seed = SeedNumber(Value()) },
                "--seeds" => options with { Seeds = Number(name, Value(), 1_000) },
                "--output" => options with { OutputFolder = Folder(name, Value()) },
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

    private static string Folder(string name, string value) =>
        Directory.Exists(value) ? value : throw new OptionException($"{name} needs a folder, and there is none at '{value}'.");

    private static int Number(string name, string value, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= max
            ? number
            : throw new OptionException($"{name} needs a whole number from 1 to {max}, not '{value}'.");

    private static ulong SeedNumber(string value) =>
        ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            ? number
            : throw new OptionException($"--seed needs a whole number from 0 to {ulong.MaxValue}, not '{value}'.");
}
