using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BackpropGen;

/// <summary>
/// One file with all that it takes to go on training to the same bits: the weights as <c>Save</c> writes them, what the optimizer has
/// gathered, and a text of the caller's, such as the state of his random numbers and the position in his data.
/// </summary>
/// <remarks>
/// The file is a safetensors file. Each tensor of the optimizer is "optimizer.state." and its name, with one element per parameter in the
/// order of <c>Parameters</c>; its single numbers are JSON in the metadata. <c>Load</c> of the network takes the weights out of it.
/// </remarks>
public static class Checkpoint
{
    private const string NumbersKey = "backpropgen.optimizer_numbers";
    private const string TrainingStateKey = "backpropgen.training_state";

    /// <summary>The number of a state that says whether the averages stand in place of the parameters.</summary>
    private const string SwappedNumber = "averages_are_swapped";

    /// <summary>Writes a checkpoint to a file, which is replaced as a whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The network with its optimizer.</param>
    /// <param name="trainingState">Any text, given back by <see cref="Load{T}(string, ITrainableNetwork{T})"/>.</param>
    /// <typeparam name="T">The element type of the network.</typeparam>
    public static void Save<T>(string path, ITrainableNetwork<T> network, string trainingState = "")
        where T : unmanaged => AtomicFile.Write(path, stream => Save(stream, network, trainingState));

    /// <summary>Writes a checkpoint to a stream.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <param name="network">The network with its optimizer.</param>
    /// <param name="trainingState">Any text, given back by <see cref="Load{T}(Stream, ITrainableNetwork{T})"/>.</param>
    /// <typeparam name="T">The element type of the network.</typeparam>
    public static void Save<T>(Stream stream, ITrainableNetwork<T> network, string trainingState = "")
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(trainingState);

        // Half of a surrogate pair would come back as something else: better no file.
        _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(trainingState);
        OptimizerState<T> state = network.GetOptimizerState();
        List<OutgoingTensor> tensors = NetworkFile.Tensors(network);
        foreach ((string name, T[] values) in state.Tensors)
        {
            var place = new ParameterTensor(FileComparison.OptimizerPrefix + name, Offset: 0, Rows: values.Length, Columns: 0);
            tensors.Add(new OutgoingTensor(place.Key, ElementCodec.NameOf<T>(), place.Shape, target => place.Write(target, values)));
        }

