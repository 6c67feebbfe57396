namespace BackpropGen.Generator.Tests.Documentation;

/// <summary>What the generator writes for the networks that a page declares.</summary>
internal sealed class EmittedCode(Dictionary<string, string[]> files)
{
    /// <summary>The lines of a file.</summary>
    public IReadOnlyList<string> Lines(string hintName) => files[hintName];

    /// <summary>Whether the lines stand one after another in one of the files, all shifted by the same indentation.</summary>
    public bool Contains(IReadOnlyList<string> quote) =>
        files.Values.Any(file => Enumerable.Range(0, Math.Max(0, file.Length - quote.Count + 1)).Any(start => StandsAt(file, start, quote)));

    private static bool StandsAt(string[] file, int start, IReadOnlyList<string> quote)
    {
        string first = file[start];
        if (!first.EndsWith(quote[0], StringComparison.Ordinal) || first.AsSpan(0, first.Length - quote[0].Length).ContainsAnyExcept(' '))
        {
            return false;
        }

        string indentation = first[..(first.Length - quote[0].Length)];
        return !quote.Where((line, i) => file[start + i] != (line.Length == 0 ? string.Empty : indentation + line)).Any();
    }
}
