using System.Globalization;

namespace BackpropGen.Conformance;

/// <summary>What the command line asks for.</summary>
/// <param name="Paths">The files and folders to run; empty for none named.</param>
/// <param name="RandomNetworks">How many random networks to run.</param>
/// <param name="Seed">The seed of the random networks.</param>
/// <param name="Verbose">Whether every case is printed.</param>
/// <param name="Train">Whether only the fixed networks are trained.</param>
/// <param name="Help">Whether only the usage is asked for.</param>
/// <param name="Error">What is wrong with the command line, or null.</param>
internal sealed record CommandLine(
    IReadOnlyList<string> Paths, int RandomNetworks = 0, int Seed = 0, bool Verbose = false, bool Train = false, bool Help = false,
    string? Error = null)
{
    public const string Usage = """
        Compares what the generator emits with reference numbers.

        usage: BackpropGen.Conformance [FOLDER or FILE ...] [--random N] [--seed S] [--verbose]

          FOLDER or FILE   cases in the schema nn-vectors/1; a folder is searched with its subfolders for *.json.
                           Without any, and without --random, the repository's tests/vectors.
          --random N       N random networks, compared with the graph interpreter and with central differences
          --seed S         the seed of the random networks, an integer; 0 unless given
          --verbose        print every case
          --train          do nothing but train three networks in both precisions for 200 steps; print the vectors of this processor,
                           then for each network its last loss and its weights, to compare with those of another processor
          --help           print this

        Prints one line per failing or skipped case, and last the line "N passed, N failed, N skipped".
        Exit code: 0 if no case failed, 1 if one did, 2 if the command line is wrong.
        """;

    /// <summary>Reads the arguments.</summary>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        List<string> paths = [];
        var result = new CommandLine(paths);
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            switch (argument)
            {
                case "--help" or "-h":
                    return result with { Help = true };

                case "--verbose":
                    result = result with { Verbose = true };
                    break;

                case "--train":
                    result = result with { Train = true };
                    break;

                case "--random" or "--seed":
                    string value = ++i < arguments.Count ? arguments[i] : "nothing";
                    if (!int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
                        || (argument == "--random" && number < 1))
                    {
                        string needed = argument == "--random" ? "an integer of at least 1" : "an integer";
                        return result with { Error = $"{argument} needs {needed}, got {value}." };
                    }

                    result = argument == "--random" ? result with { RandomNetworks = number } : result with { Seed = number };
                    break;

                default:
                    if (argument.StartsWith('-'))
                    {
                        return result with { Error = $"There is no option {argument}." };
                    }

                    paths.Add(argument);
                    break;
            }
        }

        return result;
    }
}
