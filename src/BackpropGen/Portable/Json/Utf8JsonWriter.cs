using System.Buffers;
using System.Globalization;
using System.IO;

namespace System.Text.Json;

/// <summary>Writes JSON without blanks; it has those members of the writer of newer .NET that the library calls.</summary>
internal sealed class Utf8JsonWriter : IDisposable
{
    private readonly StringBuilder _text = new();
    private readonly Action<byte[]> _write;
    private bool _needsComma;

    public Utf8JsonWriter(ArrayBufferWriter<byte> output, JsonWriterOptions options = default) => _write = bytes => output.Write(bytes);

    public Utf8JsonWriter(Stream output, JsonWriterOptions options = default) => _write = bytes => output.Write(bytes, 0, bytes.Length);

    public void WriteStartObject() => Open('{');

    public void WriteStartObject(string name)
    {
        WriteName(name);
        Open('{');
    }

    public void WriteStartArray(string name)
    {
        WriteName(name);
        Open('[');
    }

    public void WriteEndObject() => Close('}');

    public void WriteEndArray() => Close(']');

    public void WriteString(string name, string value)
    {
        WriteName(name);
        WriteValue(() => WriteQuoted(value));
    }

    public void WriteNumber(string name, double value)
    {
        WriteName(name);
        string digits = value.ToString("R", CultureInfo.InvariantCulture);

        // The "R" of .NET Framework does not always come back as the same number.
        bool isExact = double.Parse(digits, CultureInfo.InvariantCulture).Equals(value);
        WriteValue(() => _text.Append(isExact ? digits : value.ToString("G17", CultureInfo.InvariantCulture)));
    }

    public void WriteNumberValue(long value) => WriteValue(() => _text.Append(value.ToString(CultureInfo.InvariantCulture)));

    public void Dispose() => _write(Encoding.UTF8.GetBytes(_text.ToString()));

    private void Open(char bracket)
    {
        Separate();
        _text.Append(bracket);
        _needsComma = false;
    }

    private void Close(char bracket)
    {
        _text.Append(bracket);
        _needsComma = true;
    }

    private void WriteName(string name)
    {
        Separate();
        WriteQuoted(name);
        _text.Append(':');
        _needsComma = false;
    }

    private void WriteValue(Action write)
    {
        Separate();
        write();
        _needsComma = true;
    }

    private void Separate()
    {
        if (_needsComma)
        {
            _text.Append(',');
        }
    }

    private void WriteQuoted(string text)
    {
        _text.Append('"');
        foreach (char character in text)
        {
            switch (character)
            {
                case '"':
                case '\\':
                    _text.Append('\\').Append(character);
                    break;
                case '\n':
                    _text.Append("\\n");
                    break;
                case < ' ':
                    _text.Append("\\u").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture));
                    break;
                default:
                    _text.Append(character);
                    break;
            }
        }

        _text.Append('"');
    }
}
