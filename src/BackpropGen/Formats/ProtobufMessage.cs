using System.Buffers.Binary;
using System.Text;

namespace BackpropGen;

/// <summary>One message in the wire format of protocol buffers, as far as ONNX needs it: fields in the order in which they are added.</summary>
internal sealed class ProtobufMessage
{
    private const int Varint = 0;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;

    private readonly MemoryStream _bytes = new();

    /// <summary>Adds a whole number.</summary>
    public ProtobufMessage Int(int field, long value)
    {
        WriteKey(field, Varint);
        WriteVarint((ulong)value);
        return this;
    }

    /// <summary>Adds a float.</summary>
    public ProtobufMessage Float(int field, float value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        WriteKey(field, Fixed32);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Adds a string.</summary>
    public ProtobufMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Adds a message within this one.</summary>
    public ProtobufMessage Message(int field, ProtobufMessage message) => Bytes(field, message.Written);

    /// <summary>Adds bytes.</summary>
    public ProtobufMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        WriteKey(field, LengthDelimited);
        WriteVarint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    /// <summary>Writes the message to a stream.</summary>
    public void WriteTo(Stream stream) => _bytes.WriteTo(stream);

    private ReadOnlySpan<byte> Written => _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);

    private void WriteKey(int field, int wireType) => WriteVarint((ulong)((field << 3) | wireType));

    /// <summary>Seven bits a byte, the lowest first; the eighth says that more follow.</summary>
    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.WriteByte((byte)(value | 0x80));
        }

        _bytes.WriteByte((byte)value);
    }
}
