namespace BackpropGen;

/// <summary>W (or γ) or b (or β) of a layer as a tensor of a file: weights are [outputs, inputs] there, as in PyTorch, and [inputs × outputs] here.</summary>
/// <param name="Key">"dense1.weight".</param>
/// <param name="Offset">Where it begins in the flat order of all parameters.</param>
/// <param name="Rows">The outputs.</param>
/// <param name="Columns">The inputs; 0 for γ and b, which are [outputs] on both sides.</param>
internal sealed record ParameterTensor(string Key, int Offset, int Rows, int Columns)
{
    /// <summary>Elements moved at a time.</summary>
    private const int ChunkLength = 8192;

    public int Count => Columns == 0 ? Rows : Rows * Columns;

    public long[] Shape => Columns == 0 ? [Rows] : [Rows, Columns];

    /// <summary>The tensors of a network in the order of its layers.</summary>
    public static IReadOnlyList<ParameterTensor> Of(NetworkDescription network)
    {
        var tensors = new List<ParameterTensor>();
        foreach (LayerDescription layer in network.Layers.Where(layer => layer.WeightOffset >= 0))
        {
            int columns = layer.Kind == LayerKind.Dense ? layer.Inputs : 0;
            tensors.Add(new ParameterTensor($"{layer.TensorName}.weight", layer.WeightOffset, layer.Outputs, columns));
            if (layer.HasBias)
            {
                tensors.Add(new ParameterTensor($"{layer.TensorName}.bias", layer.BiasOffset, layer.Outputs, 0));
            }
        }

        return tensors;
    }

    /// <summary>Writes the tensor of a flat parameter array.</summary>
    public void Write<T>(Stream stream, T[] parameters)
        where T : unmanaged
    {
        var chunk = new T[Math.Min(Count, ChunkLength)];
        for (int first = 0; first < Count; first += chunk.Length)
        {
            Span<T> part = chunk.AsSpan(0, Math.Min(chunk.Length, Count - first));
            for (int i = 0; i < part.Length; i++)
            {
                part[i] = parameters[IndexOf(first + i)];
            }

            stream.Write(ElementCodec.Encode(part));
        }
    }

    /// <summary>Reads the tensor into a flat parameter array.</summary>
    public void Read<T>(Stream stream, string type, T[] parameters)
        where T : unmanaged
    {
        int size = ElementCodec.BitsOf(type) / 8;
        var bytes = new byte[Math.Min(Count, ChunkLength) * size];
        var chunk = new T[Math.Min(Count, ChunkLength)];
        for (int first = 0; first < Count; first += chunk.Length)
        {
            Span<T> part = chunk.AsSpan(0, Math.Min(chunk.Length, Count - first));
            Span<byte> source = bytes.AsSpan(0, part.Length * size);
            BoundedReader.Fill(stream, source, $"data of '{Key}'");
            ElementCodec.Decode(type, source, part);
            for (int i = 0; i < part.Length; i++)
            {
                parameters[IndexOf(first + i)] = part[i];
            }
        }
    }

    /// <summary>Where an element of the file's order stands in the flat order.</summary>
    private int IndexOf(int element) => Offset + (Columns == 0 ? element : (element % Columns * Rows) + (element / Columns));
}
