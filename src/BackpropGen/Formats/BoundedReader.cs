namespace BackpropGen;

/// <summary>Reads what a file claims to hold without believing it: memory grows with what is really there.</summary>
internal static class BoundedReader
{
    private const int FirstChunk = 1 << 16;

    /// <summary>Reads exactly <paramref name="length"/> bytes.</summary>
    /// <param name="stream">Where they come from.</param>
    /// <param name="length">How many the file claims; at most what an array holds.</param>
    /// <param name="what">What they are, for the message.</param>
    /// <exception cref="InvalidDataException">The stream ends before.</exception>
    public static byte[] Read(Stream stream, int length, string what)
    {
        CheckRemaining(stream, length, what);
        var data = new byte[stream.CanSeek ? length : Math.Min(length, FirstChunk)];
        int read = 0;
        while (true)
        {
            read += stream.ReadAtLeast(data.AsSpan(read), data.Length - read, throwOnEndOfStream: false);
            if (read < data.Length)
            {
                throw CutShort(what, length, read);
            }

            if (read == length)
            {
                return data;
            }

            Array.Resize(ref data, (int)Math.Min(length, 2L * data.Length));
        }
    }

    /// <summary>Where the stream knows its length, refuses at once what cannot be there.</summary>
    public static void CheckRemaining(Stream stream, long length, string what)
    {
        if (stream.CanSeek && stream.Length - stream.Position < length)
        {
            throw CutShort(what, length, Math.Max(0, stream.Length - stream.Position));
        }
    }

    /// <summary>Fills a buffer.</summary>
    public static void Fill(Stream stream, Span<byte> buffer, string what)
    {
        int read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (read < buffer.Length)
        {
            throw CutShort(what, buffer.Length, read);
        }
    }

    /// <summary>Demands that nothing follows.</summary>
    public static void ExpectEnd(Stream stream)
    {
        if (stream.ReadByte() >= 0)
        {
            throw new InvalidDataException("There are more bytes after the data that the header describes.");
        }
    }

    /// <summary>Runs a reader on a file and puts its path before the complaint.</summary>
    public static TResult Open<TResult>(string path, Func<Stream, TResult> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        try
        {
            return read(stream);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private static InvalidDataException CutShort(string what, long length, long read) =>
        new(FormattableString.Invariant($"The file is cut short: {what} of {length} bytes was expected, {read} are there."));
}
