using System.Globalization;

namespace System.Text.Json;

/// <summary>
/// Reads JSON token by token, as strictly as the reader of newer .NET, of whose members it has those that the library calls. The text must
/// be valid UTF-8.
/// </summary>
internal ref struct Utf8JsonReader
{
    /// <summary>Containers are counted in the bits of a number.</summary>
    private const int MostDepth = 64;

    private readonly ReadOnlySpan<byte> _json;
    private readonly int _maxDepth;
    private int _position;
    private int _depth;
    private bool _isComplete;

    /// <summary>One bit per container around the position, the innermost lowest: 1 for an object, 0 for an array.</summary>
    private ulong _objects;

    /// <summary>The text of the token: of strings what is between the quotes.</summary>
    private ReadOnlySpan<byte> _token;

    public Utf8JsonReader(ReadOnlySpan<byte> json, JsonReaderOptions options = default)
    {
        _json = json;
        _maxDepth = options.MaxDepth == 0 ? MostDepth : Math.Min(options.MaxDepth, MostDepth);
        _position = 0;
        _depth = 0;
        _isComplete = false;
        _objects = 0;
        _token = default;
        TokenType = JsonTokenType.None;
    }

    public JsonTokenType TokenType { get; private set; }

    private readonly bool IsInObject => _depth > 0 && (_objects & 1) != 0;

    /// <summary>Reads the next token; false at the end of a whole text.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public bool Read()
    {
        SkipBlanks();
        if (_position == _json.Length)
        {
            return _isComplete ? false : throw new JsonException("It ends too soon.");
        }

        if (_isComplete)
        {
            throw Unexpected();
        }

        if (_depth > 0 && TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName))
        {
            if (_json[_position] == ',')
            {
                _position++;
                SkipBlanks();
                if (_position == _json.Length || _json[_position] is (byte)'}' or (byte)']')
                {
                    throw Unexpected();
                }
            }
            else if (_json[_position] is not ((byte)'}' or (byte)']'))
            {
                throw Unexpected();
            }
        }

        byte next = _json[_position];
        if (next is (byte)'}' or (byte)']')
        {
            ReadEnd(next == '}');
        }
        else if (IsInObject && TokenType != JsonTokenType.PropertyName)
        {
            ReadName();
        }
        else
        {
            ReadValue(next);
        }

        return true;
    }

    public readonly bool ValueTextEquals(ReadOnlySpan<byte> utf8) =>
        _token.IndexOf((byte)'\\') < 0 ? _token.SequenceEqual(utf8) : Encoding.UTF8.GetBytes(GetString()).AsSpan().SequenceEqual(utf8);

    /// <exception cref="InvalidOperationException">An escape is half of a surrogate pair.</exception>
    public readonly string GetString()
    {
        var text = new StringBuilder();
        ReadOnlySpan<byte> rest = _token;
        while (true)
        {
            int escape = rest.IndexOf((byte)'\\');
            text.Append(Encoding.UTF8.GetString((escape < 0 ? rest : rest.Slice(0, escape)).ToArray()));
            if (escape < 0)
            {
                break;
            }

            byte kind = rest[escape + 1];
            text.Append(kind == 'u' ? (char)Hexadecimal(rest.Slice(escape + 2, 4)) : Unescape(kind));
            rest = rest.Slice(escape + (kind == 'u' ? 6 : 2));
        }

        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (char.IsSurrogate(text[i]) && !isPair)
            {
                throw new InvalidOperationException("Half of a surrogate pair.");
            }

            i += isPair ? 1 : 0;
        }

        return text.ToString();
    }

    public readonly bool TryGetInt64(out long value) =>
        long.TryParse(Encoding.UTF8.GetString(_token.ToArray()), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <exception cref="InvalidOperationException">The token is no number.</exception>
    public readonly double GetDouble() => TokenType == JsonTokenType.Number
        ? double.Parse(Encoding.UTF8.GetString(_token.ToArray()), NumberStyles.Float, CultureInfo.InvariantCulture)
        : throw new InvalidOperationException($"A {TokenType} is no number.");

    private void ReadEnd(bool isObject)
    {
        if (_depth == 0 || isObject != IsInObject || TokenType == JsonTokenType.PropertyName)
        {
            throw Unexpected();
        }

        _position++;
        _depth--;
        _objects >>= 1;
        Complete(isObject ? JsonTokenType.EndObject : JsonTokenType.EndArray);
    }

    private void ReadName()
    {
        ReadString();
        SkipBlanks();
        if (_position == _json.Length || _json[_position] != ':')
        {
            throw Unexpected();
        }

        _position++;
        TokenType = JsonTokenType.PropertyName;
    }

    private void ReadValue(byte first)
    {
        switch (first)
        {
            case (byte)'{':
            case (byte)'[':
                if (_depth == _maxDepth)
                {
                    throw new JsonException($"It is more than {_maxDepth} levels deep.");
                }

                _position++;
                _depth++;
                _objects = (_objects << 1) | (first == '{' ? 1UL : 0);
                TokenType = first == '{' ? JsonTokenType.StartObject : JsonTokenType.StartArray;
                break;
            case (byte)'"':
                ReadString();
                Complete(JsonTokenType.String);
                break;
            case (byte)'t':
                ReadWord("true"u8, JsonTokenType.True);
                break;
            case (byte)'f':
                ReadWord("false"u8, JsonTokenType.False);
                break;
            case (byte)'n':
                ReadWord("null"u8, JsonTokenType.Null);
                break;
            default:
                ReadNumber();
                break;
        }
    }

    private void Complete(JsonTokenType type)
    {
        TokenType = type;
        _isComplete = _depth == 0;
    }

    private void ReadWord(ReadOnlySpan<byte> word, JsonTokenType type)
    {
        if (!_json.Slice(_position).StartsWith(word))
        {
            throw Unexpected();
        }

        _position += word.Length;
        Complete(type);
    }

    private void ReadString()
    {
        if (_json[_position] != '"')
        {
            throw Unexpected();
        }

        int start = ++_position;
        while (_position < _json.Length && _json[_position] != '"')
        {
            if (_json[_position] < ' ')
            {
                throw Unexpected();
            }

            if (_json[_position++] == '\\')
            {
                SkipEscape();
            }
        }

        if (_position == _json.Length)
        {
            throw new JsonException("It ends within a string.");
        }

        _token = _json.Slice(start, _position++ - start);
    }

    private void SkipEscape()
    {
        if (_position == _json.Length || "\"\\/bfnrtu"u8.IndexOf(_json[_position]) < 0)
        {
            throw Unexpected();
        }

        if (_json[_position++] == 'u')
        {
            if (_json.Length - _position < 4 || Hexadecimal(_json.Slice(_position, 4)) < 0)
            {
                throw Unexpected();
            }

            _position += 4;
        }
    }

    private void ReadNumber()
    {
        int start = _position;
        Skip('-');
        if (!Skip('0'))
        {
            SkipDigits();
        }

        if (Skip('.'))
        {
            SkipDigits();
        }

        if (Skip('e') || Skip('E'))
        {
            _ = Skip('+') || Skip('-');
            SkipDigits();
        }

        if (_position < _json.Length && " \t\r\n,]}"u8.IndexOf(_json[_position]) < 0)
        {
            throw Unexpected();
        }

        _token = _json.Slice(start, _position - start);
        Complete(JsonTokenType.Number);
    }

    private void SkipDigits()
    {
        int start = _position;
        while (_position < _json.Length && _json[_position] is >= (byte)'0' and <= (byte)'9')
        {
            _position++;
        }

        if (_position == start)
        {
            throw Unexpected();
        }
    }

    private bool Skip(char character)
    {
        bool isThere = _position < _json.Length && _json[_position] == character;
        _position += isThere ? 1 : 0;
        return isThere;
    }

    private void SkipBlanks()
    {
        while (_position < _json.Length && _json[_position] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _position++;
        }
    }

    private readonly JsonException Unexpected() => new(
        _position == _json.Length ? "It ends too soon." : $"Byte {_position}, 0x{_json[_position]:X2}, is unexpected there.");

    private static char Unescape(byte kind) => (char)kind switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        var itself => itself,
    };

    /// <summary>The number of hexadecimal digits; −1 where one is none.</summary>
    private static int Hexadecimal(ReadOnlySpan<byte> digits)
    {
        int value = 0;
        foreach (byte digit in digits)
        {
            int place = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
                _ => -1,
            };
            if (place < 0)
            {
                return -1;
            }

            value = (value * 16) + place;
        }

        return value;
    }
}
