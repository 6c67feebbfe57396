using System.IO.Compression;

namespace BackpropGen;

/// <summary>The arrays of a file that NumPy's <c>savez</c> or <c>savez_compressed</c> wrote; each is read when it is asked for.</summary>
public sealed class NpzFile : IDisposable
{
    private const string Extension = ".npy";

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly string _source;

    private NpzFile(Stream stream, bool leaveOpen, string source)
    {
        _source = source;
        _archive = Guarded(() => new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen));
        foreach (ZipArchiveEntry entry in Guarded(() => _archive.Entries))
        {
            if (entry.FullName.EndsWith(Extension, StringComparison.Ordinal)
                && !_entries.TryAdd(entry.FullName[..^Extension.Length], entry))
            {
                throw new InvalidDataException($"{source}The archive has '{entry.FullName}' twice.");
            }
        }
    }

    /// <summary>The names of the arrays in the order of the file.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Reads an array.</summary>
    /// <param name="name">Its name, without ".npy".</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or of a type that is not read here.</exception>
    public NpyArray this[string name]
    {
        get
        {
            ZipArchiveEntry entry = _entries.TryGetValue(name, out ZipArchiveEntry? found)
                ? found
                : throw new KeyNotFoundException($"{_source}There is no array '{name}'; there are {string.Join(", ", Names.Select(other => $"'{other}'"))}.");
            return Guarded(() =>
            {
                // NpyArray reads to the end, so the checksum is that of the whole entry. The zip reader does not look at it.
                using Stream content = entry.Open();
                using var stream = new Crc32Stream(content);
                NpyArray array = NpyArray.Read(stream);
                return stream.Checksum == entry.Crc32
                    ? array
                    : throw new InvalidDataException(FormattableString.Invariant(
                        $"'{entry.FullName}' is damaged: its CRC-32 is {stream.Checksum:X8}, the archive says {entry.Crc32:X8}."));
            });
        }
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its arrays; to be disposed.</returns>
    /// <exception cref="InvalidDataException">It is no sound zip archive.</exception>
    public static NpzFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream stream = File.OpenRead(path);
        try
        {
            return new NpzFile(stream, leaveOpen: false, $"{path}: ");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens a stream.</summary>
    /// <param name="stream">A stream that can seek; it is left open.</param>
    /// <returns>Its arrays; to be disposed.</returns>
    /// <exception cref="InvalidDataException">It is no sound zip archive.</exception>
    public static NpzFile Open(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            // The table of contents is at the end; the archive would read all into memory to get there.
            throw new ArgumentException("The stream cannot seek.", nameof(stream));
        }

        return new NpzFile(stream, leaveOpen: true, string.Empty);
    }

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    /// <summary>Says of whatever a damaged archive makes the zip reader throw that the data is wrong.</summary>
    private TResult Guarded<TResult>(Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception
            is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"{_source}{exception.Message}", exception);
        }
    }
}
