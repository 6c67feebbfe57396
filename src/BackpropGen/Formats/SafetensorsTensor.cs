namespace BackpropGen;

/// <summary>One tensor of a <see cref="SafetensorsFile"/>.</summary>
public sealed class SafetensorsTensor
{
    private readonly byte[] _data;

    internal SafetensorsTensor(SafetensorsEntry entry, byte[] data)
    {
        Name = entry.Name;
        ElementType = entry.Type;
        Shape = Array.AsReadOnly(entry.Shape);
        _data = data;
    }

    /// <summary>The name, such as "dense1.weight".</summary>
    public string Name { get; }

    /// <summary>The type of the elements as the format calls it: "F32", "F64", "F16", "BF16", "I64" and so on.</summary>
    public string ElementType { get; }

    /// <summary>The sizes; the last dimension is contiguous. A scalar has none.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The elements, little-endian.</summary>
    public ReadOnlyMemory<byte> Data => _data;

    /// <summary>The elements of an F32, F16 or BF16 tensor.</summary>
    /// <returns>The same values.</returns>
    /// <exception cref="InvalidDataException">The type is another; a float does not hold all its values.</exception>
    public float[] ToSingles() => To<float>("float");

    /// <summary>The elements of an F64, F32, F16 or BF16 tensor.</summary>
    /// <returns>The same values.</returns>
    /// <exception cref="InvalidDataException">The type is another.</exception>
    public double[] ToDoubles() => To<double>("double");

    private T[] To<T>(string type)
        where T : unmanaged
    {
        if (!ElementCodec.Widens<T>(ElementType))
        {
            throw new InvalidDataException($"{SafetensorsHeader.Quote(Name)} is {ElementType}, whose values a {type} does not all hold.");
        }

        var values = new T[_data.Length / (ElementCodec.BitsOf(ElementType) / 8)];
        ElementCodec.Decode<T>(ElementType, _data, values);
        return values;
    }
}
