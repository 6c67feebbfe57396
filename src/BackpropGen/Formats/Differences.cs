namespace BackpropGen;

/// <summary>
/// What differs between a file and what is needed: the first few in words, the others as a number. A file may differ in millions of things,
/// so that nothing is made of them but what the message shows.
/// </summary>
internal sealed class Differences
{
    /// <summary>Differences in one message.</summary>
    private const int MaxListed = 10;

    private readonly List<string> _listed = [];
    private long _count;

    public bool Any => _count > 0;

    /// <summary>Adds a difference; for those whose number the network limits.</summary>
    public void Add(string difference)
    {
        if (_count++ < MaxListed)
        {
            _listed.Add(difference);
        }
    }

    /// <summary>Adds a tensor of the file that nobody asked for.</summary>
    public void AddUnexpected(string name)
    {
        if (_count++ < MaxListed)
        {
            _listed.Add($"{SafetensorsHeader.Quote(name)} is unexpected");
        }
    }

    /// <summary>Adds a line of the topology; an empty one stands for none.</summary>
    public void AddLine(ReadOnlySpan<char> given, ReadOnlySpan<char> needed)
    {
        if (_count++ < MaxListed)
        {
            string theirs = given.IsEmpty ? "nothing" : SafetensorsHeader.Quote(given);
            string ours = needed.IsEmpty ? "nothing" : $"'{needed.ToString()}'";
            _listed.Add($"it was saved from {theirs} where this network has {ours}");
        }
    }

    /// <summary>The exception that lists them.</summary>
    public InvalidDataException Refusal(string subject)
    {
        string more = _count > MaxListed ? FormattableString.Invariant($"; and {_count - MaxListed} more") : string.Empty;
        return new InvalidDataException($"{subject}: {string.Join("; ", _listed)}{more}.");
    }
}
