using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace BackpropGen;

/// <summary>
/// What stands before the data of an .npy file: "\x93NUMPY", the version, the length of a text, and the text, a Python dictionary such as
/// {'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }.
/// </summary>
internal sealed record NpyHeader(string ElementType, int[] Shape, int DataLength)
{
    /// <summary>NumPy's own limit is 10,000; what is read here takes about a hundred.</summary>
    private const int MaxLength = 65_536;

    /// <summary>The bytes of an element.</summary>
    public static int SizeOf(string elementType) => elementType[1] - '0';

    /// <summary>Reads the header and leaves the stream at the data.</summary>
    public static NpyHeader Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[8];
        BoundedReader.Fill(stream, start, "the start");
        if (start[0] != 0x93 || !start[1..6].SequenceEqual("NUMPY"u8) || start[6] is < 1 or > 3)
        {
            throw new InvalidDataException("The file does not begin as an .npy file of version 1, 2 or 3.");
        }

        Span<byte> size = stackalloc byte[start[6] == 1 ? 2 : 4];
        BoundedReader.Fill(stream, size, "the length of the header");
        uint length = size.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > MaxLength)
        {
            throw new InvalidDataException(FormattableString.Invariant($"The header claims {length} bytes; {MaxLength} are the most."));
        }

        return new Parser(Encoding.Latin1.GetString(BoundedReader.Read(stream, (int)length, "a header"))).Parse();
    }

    /// <summary>Reads the dictionary: three known keys in any order, each with the one kind of value it has.</summary>
    private sealed class Parser(string text)
    {
        private int _position;

        public NpyHeader Parse()
        {
            string? description = null;
            bool? isFortran = null;
            List<int>? shape = null;
            Expect('{');
            while (!Accept('}'))
            {
                string key = String();
                Expect(':');
                switch (key)
                {
                    case "descr" when description is null:
                        description = String();
                        break;
                    case "fortran_order" when isFortran is null:
                        isFortran = Boolean();
                        break;
                    case "shape" when shape is null:
                        shape = Tuple();
                        break;
                    default:
                        throw Wrong($"the key '{key}' is unknown or there twice");
                }

                if (!Accept(','))
                {
                    Expect('}');
                    break;
                }
            }

            if (text.AsSpan(_position).Trim(" \n").Length > 0)
            {
                throw Wrong("something follows the dictionary");
            }

            if (description is null || isFortran is null || shape is null)
            {
                throw Wrong("'descr', 'fortran_order' and 'shape' are needed");
            }

            return Check(description, isFortran.Value, [.. shape]);
        }

        private NpyHeader Check(string description, bool isFortran, int[] shape)
        {
            if (description is not ("<f4" or "<f8" or "<i4" or "<i8" or "|u1"))
            {
                throw Wrong($"elements of the type '{description}' are not read here, only '<f4', '<f8', '<i4', '<i8' and '|u1'");
            }

            // With one dimension there is one order.
            if (isFortran && shape.Length > 1)
            {
                throw Wrong("the array is in Fortran order; save np.ascontiguousarray of it");
            }

            string type = description[1..];
            long length = SizeOf(type);
            foreach (int size in shape)
            {
                // A factor of zero may come later, but an array with such a shape is nobody's.
                length *= size;
                if (length > Array.MaxLength)
                {
                    throw Wrong("the array is larger than 2 GB");
                }
            }

            return new NpyHeader(type, shape, (int)length);
        }

        private string String()
        {
            SkipBlanks();
            char quote = _position < text.Length ? text[_position] : '\0';
            int end = quote is '\'' or '"' ? text.IndexOf(quote, _position + 1) : -1;
            if (end < 0 || end - _position > 40)
            {
                throw Wrong("a short string is expected");
            }

            string value = text[(_position + 1)..end];
            _position = end + 1;
            return value;
        }

        private bool Boolean()
        {
            SkipBlanks();
            foreach (bool value in new[] { true, false })
            {
                string name = value ? "True" : "False";
                if (text.AsSpan(_position).StartsWith(name, StringComparison.Ordinal))
                {
                    _position += name.Length;
                    return value;
                }
            }

            throw Wrong("True or False is expected");
        }

        private List<int> Tuple()
        {
            var numbers = new List<int>();
            Expect('(');
            while (!Accept(')'))
            {
                numbers.Add(Number());
                if (!Accept(','))
                {
                    Expect(')');
                    break;
                }
            }

            return numbers;
        }

        private int Number()
        {
            SkipBlanks();
            int start = _position;
            while (_position < text.Length && char.IsAsciiDigit(text[_position]))
            {
                _position++;
            }

            return int.TryParse(text.AsSpan(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw Wrong("a size from 0 to 2147483647 is expected");
        }

        private void Expect(char expected)
        {
            if (!Accept(expected))
            {
                throw Wrong($"'{expected}' is expected");
            }
        }

        private bool Accept(char expected)
        {
            SkipBlanks();
            bool isThere = _position < text.Length && text[_position] == expected;
            _position += isThere ? 1 : 0;
            return isThere;
        }

        private void SkipBlanks()
        {
            while (_position < text.Length && text[_position] == ' ')
            {
                _position++;
            }
        }

        private InvalidDataException Wrong(string problem) =>
            new(FormattableString.Invariant($"The header of the .npy file is not what it should be, at character {_position}: {problem}."));
    }
}
