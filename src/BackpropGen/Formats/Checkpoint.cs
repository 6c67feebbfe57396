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
        OptimizerState<T> state = ReadNumbers<T>(numbers);
        CheckOptimizer(header, present, state, description);

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
            network.SetOptimizerState(state);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"The state of the optimizer does not fit: {exception.Message}", exception);
        }

        network.SetParameters(parameters);
        return trainingState;
    }

    private static void CheckOptimizer<T>(SafetensorsHeader header, OptimizerState<T> needed, OptimizerState<T> numbers, NetworkDescription network)
        where T : unmanaged
    {
        var differences = new List<string>();
        Dictionary<string, SafetensorsEntry> given = header.Entries
            .Where(entry => entry.Name.StartsWith(FileComparison.OptimizerPrefix, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Name[FileComparison.OptimizerPrefix.Length..], StringComparer.Ordinal);
        foreach ((string name, T[] values) in needed.Tensors)
        {
            if (!given.Remove(name, out SafetensorsEntry? entry))
            {
                differences.Add($"{FileComparison.OptimizerPrefix}{name} is missing");
            }
            else if (!entry.Shape.SequenceEqual([values.LongLength]) || !ElementCodec.Widens<T>(entry.Type))
            {
                differences.Add($"{entry.Name} is {entry.TypeAndShape}, needed is {ElementCodec.NameOf<T>()} [{values.Length}]");
            }
        }

        differences.AddRange(given.Values.Select(entry => $"{SafetensorsHeader.Quote(entry.Name)} is unexpected"));
        string[] neededNumbers = [.. needed.Numbers.Select(entry => entry.Key)];
        string[] givenNumbers = [.. numbers.Numbers.Select(entry => entry.Key)];
        differences.AddRange(neededNumbers.Except(givenNumbers).Select(name => $"the optimizer's number '{name}' is missing"));
        differences.AddRange(givenNumbers.Except(neededNumbers).Select(name => $"the optimizer's number {SafetensorsHeader.Quote(name)} is unexpected"));
        if (differences.Count > 0)
        {
            throw FileComparison.Refusal($"The checkpoint does not fit the optimizer of {network}", differences);
        }
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

    private static OptimizerState<T> ReadNumbers<T>(string text)
        where T : unmanaged
    {
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
                reader.Read();
                state.AddNumber(name, reader.TokenType == JsonTokenType.String
                    ? double.Parse(reader.GetString()!, CultureInfo.InvariantCulture)
                    : reader.GetDouble());
            }

            while (reader.Read())
            {
                // Only white space may follow; anything else throws.
            }

            return state;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"The numbers of the optimizer are not the JSON they should be: {exception.Message}", exception);
        }
    }
}
