namespace BackpropGen;

/// <summary>Compares what a file holds with what a network needs, and lists all that differs.</summary>
internal static class FileComparison
{
    public const string TopologyKey = "backpropgen.topology";

    /// <summary>What else may be in a file: the state of an optimizer. No layer has such keys, which have one dot.</summary>
    public const string OptimizerPrefix = "optimizer.state.";

    /// <summary>Demands the tensors of the network in the file, of its shapes, in a type that its own holds, and the same topology where the file states one.</summary>
    /// <exception cref="InvalidDataException">Something differs; the message lists what.</exception>
    public static void Check<T>(SafetensorsHeader header, NetworkDescription network)
        where T : unmanaged
    {
        var differences = new Differences();
        Tensors<T>(header, ParameterTensor.Of(network), differences);
        if (!differences.Any && header.Metadata.TryGetValue(TopologyKey, out string? topology) && topology != network.Topology)
        {
            // The tensors fit, so what differs is what is computed of them.
            Lines(topology, network.Topology, differences);
        }

        if (differences.Any)
        {
            throw differences.Refusal($"The file does not fit {network}");
        }
    }

    private static void Tensors<T>(SafetensorsHeader header, IReadOnlyList<ParameterTensor> needed, Differences differences)
        where T : unmanaged
    {
        // Of the file only what is needed is looked up: it may have any number of other tensors.
        Dictionary<string, SafetensorsEntry?> given = needed.ToDictionary(tensor => tensor.Key, _ => (SafetensorsEntry?)null, StringComparer.Ordinal);
        foreach (SafetensorsEntry entry in header.Entries)
        {
            if (given.ContainsKey(entry.Name))
            {
                given[entry.Name] = entry;
            }
        }

        foreach (ParameterTensor tensor in needed)
        {
            if (given[tensor.Key] is not { } entry)
            {
                differences.Add($"{tensor.Key} is missing");
            }
            else if (!entry.Shape.SequenceEqual(tensor.Shape))
            {
                differences.Add($"{tensor.Key} is {entry.TypeAndShape}, needed is {ElementCodec.NameOf<T>()} [{string.Join(", ", tensor.Shape)}]");
            }
            else if (!ElementCodec.Widens<T>(entry.Type))
            {
                differences.Add(typeof(T) == typeof(float) && entry.Type == "F64"
                    ? $"{tensor.Key} is F64, which a float network would have to round; convert the file, or declare Precision = Precision.Double"
                    : $"{tensor.Key} is {entry.Type}, needed is {ElementCodec.NameOf<T>()}");
            }
        }

        foreach (SafetensorsEntry entry in header.Entries)
        {
            if (!given.ContainsKey(entry.Name) && !entry.Name.StartsWith(OptimizerPrefix, StringComparison.Ordinal))
            {
                differences.AddUnexpected(entry.Name);
            }
        }
    }

    /// <summary>Compares two texts line by line, in place.</summary>
    private static void Lines(ReadOnlySpan<char> given, ReadOnlySpan<char> needed, Differences differences)
    {
        given = given.TrimEnd('\n');
        needed = needed.TrimEnd('\n');
        while (!given.IsEmpty || !needed.IsEmpty)
        {
            ReadOnlySpan<char> theirs = TakeLine(ref given);
            ReadOnlySpan<char> ours = TakeLine(ref needed);
            if (!theirs.SequenceEqual(ours))
            {
                differences.AddLine(theirs, ours);
            }
        }
    }

    private static ReadOnlySpan<char> TakeLine(ref ReadOnlySpan<char> text)
    {
        int end = text.IndexOf('\n');
        ReadOnlySpan<char> line = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return line;
    }
}
