using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BackpropGen;

/// <summary>The element types of tensors in files, and their way to and from the element types of networks.</summary>
internal static class ElementCodec
{
    /// <summary>The bits of an element by the name of its type; 0 for an unknown one.</summary>
    public static int BitsOf(string type) => type switch
    {
        "F4" => 4,
        "F6_E2M3" or "F6_E3M2" => 6,
        "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" or "F8_E8M0" => 8,
        "U16" or "I16" or "F16" or "BF16" => 16,
        "U32" or "I32" or "F32" => 32,
        "U64" or "I64" or "F64" or "C64" => 64,
        _ => 0,
    };

    /// <summary>The name of a network's element type.</summary>
    public static string NameOf<T>() => typeof(T) == typeof(float) ? "F32" : "F64";

    /// <summary>Whether every value of the type is one of T's.</summary>
    public static bool Widens<T>(string type) => type is "F16" or "BF16" or "F32" || (type == "F64" && typeof(T) == typeof(double));

    /// <summary>Decodes elements; of T's own type, bit by bit.</summary>
    /// <param name="type">A type that <see cref="Widens"/>.</param>
    /// <param name="bytes">Little-endian elements.</param>
    /// <param name="values">Receives as many.</param>
    public static void Decode<T>(string type, ReadOnlySpan<byte> bytes, Span<T> values)
        where T : unmanaged
    {
        if (type == NameOf<T>() && BitConverter.IsLittleEndian)
        {
            MemoryMarshal.Cast<byte, T>(bytes).CopyTo(values);
        }
        else if (typeof(T) == typeof(float))
        {
            Span<float> singles = MemoryMarshal.Cast<T, float>(values);
            for (int i = 0; i < singles.Length; i++)
            {
                singles[i] = Single(type, bytes, i);
            }
        }
        else
        {
            Span<double> doubles = MemoryMarshal.Cast<T, double>(values);
            for (int i = 0; i < doubles.Length; i++)
            {
                doubles[i] = type == "F64" ? BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]) : Single(type, bytes, i);
            }
        }
    }

    /// <summary>The bytes of elements in the order of files.</summary>
    /// <param name="values">The elements; their memory may be used for the bytes.</param>
    public static ReadOnlySpan<byte> Encode<T>(Span<T> values)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(values);
        if (!BitConverter.IsLittleEndian)
        {
            int size = bytes.Length / Math.Max(1, values.Length);
            for (int i = 0; i < bytes.Length; i += size)
            {
                bytes.Slice(i, size).Reverse();
            }
        }

        return bytes;
    }

    private static float Single(string type, ReadOnlySpan<byte> bytes, int index) => type switch
    {
        "F32" => BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * index)..]),
        "F16" => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * index)..]),

        // The upper half of a float.
        "BF16" => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * index)..]) << 16),
        _ => throw new ArgumentException($"{type} does not widen.", nameof(type)),
    };
}
