using System.Buffers.Binary;
using System.IO.Compression;

namespace Digits;

/// <summary>
/// Reads the IDX format of the MNIST family, plain or compressed with gzip: a magic number 00 00 08 d (08: bytes; d: the number
/// of dimensions), d big-endian 32-bit sizes, then the bytes. Nothing in the file is believed before it is checked.
/// </summary>
internal sealed class IdxFile
{
    /// <summary>More than any file of the family has (the largest is below 600 MB), less than would do harm.</summary>
    private const long MaxBytes = 1L << 30;

    private const int ByteType = 0x08;

    private IdxFile(int[] sizes, byte[] data) => (Sizes, Data) = (sizes, data);

    /// <summary>The size of each dimension; the first is the number of items.</summary>
    public int[] Sizes { get; }

    /// <summary>The bytes, the last dimension fastest.</summary>
    public byte[] Data { get; }

    /// <summary>Reads images: [N × rows × columns].</summary>
    public static IdxFile ReadImages(string path) => Read(path, dimensions: 3, "images");

    /// <summary>Reads labels: [N].</summary>
    public static IdxFile ReadLabels(string path) => Read(path, dimensions: 1, "labels");

    private static IdxFile Read(string path, int dimensions, string content)
    {
        using FileStream file = File.OpenRead(path);
        try
        {
            using Stream stream = Decompress(file);
            int[] sizes = ReadHeader(stream, path, dimensions, content);
            byte[] data = ReadData(stream, path, sizes);
            return new IdxFile(sizes, data);
        }
        catch (InvalidDataException exception)
        {
            throw new IdxFormatException(path, $"expected an intact gzip stream, found it damaged ({exception.Message.TrimEnd('.')}).", exception);
        }
    }

    /// <summary>Goes by the first two bytes of the file and not by its name, since downloads get renamed.</summary>
    private static Stream Decompress(FileStream file)
    {
        Span<byte> start = stackalloc byte[2];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && start is [0x1F, 0x8B] ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static int[] ReadHeader(Stream stream, string path, int dimensions, string content)
    {
        Span<byte> header = stackalloc byte[4 + (4 * dimensions)];
        int read = stream.ReadAtLeast(header[..4], 4, throwOnEndOfStream: false);
        if (read < 4)
        {
            throw new IdxFormatException(path, $"expected a magic number of 4 bytes, found {read}.");
        }

        uint expected = (ByteType << 8) | (uint)dimensions;
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (magic != expected)
        {
            throw new IdxFormatException(path, $"expected the magic number 0x{expected:X8} of {content}, found 0x{magic:X8}.");
        }

        read += stream.ReadAtLeast(header[4..], header.Length - 4, throwOnEndOfStream: false);
        if (read < header.Length)
        {
            throw new IdxFormatException(path, $"expected a header of {header.Length} bytes, found {read}.");
        }

        var sizes = new int[dimensions];
        long total = 1;
        for (int i = 0; i < dimensions; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(header[(4 + (4 * i))..]);
            if (size == 0 || size > MaxBytes || (total *= size) > MaxBytes)
            {
                throw new IdxFormatException(
                    path, $"expected sizes of at least 1 that make at most {MaxBytes:N0} bytes, found {size:N0} as size {i + 1} of {dimensions}.");
            }

            sizes[i] = (int)size;
        }

        return sizes;
    }

    private static byte[] ReadData(Stream stream, string path, int[] sizes)
    {
        int expected = sizes.Aggregate((product, size) => product * size);

        // The memory grows with what is really there, so that a false header costs nothing.
        var data = new byte[Math.Min(expected, 1 << 20)];
        int read = 0;
        while (true)
        {
            read += stream.ReadAtLeast(data.AsSpan(read), data.Length - read, throwOnEndOfStream: false);
            if (read < data.Length)
            {
                throw new IdxFormatException(
                    path, $"expected {expected:N0} bytes of data ({string.Join(" × ", sizes)}), found {read:N0}: the file is cut short.");
            }

            if (read == expected)
            {
                break;
            }

            Array.Resize(ref data, (int)Math.Min(expected, 2L * data.Length));
        }

        if (stream.ReadByte() >= 0)
        {
            throw new IdxFormatException(path, $"expected {expected:N0} bytes of data ({string.Join(" × ", sizes)}), found more after them.");
        }

        return data;
    }
}
