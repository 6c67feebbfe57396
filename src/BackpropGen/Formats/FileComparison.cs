namespace BackpropGen;

/// <summary>Compares what a file holds with what a network needs, and lists all that differs.</summary>
internal static class FileComparison
{
    public const string TopologyKey = "backpropgen.topology";

    /// <summary>What else may be in a file: the state of an optimizer. No layer has such keys, which have one dot.</summary>
    public const string OptimizerPrefix = "optimizer.state.";

    /// <summary>Differences in one message.</summary>
    private const int MaxListed = 10;

    /// <summary>Demands the tensors of the network in the file, of its shapes, in a type that its own holds, and the same topology where the file states one.</summary>
    /// <exception cref="InvalidDataException">Something differs; the message lists what.</exception>
    public static void Check<T>(SafetensorsHeader header, NetworkDescription network)
        where T : unmanaged
    {
        List<string> differences = Tensors<T>(header, ParameterTensor.Of(network)).ToList();
        if (differences.Count == 0 && header.Metadata.TryGetValue(TopologyKey, out string? topology) && topology != network.Topology)
        {
            // The tensors fit, so what differs is what is computed of them.
            differences.AddRange(Lines(topology, network.Topology));
        }

        if (differences.Count > 0)
        {
            throw Refusal($"The file does not fit {network}", differences);
        }
    }

    /// <summary>The exception that lists differences.</summary>
    public static InvalidDataException Refusal(string subject, IReadOnlyCollection<string> differences)
    {
        string more = differences.Count > MaxListed ? $"; and {differences.Count - MaxListed} more" : string.Empty;
        return new InvalidDataException($"{subject}: {string.Join("; ", differences.Take(MaxListed))}{more}.");
    }

    private static IEnumerable<string> Tensors<T>(SafetensorsHeader header, IReadOnlyList<ParameterTensor> needed)
        where T : unmanaged
    {
        Dictionary<string, SafetensorsEntry> given = header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        foreach (ParameterTensor tensor in needed)
        {
            if (!given.TryGetValue(tensor.Key, out SafetensorsEntry? entry))
            {
                yield return $"{tensor.Key} is missing";
            }
            else if (!entry.Shape.SequenceEqual(tensor.Shape))
            {
                yield return $"{tensor.Key} is {entry.TypeAndShape}, needed is {ElementCodec.NameOf<T>()} [{string.Join(", ", tensor.Shape)}]";
            }
            else if (!ElementCodec.Widens<T>(entry.Type))
            {
                yield return typeof(T) == typeof(float) && entry.Type == "F64"
                    ? $"{tensor.Key} is F64, which a float network would have to round; convert the file, or declare Precision = Precision.Double"
                    : $"{tensor.Key} is {entry.Type}, needed is {ElementCodec.NameOf<T>()}";
            }
        }

        HashSet<string> known = needed.Select(tensor => tensor.Key).ToHashSet(StringComparer.Ordinal);
        foreach (SafetensorsEntry entry in header.Entries)
        {
            if (!known.Contains(entry.Name) && !entry.Name.StartsWith(OptimizerPrefix, StringComparison.Ordinal))
            {
                yield return $"{SafetensorsHeader.Quote(entry.Name)} is unexpected";
            }
        }
    }

    private static IEnumerable<string> Lines(string given, string needed)
    {
        string[] theirs = given.TrimEnd('\n').Split('\n');
        string[] ours = needed.TrimEnd('\n').Split('\n');
        for (int i = 0; i < Math.Max(theirs.Length, ours.Length); i++)
        {
            string their = i < theirs.Length ? theirs[i] : "nothing";
            string our = i < ours.Length ? ours[i] : "nothing";
            if (their != our)
            {
                yield return $"it was saved from {SafetensorsHeader.Quote(their)} where this network has '{our}'";
            }
        }
    }
}
