using System.Buffers.Binary;
using System.IO.Compression;

namespace BackpropGen;

/// <summary>
/// Reads the IDX format of the MNIST family, plain or compressed with gzip: a magic number 00 00 08 d (08: bytes; d: the number
/// of dimensions), d big-endian 32-bit sizes, then the bytes. Nothing in the file is believed before it is checked.
/// </summary>
/// <remarks>
/// Of a gzip stream that breaks off after the last byte of data, .NET says nothing unless the program sets
/// <c>System.IO.Compression.UseStrictValidation</c>.
/// </remarks>
public sealed class IdxFile
{
    /// <summary>More than any file of the family has (the largest is below 600 MB), less than would do harm.</summary>
    private const long MaxBytes = 1L << 30;

    private const int ByteType = 0x08;

    private readonly byte[] _data;

    private IdxFile(int[] sizes, byte[] data)
    {
        Sizes = Array.AsReadOnly(sizes);
        _data = data;
    }

    /// <summary>The size of each dimension; the first is the number of items.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The bytes, the last dimension fastest.</summary>
    public ReadOnlyMemory<byte> Data => _data;

    /// <summary>Reads images: [N × rows × columns].</summary>
    /// <param name="path">The file.</param>
    /// <returns>The images.</returns>
    /// <exception cref="InvalidDataException">It is no whole and sound file of images; the message says what was expected and what was found.</exception>
    public static IdxFile ReadImages(string path) => Read(path, dimensions: 3, "images");

    /// <summary>Reads labels: [N].</summary>
    /// <param name="path">The file.</param>
    /// <returns>The labels.</returns>
    /// <exception cref="InvalidDataException">It is no whole and sound file of labels; the message says what was expected and what was found.</exception>
    public static IdxFile ReadLabels(string path) => Read(path, dimensions: 1, "labels");

    private static IdxFile Read(string path, int dimensions, string content) => BoundedReader.Open(path, file =>
    {
        using Stream stream = Decompress(file);
        int[] sizes = ReadHeader(stream, dimensions, content);
        return new IdxFile(sizes, ReadData(stream, sizes));
    });

    /// <summary>Goes by the first two bytes of the file and not by its name, since downloads get renamed.</summary>
    private static Stream Decompress(Stream file)
    {
        Span<byte> start = stackalloc byte[2];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && start is [0x1F, 0x8B] ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static int[] ReadHeader(Stream stream, int dimensions, string content)
    {
        Span<byte> header = stackalloc byte[4 + (4 * dimensions)];
        int read = Fill(stream, header[..4]);
        if (read < 4)
        {
            throw new InvalidDataException($"expected a magic number of 4 bytes, found {read}.");
        }

        uint expected = (ByteType << 8) | (uint)dimensions;
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (magic != expected)
        {
            throw new InvalidDataException($"expected the magic number 0x{expected:X8} of {content}, found 0x{magic:X8}.");
        }

        read += Fill(stream, header[4..]);
        if (read < header.Length)
        {
            throw new InvalidDataException($"expected a header of {header.Length} bytes, found {read}.");
        }

        var sizes = new int[dimensions];
        long total = 1;
        for (int i = 0; i < dimensions; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(header[(4 + (4 * i))..]);
            if (size == 0 || size > MaxBytes || (total *= size) > MaxBytes)
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"expected sizes of at least 1 that make at most {MaxBytes:N0} bytes, found {size:N0} as size {i + 1} of {dimensions}."));
            }

            sizes[i] = (int)size;
        }

        return sizes;
    }

    private static byte[] ReadData(Stream stream, int[] sizes)
    {
        int expected = sizes.Aggregate((product, size) => product * size);

        // The memory grows with what is really there, so that a false header costs nothing.
        var data = new byte[Math.Min(expected, 1 << 20)];
        int read = 0;
        while (true)
        {
            read += Fill(stream, data.AsSpan(read));
            if (read < data.Length)
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"expected {expected:N0} bytes of data ({string.Join(" × ", sizes)}), found {read:N0}: the file is cut short."));
            }

            if (read == expected)
            {
                break;
            }

            Array.Resize(ref data, (int)Math.Min(expected, 2L * data.Length));
        }

        if (Fill(stream, new byte[1]) > 0)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"expected {expected:N0} bytes of data ({string.Join(" × ", sizes)}), found more after them."));
        }

        return data;
    }

    /// <summary>Reads as many bytes as there are and as fit; returns how many.</summary>
    private static int Fill(Stream stream, Span<byte> buffer)
    {
        try
        {
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"expected an intact gzip stream, found it damaged ({exception.Message.TrimEnd('.')}).", exception);
        }
    }
}
