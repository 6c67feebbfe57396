using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace BackpropGen;

/// <summary>One tensor as the header describes it; its bytes are from Begin to End of the data.</summary>
internal sealed record SafetensorsEntry(string Name, string Type, long[] Shape, long Begin, long End)
{
    public long Length => End - Begin;

    /// <summary>"F32 [128, 784]".</summary>
    public string TypeAndShape => $"{Type} [{string.Join(", ", Shape.Take(8))}{(Shape.Length > 8 ? ", …" : string.Empty)}]";
}

/// <summary>
/// The header of a safetensors file: its length as 8 bytes, then JSON that names every tensor with type, shape and place. What is here has
/// been checked: the tensors cover the data without gap or overlap, and each has as many bytes as its type and shape need.
/// </summary>
internal sealed class SafetensorsHeader
{
    public const string MetadataKey = "__metadata__";

    /// <summary>The limit of the reference implementation.</summary>
    public const int MaxLength = 100_000_000;

    /// <summary>The sizes of a shape: as many dimensions as NumPy and PyTorch allow.</summary>
    private const int MaxSizes = 64;

    /// <summary>A tensor is two levels deep; a little more so that the message can say what is wrong.</summary>
    private const int MaxDepth = 8;

    private SafetensorsHeader(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata) => (Entries, Metadata) = (entries, metadata);

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    public long DataLength => Entries.Count == 0 ? 0 : Entries[^1].End;

    /// <summary>Reads the header and leaves the stream at the data.</summary>
    /// <exception cref="InvalidDataException">It is not the header of a safetensors file, or the stream is too short for its data.</exception>
    public static SafetensorsHeader Read(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[8];
        BoundedReader.Fill(stream, prefix, "the length of the header");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxLength)
        {
            throw new InvalidDataException(FormattableString.Invariant($"The header claims {length} bytes; {MaxLength} are the most. Is this a safetensors file?"));
        }

        byte[] json = BoundedReader.Read(stream, (int)length, "a header");
        SafetensorsHeader header = Parse(json);
        if (stream.CanSeek)
        {
            BoundedReader.CheckRemaining(stream, header.DataLength, "data");
            if (stream.Length - stream.Position > header.DataLength)
            {
                throw new InvalidDataException("There are more bytes after the data that the header describes.");
            }
        }

        return header;
    }

    private static SafetensorsHeader Parse(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json[0] != '{')
        {
            throw new InvalidDataException("The header does not begin with '{'.");
        }

        if (!Utf8.IsValid(json))
        {
            throw new InvalidDataException("The header is not valid UTF-8.");
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            SafetensorsHeader header = ReadObject(ref reader);
            while (reader.Read())
            {
                // Only white space may follow; anything else throws.
            }

            return header;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The header is not the JSON it should be: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // Half of a surrogate pair, written as an escape.
            throw new InvalidDataException($"The header has a string that is no text: {exception.Message}", exception);
        }
    }

    private static SafetensorsHeader ReadObject(ref Utf8JsonReader reader)
    {
        var entries = new List<SafetensorsEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (!names.Add(name))
            {
                throw new InvalidDataException($"The header has {Quote(name)} twice.");
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new InvalidDataException($"{Quote(name)} is not an object.");
            }

            if (name == MetadataKey)
            {
                ReadMetadata(ref reader, metadata);
            }
            else
            {
                entries.Add(ReadEntry(ref reader, name));
            }
        }

        entries.Sort((a, b) => (a.Begin, a.End) == (b.Begin, b.End) ? string.CompareOrdinal(a.Name, b.Name) : (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        CheckPlaces(entries);
        return new SafetensorsHeader(entries, metadata);
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                throw new InvalidDataException($"{Quote(key)} of the metadata is not a string.");
            }

            if (!metadata.TryAdd(key, reader.GetString()!))
            {
                throw new InvalidDataException($"The metadata has {Quote(key)} twice.");
            }
        }
    }

    private static SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        string? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (type is null && reader.ValueTextEquals("dtype"u8))
            {
                reader.Read();
                type = reader.TokenType == JsonTokenType.String
                    ? reader.GetString()!
                    : throw new InvalidDataException($"The dtype of {Quote(name)} is not a string.");
            }
            else if (shape is null && reader.ValueTextEquals("shape"u8))
            {
                shape = ReadNumbers(ref reader, name, "shape", MaxSizes);
            }
            else if (offsets is null && reader.ValueTextEquals("data_offsets"u8))
            {
                offsets = ReadNumbers(ref reader, name, "data_offsets", most: 2);
            }
            else
            {
                throw new InvalidDataException($"{Quote(name)} has {Quote(reader.GetString()!)}, twice or unknown; it needs dtype, shape and data_offsets.");
            }
        }

        if (type is null || shape is null || offsets is not [var begin, var end])
        {
            throw new InvalidDataException($"{Quote(name)} needs a dtype, a shape and two data_offsets.");
        }

        var entry = new SafetensorsEntry(name, type, [.. shape], begin, end);
        CheckLength(entry);
        return entry;
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader reader, string name, string field, int most)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new InvalidDataException($"The {field} of {Quote(name)} is not an array.");
        }

        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
            {
                throw new InvalidDataException($"The {field} of {Quote(name)} has something that is not a whole number of 0 or more.");
            }

            if (numbers.Count == most)
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"The {field} of {Quote(name)} has more than {most} numbers; a tensor has up to {MaxSizes} sizes and two data_offsets."));
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static void CheckLength(SafetensorsEntry entry)
    {
        int bits = ElementCodec.BitsOf(entry.Type);
        if (bits == 0)
        {
            throw new InvalidDataException($"{Quote(entry.Name)} is of the unknown type {Quote(entry.Type)}.");
        }

        try
        {
            long total = entry.Shape.Aggregate((long)bits, (product, size) => checked(product * size));
            if (total % 8 != 0 || entry.End < entry.Begin || total / 8 != entry.Length)
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"{Quote(entry.Name)} is {entry.TypeAndShape}, which needs {total / 8} bytes; its data_offsets are {entry.Begin} and {entry.End}."));
            }
        }
        catch (OverflowException exception)
        {
            throw new InvalidDataException($"{Quote(entry.Name)} is {entry.TypeAndShape}, more than can be addressed.", exception);
        }
    }

    /// <summary>Demands that every byte of the data belongs to one tensor.</summary>
    private static void CheckPlaces(List<SafetensorsEntry> entries)
    {
        long end = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.Begin != end)
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"The data of {Quote(entry.Name)} begins at {entry.Begin}, but what comes before ends at {end}: no gap and no overlap is allowed."));
            }

            end = entry.End;
        }
    }

    /// <summary>A name from a file, short enough for a message.</summary>
    public static string Quote(ReadOnlySpan<char> name) => name.Length <= 80 ? $"'{name.ToString()}'" : $"'{name[..80].ToString()}…'";
}