        List<KeyValuePair<string, string>> metadata = NetworkFile.Metadata(network.Describe());
        metadata.Add(new(NumbersKey, WriteNumbers(state.Numbers)));
        metadata.Add(new(TrainingStateKey, trainingState));
        SafetensorsWriter.Write(stream, tensors, metadata);
    }

    /// <summary>Puts a network and its optimizer where a checkpoint found them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">A network of the same topology, with the same kind of optimizer. Nothing is changed where an exception is thrown.</param>
    /// <returns>The text that was given to <c>Save</c>.</returns>
    /// <typeparam name="T">The element type of the network.</typeparam>
    /// <exception cref="InvalidDataException">The file is not sound, no checkpoint, or not of this network; the message says what differs.</exception>
    public static string Load<T>(string path, ITrainableNetwork<T> network)
        where T : unmanaged => BoundedReader.Open(path, stream => Load(stream, network));

    /// <summary>Puts a network and its optimizer where a checkpoint found them; the stream is read to its end.</summary>
    /// <param name="stream">The stream, at the start of the header.</param>
    /// <param name="network">A network of the same topology, with the same kind of optimizer. Nothing is changed where an exception is thrown.</param>
    /// <returns>The text that was given to <c>Save</c>.</returns>
    /// <typeparam name="T">The element type of the network.</typeparam>
    /// <exception cref="InvalidDataException">The file is not sound, no checkpoint, or not of this network; the message says what differs.</exception>
    public static string Load<T>(Stream stream, ITrainableNetwork<T> network)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(network);
        NetworkDescription description = network.Describe();
        SafetensorsHeader header = SafetensorsHeader.Read(stream);
        FileComparison.Check<T>(header, description);
        if (!header.Metadata.TryGetValue(NumbersKey, out string? numbers) || !header.Metadata.TryGetValue(TrainingStateKey, out string? trainingState))
        {
            throw new InvalidDataException("The file has weights alone and is no checkpoint; the network's Load takes it.");
        }

        // The names that are needed are those of the optimizer's present state.
        OptimizerState<T> present = network.GetOptimizerState();
        CheckTensors(header, present, description);
        OptimizerState<T> state = ReadNumbers(numbers, present, description);

        var parameters = new T[description.ParameterCount];
        Dictionary<string, (ParameterTensor Place, T[] Values)> places =
            ParameterTensor.Of(description).ToDictionary(tensor => tensor.Key, tensor => (tensor, parameters), StringComparer.Ordinal);
        foreach ((string name, T[] values) in present.Tensors)
        {
            var place = new ParameterTensor(FileComparison.OptimizerPrefix + name, Offset: 0, Rows: values.Length, Columns: 0);
            places.Add(place.Key, (place, values));
            state.AddTensor(name, values);
        }

        NetworkFile.ReadTensors(stream, header, places);
        try
        {
            // A network whose averages are swapped in takes no parameters, so that is said last.
            network.SetOptimizerState(WithoutSwap(state));
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"The state of the optimizer does not fit: {exception.Message}", exception);
        }

        network.SetParameters(parameters);
        if (IsSwapped(state))
        {
            network.SetOptimizerState(state);
        }

        return trainingState;
    }

    private static void CheckTensors<T>(SafetensorsHeader header, OptimizerState<T> needed, NetworkDescription network)
        where T : unmanaged
    {
        var differences = new Differences();
        Dictionary<string, SafetensorsEntry?> given = needed.Tensors.ToDictionary(
            tensor => FileComparison.OptimizerPrefix + tensor.Key, _ => (SafetensorsEntry?)null, StringComparer.Ordinal);
        foreach (SafetensorsEntry entry in header.Entries)
        {
            if (given.ContainsKey(entry.Name))
            {
                given[entry.Name] = entry;
            }
        }

        foreach ((string name, T[] values) in needed.Tensors)
        {
            if (given[FileComparison.OptimizerPrefix + name] is not { } entry)
            {
                differences.Add($"{FileComparison.OptimizerPrefix}{name} is missing");
            }
            else if (!entry.Shape.SequenceEqual([values.LongLength]) || !ElementCodec.Widens<T>(entry.Type))
            {
                differences.Add($"{entry.Name} is {entry.TypeAndShape}, needed is {ElementCodec.NameOf<T>()} [{values.Length}]");
            }
        }

        foreach (SafetensorsEntry entry in header.Entries)
        {
            if (!given.ContainsKey(entry.Name) && entry.Name.StartsWith(FileComparison.OptimizerPrefix, StringComparison.Ordinal))
            {
                differences.AddUnexpected(entry.Name);
            }
        }

        if (differences.Any)
        {
            throw differences.Refusal(Misfit(network));
        }
    }

    private static string Misfit(NetworkDescription network) => $"The checkpoint does not fit the optimizer of {network}";

    private static bool IsSwapped<T>(OptimizerState<T> state)
        where T : unmanaged => state.TryGetNumber(SwappedNumber, out double swapped) && swapped != 0;

    /// <summary>The same state with the averages where they belong; the tensors are shared.</summary>
    private static OptimizerState<T> WithoutSwap<T>(OptimizerState<T> state)
        where T : unmanaged
    {
        // Anything but 1 is no swap; the network says what is wrong with it.
        if (!state.TryGetNumber(SwappedNumber, out double swapped) || swapped != 1)
        {
            return state;
        }

        var result = new OptimizerState<T>();
        foreach ((string name, double value) in state.Numbers)
        {
            result.AddNumber(name, name == SwappedNumber ? 0 : value);
        }

        foreach ((string name, T[] values) in state.Tensors)
        {
            result.AddTensor(name, values);
        }

        return result;
    }

    /// <summary>Numbers in the fewest digits that give the same double; what JSON has no number for, as a string.</summary>
    private static string WriteNumbers(IEnumerable<KeyValuePair<string, double>> numbers)
    {
        var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach ((string name, double value) in numbers)
            {
                if (double.IsFinite(value))
                {
                    writer.WriteNumber(name, value);
                }
                else
                {
                    writer.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.ToArray());
    }

    /// <summary>Reads the numbers that are needed, and gives up at the first that is not: a file may have any number of others.</summary>
    private static OptimizerState<T> ReadNumbers<T>(string text, OptimizerState<T> needed, NetworkDescription network)
        where T : unmanaged
    {
        HashSet<string> missing = needed.Numbers.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        var state = new OptimizerState<T>();
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new InvalidDataException("The numbers of the optimizer are not one JSON object.");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                if (!missing.Remove(name))
                {
                    string problem = state.TryGetNumber(name, out _) ? "is there twice" : "is unexpected";
                    throw new InvalidDataException($"{Misfit(network)}: the optimizer's number {SafetensorsHeader.Quote(name)} {problem}.");
                }

                reader.Read();
                state.AddNumber(name, reader.TokenType == JsonTokenType.String
                    ? double.Parse(reader.GetString()!, CultureInfo.InvariantCulture)
                    : reader.GetDouble());
            }

            while (reader.Read())
            {
                // Only white space may follow; anything else throws.
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"The numbers of the optimizer are not the JSON they should be: {exception.Message}", exception);
        }

        return missing.Count == 0
            ? state
            : throw new InvalidDataException(
                $"{Misfit(network)}: {string.Join("; ", missing.Select(name => $"the optimizer's number '{name}' is missing"))}.");
    }
}
