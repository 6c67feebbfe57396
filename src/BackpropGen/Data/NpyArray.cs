using System.Buffers.Binary;

namespace BackpropGen;

/// <summary>One array as NumPy's <c>save</c> writes it: C order, little-endian, of float32, float64, int32, int64 or uint8.</summary>
/// <remarks>
/// Nothing in the file is believed before it is checked: whatever is wrong, an <see cref="InvalidDataException"/> says what, and memory is
/// taken only for what is really there.
/// </remarks>
public sealed class NpyArray
{
    private readonly byte[] _data;

    private NpyArray(NpyHeader header, byte[] data)
    {
        ElementType = header.ElementType;
        Shape = Array.AsReadOnly(header.Shape);
        _data = data;
    }

    /// <summary>The type of the elements as NumPy calls it: "f4", "f8", "i4", "i8" or "u1".</summary>
    public string ElementType { get; }

    /// <summary>The sizes; the last dimension is contiguous. A scalar has none.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The number of elements.</summary>
    public int Length => _data.Length / NpyHeader.SizeOf(ElementType);

    /// <summary>The elements, little-endian.</summary>
    public ReadOnlyMemory<byte> Data => _data;

    /// <summary>Reads an .npy file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The array.</returns>
    /// <exception cref="InvalidDataException">It is not a whole and sound file of a type that is read here.</exception>
    public static NpyArray Read(string path) => BoundedReader.Open(path, Read);

    /// <summary>Reads an array from a stream, to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <returns>The array.</returns>
    /// <exception cref="InvalidDataException">It is not a whole and sound file of a type that is read here.</exception>
    public static NpyArray Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = NpyHeader.Read(stream);
        byte[] data = BoundedReader.Read(stream, header.DataLength, "data");
        BoundedReader.ExpectEnd(stream);
        return new NpyArray(header, data);
    }

    /// <summary>The elements as floats, each rounded to the nearest where it is none.</summary>
    /// <returns>A new array.</returns>
    public float[] ToSingles()
    {
        var values = new float[Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ElementType switch
            {
                "f4" => BinaryPrimitives.ReadSingleLittleEndian(At(i, 4)),
                "f8" => (float)BinaryPrimitives.ReadDoubleLittleEndian(At(i, 8)),
                _ => Integer(i),
            };
        }

        return values;
    }

    /// <summary>The elements as doubles; integers beyond 2⁵³ are rounded to the nearest.</summary>
    /// <returns>A new array.</returns>
    public double[] ToDoubles()
    {
        var values = new double[Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ElementType switch
            {
                "f4" => BinaryPrimitives.ReadSingleLittleEndian(At(i, 4)),
                "f8" => BinaryPrimitives.ReadDoubleLittleEndian(At(i, 8)),
                _ => Integer(i),
            };
        }

        return values;
    }

    /// <summary>The elements of an integer array, such as labels.</summary>
    /// <returns>A new array.</returns>
    /// <exception cref="InvalidDataException">The elements are no integers, or one of them is beyond the range of an int.</exception>
    public int[] ToInt32s()
    {
        if (ElementType is "f4" or "f8")
        {
            throw new InvalidDataException($"The array is of the type {ElementType}; integers (i4, i8 or u1) are needed.");
        }

        var values = new int[Length];
        for (int i = 0; i < values.Length; i++)
        {
            long value = Integer(i);
            values[i] = value is >= int.MinValue and <= int.MaxValue
                ? (int)value
                : throw new InvalidDataException(FormattableString.Invariant($"Element {i} is {value}, beyond the range of an int."));
        }

        return values;
    }

    private long Integer(int index) => ElementType switch
    {
        "i4" => BinaryPrimitives.ReadInt32LittleEndian(At(index, 4)),
        "i8" => BinaryPrimitives.ReadInt64LittleEndian(At(index, 8)),
        _ => _data[index],
    };

    private ReadOnlySpan<byte> At(int index, int size) => _data.AsSpan(index * size, size);
}
