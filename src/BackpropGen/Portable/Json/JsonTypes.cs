namespace System.Text.Json
{
    /// <summary>What a reader has read.</summary>
    internal enum JsonTokenType
    {
        None,
        StartObject,
        EndObject,
        StartArray,
        EndArray,
        PropertyName,
        String,
        Number,
        True,
        False,
        Null,
    }

    /// <summary>A text is not JSON.</summary>
    internal sealed class JsonException(string message) : Exception(message);

    /// <summary>How deep a text may be.</summary>
    internal struct JsonReaderOptions
    {
        public int MaxDepth { get; set; }
    }

    /// <summary>Nothing is escaped here that need not be.</summary>
    internal struct JsonWriterOptions
    {
        public Encodings.Web.JavaScriptEncoder? Encoder { get; set; }
    }
}

namespace System.Text.Encodings.Web
{
    /// <summary>Stands for the only way of escaping that the writer knows.</summary>
    internal sealed class JavaScriptEncoder
    {
        public static JavaScriptEncoder UnsafeRelaxedJsonEscaping { get; } = new();
    }
}

namespace System.Text.Unicode
{
    /// <summary>Questions about UTF-8.</summary>
    internal static class Utf8
    {
        private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

        public static bool IsValid(ReadOnlySpan<byte> text)
        {
            try
            {
                Strict.GetCharCount(text.ToArray());
                return true;
            }
            catch (DecoderFallbackException)
            {
                return false;
            }
        }
    }
}

namespace System.Buffers
{
    /// <summary>A growing array.</summary>
    internal sealed class ArrayBufferWriter<T>
    {
        private T[] _buffer = [];

        public int WrittenCount { get; private set; }

        public ReadOnlySpan<T> WrittenSpan => _buffer.AsSpan(0, WrittenCount);

        public Span<T> GetSpan(int sizeHint)
        {
            if (_buffer.Length - WrittenCount < sizeHint)
            {
                Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, WrittenCount + sizeHint));
            }

            return _buffer.AsSpan(WrittenCount);
        }

        public void Advance(int count) => WrittenCount += count;

        public void Write(ReadOnlySpan<T> values)
        {
            values.CopyTo(GetSpan(values.Length));
            Advance(values.Length);
        }
    }
}
