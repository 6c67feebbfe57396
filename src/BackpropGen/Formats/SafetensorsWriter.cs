using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BackpropGen;

/// <summary>One tensor to be written: what the header says of it, and who writes its bytes.</summary>
internal sealed record OutgoingTensor(string Name, string Type, long[] Shape, Action<Stream> Write)
{
    public long Length => Shape.Aggregate(ElementCodec.BitsOf(Type) / 8L, (product, size) => product * size);
}

/// <summary>Writes a safetensors file: the header padded with blanks to whole 8 bytes, as the reference implementation does, then the data.</summary>
internal static class SafetensorsWriter
{
    /// <summary>Names and metadata may be in any script.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream stream, IReadOnlyList<OutgoingTensor> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, Options))
        {
            WriteHeader(writer, tensors, metadata);
        }

        if (json.WrittenCount > SafetensorsHeader.MaxLength - 8)
        {
            throw new NotSupportedException($"The header would have {json.WrittenCount} bytes; readers take {SafetensorsHeader.MaxLength}.");
        }

        int padding = -json.WrittenCount & 7;
        json.GetSpan(padding)[..padding].Fill((byte)' ');
        json.Advance(padding);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.WrittenCount);
        stream.Write(length);
        stream.Write(json.WrittenSpan);
        foreach (OutgoingTensor tensor in tensors)
        {
            tensor.Write(stream);
        }
    }

    private static void WriteHeader(Utf8JsonWriter writer, IReadOnlyList<OutgoingTensor> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        writer.WriteStartObject();
        writer.WriteStartObject(SafetensorsHeader.MetadataKey);
        foreach ((string key, string value) in metadata)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
        long offset = 0;
        foreach (OutgoingTensor tensor in tensors)
        {
            writer.WriteStartObject(tensor.Name);
            writer.WriteString("dtype", tensor.Type);
            writer.WriteStartArray("shape");
            foreach (long size in tensor.Shape)
            {
                writer.WriteNumberValue(size);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("data_offsets");
            writer.WriteNumberValue(offset);
            writer.WriteNumberValue(offset += tensor.Length);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
