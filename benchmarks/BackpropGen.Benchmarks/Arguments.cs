using System.Globalization;

namespace BackpropGen.Benchmarks;

/// <summary>The options after the command: <c>--name value</c>, or <c>--name</c> alone.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, List<string>> _values = [];
    private readonly HashSet<string> _asked = [];

    public Arguments(IEnumerable<string> arguments)
    {
        string? name = null;
        foreach (string argument in arguments)
        {
            if (argument.StartsWith("--", StringComparison.Ordinal))
            {
                name = argument[2..];
                _values.TryAdd(name, []);
            }
            else if (name is not null)
            {
                _values[name].Add(argument);
                name = null;
            }
            else
            {
                throw new UsageException($"{argument} belongs to no option.");
            }
        }
    }

    /// <summary>Whether an option is there.</summary>
    public bool Has(string name)
    {
        _asked.Add(name);
        bool there = _values.TryGetValue(name, out List<string>? values);
        return values is not { Count: > 0 } ? there : throw new UsageException($"--{name} takes no value.");
    }

    /// <summary>All values of an option; none if it is not there.</summary>
    public IReadOnlyList<string> All(string name)
    {
        _asked.Add(name);
        if (!_values.TryGetValue(name, out List<string>? values))
        {
            return [];
        }

        return values.Count > 0 ? values : throw new UsageException($"--{name} needs a value.");
    }

    /// <summary>The last value of an option, or null.</summary>
    public string? Last(string name) => All(name).LastOrDefault();

    /// <summary>The last value of an option as a number, or another if it is not there.</summary>
    public int Number(string name, int otherwise) => Last(name) is not { } text
        ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new UsageException($"--{name} needs an integer, got {text}.");

    /// <summary>Complains of options that nobody has asked for.</summary>
    public void RejectUnknown()
    {
        if (_values.Keys.FirstOrDefault(name => !_asked.Contains(name)) is { } unknown)
        {
            throw new UsageException($"There is no option --{unknown} here.");
        }
    }
}

/// <summary>A command line that cannot be obeyed.</summary>
internal sealed class UsageException(string message) : Exception(message);
