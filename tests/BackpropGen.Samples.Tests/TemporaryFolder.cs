using System.IO.Compression;

namespace BackpropGen.Samples.Tests;

/// <summary>A folder of one test, deleted with it, and the writing of IDX files into it.</summary>
internal sealed class TemporaryFolder : IDisposable
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

    /// <summary>Images of 28 × 28 pixels whose first pixel is their number, and labels 0, 1, …, 9, 0, …</summary>
    public void WriteSet(string set, int count)
    {
        var pixels = new byte[count * 784];
        var labels = new byte[count];
        for (int n = 0; n < count; n++)
        {
            pixels[n * 784] = (byte)n;
            labels[n] = (byte)(n % 10);
        }

        Write($"{set}-images-idx3-ubyte", Idx([count, 28, 28], pixels));
        Write($"{set}-labels-idx1-ubyte", Idx([count], labels));
    }
}
