using System.IO.Compression;
using System.Text;

namespace BackpropGen.Tests.Data;

/// <summary>Arrays of NumPy: what is read, and what is refused and how.</summary>
public sealed class NpyTests
{
    private static readonly byte[] SixFloats = [.. new[] { 1f, 2, 3, 4, 5, 0.1f }.SelectMany(BitConverter.GetBytes)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_array_is_read(int version)
    {
        byte[] file = Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }", SixFloats, (byte)version);

        foreach (Stream stream in new Stream[] { new MemoryStream(file), new Formats.TrickleStream(file) })
        {
            NpyArray array = NpyArray.Read(stream);
            Assert.Equal("f4", array.ElementType);
            Assert.Equal([3, 2], array.Shape);
            Assert.Equal([1, 2, 3, 4, 5, 0.1f], array.ToSingles());
            Assert.Equal([1, 2, 3, 4, 5, 0.1f], array.ToDoubles());
            Assert.Equal(SixFloats, array.Data.ToArray());
        }
    }

    [Fact]
    public void Every_type_converts()
    {
        NpyArray doubles = Read("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", [.. BitConverter.GetBytes(0.1), .. BitConverter.GetBytes(double.NaN)]);
        Assert.Equal([0.1, double.NaN], doubles.ToDoubles());
        Assert.Equal([0.1f, float.NaN], doubles.ToSingles());

        NpyArray integers = Read("{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }", [.. BitConverter.GetBytes(-7), .. BitConverter.GetBytes(int.MaxValue)]);
        Assert.Equal([-7, int.MaxValue], integers.ToInt32s());
        Assert.Equal([-7.0, int.MaxValue], integers.ToDoubles());

        NpyArray longs = Read("{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }", [.. BitConverter.GetBytes(-7L), .. BitConverter.GetBytes(1L << 31)]);
        Assert.Equal([-7f, 2147483648f], longs.ToSingles());
        Assert.Throws<InvalidDataException>(longs.ToInt32s);

        NpyArray bytes = Read("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", [0, 255]);
        Assert.Equal([0, 255], bytes.ToInt32s());
        Assert.Equal([0f, 255], bytes.ToSingles());
        Assert.Throws<InvalidDataException>(doubles.ToInt32s);
    }

    [Theory]
    [InlineData("{'shape': (), 'descr': '<f4', 'fortran_order': False}", 4, 1)]
    [InlineData("{ \"descr\" : \"<f4\" ,'fortran_order':True,'shape':(1,)}", 4, 1)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 7), }      \n", 0, 0)]
    public void Other_spellings_are_read(string header, int data, int count) => Assert.Equal(count, Read(header, new byte[data]).Length);

    [Theory]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", 4, "type '>f4'")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 4, "type '|O'")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", 4, "a short string is expected")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 1), }", 8, "Fortran order")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,), }", 4, "True or False")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", 4, "a size from 0")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296,), }", 4, "a size from 0")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647,), }", 4, "larger than 2 GB")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536, 65536, 65536, 65536, 65536), }", 4, "larger than 2 GB")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': [1], }", 4, "'(' is expected")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)", 4, "'}' is expected")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", 4, "are needed")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", 4, "twice")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x", 4, "something follows")]
    [InlineData("", 4, "'{' is expected")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", 7, "cut short")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", 5, "more bytes after the data")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (400000000,)}", 4, "cut short")]
    public void A_wrong_file_is_refused_at_little_cost(string header, int data, string problem)
    {
        byte[] file = Npy(header, new byte[data]);
        foreach (Func<Stream> open in new Func<Stream>[] { () => new MemoryStream(file), () => new Formats.TrickleStream(file) })
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var exception = Assert.Throws<InvalidDataException>(() => NpyArray.Read(open()));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
            Assert.Contains(problem, exception.Message);
        }
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 9, 0, 0, 0 })]
    [InlineData(new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 2, 0, 0, 0, 0, 127 })]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void Any_other_file_is_refused(byte[] file) => Assert.Throws<InvalidDataException>(() => NpyArray.Read(new MemoryStream(file)));

    [Fact]
    public void An_archive_gives_its_arrays_by_name()
    {
        using NpzFile file = NpzFile.Open(new MemoryStream(Npz()));

        Assert.Equal(["x", "y"], file.Names);
        Assert.Equal([3, 2], file["x"].Shape);
        Assert.Equal([7, 8], file["y"].ToInt32s());
        Assert.Contains("there are 'x', 'y'", Assert.Throws<KeyNotFoundException>(() => file["z"]).Message);
    }

    [Fact]
    public void A_refusal_names_the_file()
    {
        using var folder = new DataFolder();
        string path = folder.Write("data.npz", Npz()[..^30]);

        Assert.StartsWith($"{path}: ", Assert.Throws<InvalidDataException>(() => NpzFile.Open(path)).Message);
        File.Delete(path);
    }

    [Theory]
    [InlineData("x", CompressionLevel.NoCompression)]
    [InlineData("y", CompressionLevel.Optimal)]
    public void An_array_of_another_checksum_is_refused(string name, CompressionLevel level)
    {
        // The checksum stands 14 bytes after the beginning of the entry in the table of contents, PK 01 02.
        byte[] archive = Npz();
        byte[] entry = Encoding.ASCII.GetBytes(name + ".npy");
        int contents = archive.AsSpan().LastIndexOf(entry) - 46;
        Assert.Equal("PK\x01\x02", Encoding.ASCII.GetString(archive, contents, 4));
        Assert.Equal(level == CompressionLevel.NoCompression ? 0 : 8, archive[contents + 10]);
        archive[contents + 16] ^= 1;

        using NpzFile file = NpzFile.Open(new MemoryStream(archive));
        string message = Assert.Throws<InvalidDataException>(() => file[name]).Message;
        Assert.StartsWith($"'{name}.npy' is damaged: its CRC-32 is ", message, StringComparison.Ordinal);
        Assert.Equal(2, file[name == "x" ? "y" : "x"].Shape.Count + (name == "x" ? 1 : 0));
    }

    [Fact]
    public void A_name_that_is_there_twice_is_refused()
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("x.npy").Open().Dispose();
            archive.CreateEntry("x.npy").Open().Dispose();
        }

        Assert.Throws<InvalidDataException>(() => NpzFile.Open(stream));
    }

    [Fact]
    public void Nothing_escapes_from_damaged_files_but_the_documented_exception()
    {
        byte[] archive = Npz();
        byte[] array = Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }", SixFloats);
        var random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 40_000; i++)
        {
            byte[] bytes = [.. i % 2 == 0 ? archive : array];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)(255 * random.Next(2)) : (byte)random.Next(256);
            }

            try
            {
                if (i % 2 == 0)
                {
                    using NpzFile file = NpzFile.Open(new MemoryStream(bytes));
                    foreach (string name in file.Names)
                    {
                        _ = file[name];
                    }
                }
                else
                {
                    NpyArray.Read(new MemoryStream(bytes));
                }
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 10_000, 40_000);
    }

    private static NpyArray Read(string header, byte[] data) => NpyArray.Read(new MemoryStream(Npy(header, data)));

    private static byte[] Npy(string header, byte[] data, byte version = 1)
    {
        byte[] text = Encoding.Latin1.GetBytes(header);
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, .. data];
    }

    private static byte[] Npz()
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("x", CompressionLevel.NoCompression, Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }", SixFloats));
            Add("y", CompressionLevel.Optimal, Npy("{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }", [7, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0]));

            void Add(string name, CompressionLevel level, byte[] content)
            {
                using Stream entry = archive.CreateEntry($"{name}.npy", level).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }
}
