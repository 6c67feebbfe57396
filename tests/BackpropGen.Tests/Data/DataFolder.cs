using System.IO.Compression;

namespace BackpropGen.Tests.Data;

/// <summary>A folder of one test, deleted with it, and the bytes of IDX files.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("backpropgen-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string Write(string name, byte[] content)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>An IDX file of bytes, as the format says: magic number, sizes, data.</summary>
    public static byte[] Idx(int[] sizes, byte[] data)
    {
        var bytes = new List<byte> { 0, 0, 8, (byte)sizes.Length };
        foreach (int size in sizes)
        {
            bytes.AddRange([(byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size]);
        }

        return [.. bytes, .. data];
    }

    public static byte[] Gzip(byte[] content)
    {
        var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return memory.ToArray();
    }
}
