namespace BackpropGen;

/// <summary>
/// Writes a file as a whole or not at all: into a temporary file beside it, flushed to the disk, which then takes its place. Whoever opens
/// the path finds the previous file or the new one, also after a crash in the middle; a process that is killed may leave the temporary file.
/// </summary>
/// <remarks>
/// Pipes and devices, such as /dev/stdout, are no files that could be replaced: on Unix they are written straight into. There a file that is
/// read-only is replaced too, and stays read-only: what counts is whether its folder may be written.
/// </remarks>
public static class AtomicFile
{
    /// <summary>Of a long name so much goes into that of the temporary file: names have 255 bytes at most, and a character takes up to three.</summary>
    private const int MaxPrefix = 32;

    /// <summary>Writes a file, in place of one that may be there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file cannot be written. The previous one is untouched, and nothing is left beside it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written; on Windows, or the file may not.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);

        // Where the path is a link, the file behind it is replaced and not the link.
        var file = new FileInfo(path);
        string target = file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        using FileStream? device = OpenDevice(file, target);
        if (device is null)
        {
            Replace(target, write);
            return;
        }

        write(device);
        device.Flush();
    }

    private static void Replace(string target, Action<Stream> write)
    {
        // In the same folder: only within one file system is taking the place of another file a single act.
        string temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Prefix(Path.GetFileName(target))}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows() && File.Exists(target))
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception exception)
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            if (Renamed(exception, temporary, target) is { } renamed)
            {
                throw renamed;
            }

            throw;
        }
    }

    /// <summary>Opens what cannot be replaced; null where there is a regular file, or none.</summary>
    private static FileStream? OpenDevice(FileInfo file, string target)
    {
        // A pipe or a device has no length, like an empty file, and .NET does not tell them apart before they are open.
        if (OperatingSystem.IsWindows() || !file.Exists || (File.Exists(target) && new FileInfo(target).Length > 0))
        {
            return null;
        }

        FileStream stream;
        try
        {
            // Opening a pipe waits for a reader. The path and not the target: what /dev/stdout links to may have no name.
            stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }

        if (IsRegular(stream))
        {
            stream.Dispose();
            return null;
        }

        return stream;
    }

    /// <summary>Whether an open file of length 0 is a regular one: only these can seek and be cut to a length.</summary>
    private static bool IsRegular(FileStream stream)
    {
        try
        {
            if (stream.CanSeek)
            {
                stream.SetLength(0);
                return true;
            }
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException or UnauthorizedAccessException)
        {
            // A device such as /dev/null can seek, but has no length to set.
        }

        return false;
    }

    /// <summary>The beginning of a name, without half of a surrogate pair at its end.</summary>
    private static string Prefix(string name) =>
        name.Length <= MaxPrefix ? name : name[..(char.IsHighSurrogate(name[MaxPrefix - 1]) ? MaxPrefix - 1 : MaxPrefix)];

    /// <summary>The same exception about the file that the caller knows; null where it does not speak of the temporary one.</summary>
    private static Exception? Renamed(Exception exception, string temporary, string target)
    {
        string message = exception.Message.Replace(temporary, target);
        return message == exception.Message ? null : exception switch
        {
            UnauthorizedAccessException => new UnauthorizedAccessException(message, exception),
            DirectoryNotFoundException => new DirectoryNotFoundException(message, exception),
            PathTooLongException => new PathTooLongException(message, exception),
            IOException => new IOException(message, exception),
            _ => null,
        };
    }
}
