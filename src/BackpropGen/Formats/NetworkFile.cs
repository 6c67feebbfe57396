namespace BackpropGen;

/// <summary>Saves and loads the parameters of any network as safetensors: what <c>Save</c> and <c>Load</c> of every network call.</summary>
/// <remarks>
/// Tensors are called as in PyTorch, "dense1.weight" [outputs, inputs] and "dense1.bias" [outputs], and are F32 or F64 as the network is.
/// The metadata names the network, its topology and the generator.
/// </remarks>
public static class NetworkFile
{
    /// <summary>Writes the parameters to a file, which is replaced as a whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The network.</param>
    /// <typeparam name="T">The element type of the network.</typeparam>
    public static void Save<T>(string path, INeuralNetwork<T> network)
        where T : unmanaged => AtomicFile.Write(path, stream => Save(stream, network));

    /// <summary>Writes the parameters to a stream.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <param name="network">The network.</param>
    /// <typeparam name="T">The element type of the network.</typeparam>
    public static void Save<T>(Stream stream, INeuralNetwork<T> network)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(network);
        NetworkDescription description = network.Describe();
        SafetensorsWriter.Write(stream, Tensors(network), Metadata(description));
    }

    /// <summary>Replaces the parameters by those of a file; the state of the optimizer stays.</summary>
    /// <param name="path">The file: one that <c>Save</c> wrote, a checkpoint, or one from elsewhere with the same names and shapes.</param>
    /// <param name="network">The network. Nothing is changed where an exception is thrown.</param>
    /// <typeparam name="T">The element type of the network.</typeparam>
    /// <exception cref="InvalidDataException">The file is not sound, or not of this network; the message says what differs.</exception>
    /// <exception cref="InvalidOperationException">The network has swapped averages in place of its parameters.</exception>
    public static void Load<T>(string path, INeuralNetwork<T> network)
        where T : unmanaged => BoundedReader.Open(path, stream =>
        {
            Load(stream, network);
            return true;
        });

    /// <summary>Replaces the parameters by those of a stream, which is read to its end; the state of the optimizer stays.</summary>
    /// <param name="stream">The stream, at the start of the header.</param>
    /// <param name="network">The network. Nothing is changed where an exception is thrown.</param>
    /// <typeparam name="T">The element type of the network.</typeparam>
    /// <exception cref="InvalidDataException">The file is not sound, or not of this network; the message says what differs.</exception>
    /// <exception cref="InvalidOperationException">The network has swapped averages in place of its parameters.</exception>
    public static void Load<T>(Stream stream, INeuralNetwork<T> network)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(network);
        NetworkDescription description = network.Describe();
        SafetensorsHeader header = SafetensorsHeader.Read(stream);
        FileComparison.Check<T>(header, description);
        var parameters = new T[description.ParameterCount];
        ReadTensors(stream, header, ParameterTensor.Of(description).ToDictionary(tensor => tensor.Key, tensor => (tensor, parameters)));
        network.SetParameters(parameters);
    }

    /// <summary>The parameters as tensors of a file.</summary>
    internal static List<OutgoingTensor> Tensors<T>(INeuralNetwork<T> network)
        where T : unmanaged
    {
        NetworkDescription description = network.Describe();
        var parameters = new T[description.ParameterCount];
        network.CopyParametersTo(parameters);
        return ParameterTensor.Of(description)
            .Select(tensor => new OutgoingTensor(tensor.Key, ElementCodec.NameOf<T>(), tensor.Shape, stream => tensor.Write(stream, parameters)))
            .ToList();
    }

    /// <summary>What a file says of its network. "pt" says that weights are oriented as in PyTorch.</summary>
    internal static List<KeyValuePair<string, string>> Metadata(NetworkDescription network) =>
    [
        new("format", "pt"),
        new("backpropgen.generator", network.Generator),
        new("backpropgen.network", network.Name),
        new(FileComparison.TopologyKey, network.Topology),
        new("backpropgen.topology_sha256", network.TopologyHash),
    ];

    /// <summary>Reads the data of a stream to its end: tensors that have a place, in whatever order they come, and over all others.</summary>
    internal static void ReadTensors<T>(Stream stream, SafetensorsHeader header, Dictionary<string, (ParameterTensor Tensor, T[] Values)> places)
        where T : unmanaged
    {
        Span<byte> skipped = stackalloc byte[4096];
        foreach (SafetensorsEntry entry in header.Entries)
        {
            if (places.TryGetValue(entry.Name, out (ParameterTensor Tensor, T[] Values) place))
            {
                place.Tensor.Read(stream, entry.Type, place.Values);
                continue;
            }

            for (long left = entry.Length; left > 0; left -= Math.Min(left, skipped.Length))
            {
                BoundedReader.Fill(stream, skipped[..(int)Math.Min(left, skipped.Length)], $"data of {SafetensorsHeader.Quote(entry.Name)}");
            }
        }

        BoundedReader.ExpectEnd(stream);
    }
}
