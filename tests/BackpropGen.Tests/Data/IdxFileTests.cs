using System.Globalization;

namespace BackpropGen.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private static readonly byte[] SixPixels = [10, 20, 30, 40, 50, 60];
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_are_read()
    {
        var file = IdxFile.ReadImages(_folder.Write("images", DataFolder.Idx([1, 2, 3], SixPixels)));

        Assert.Equal([1, 2, 3], file.Sizes);
        Assert.Equal(SixPixels, file.Data.ToArray());
    }

    [Fact]
    public void Labels_are_read()
    {
        var file = IdxFile.ReadLabels(_folder.Write("labels", DataFolder.Idx([3], [7, 0, 9])));

        Assert.Equal([3], file.Sizes);
        Assert.Equal([7, 0, 9], file.Data.ToArray());
    }

    [Fact]
    public void A_refusal_reads_the_same_everywhere()
    {
        string path = _folder.Write("images", DataFolder.Idx([1, 100, 100], SixPixels));
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("en-US") { NumberFormat = { NumberGroupSeparator = "'" } };
            var exception = Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(path));
            Assert.Equal($"{path}: expected 10,000 bytes of data (1 × 100 × 100), found 6: the file is cut short.", exception.Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData("images.gz")]
    [InlineData("renamed-images")]
    public void Gzip_is_recognised_whatever_the_name(string name)
    {
        var file = IdxFile.ReadImages(_folder.Write(name, DataFolder.Gzip(DataFolder.Idx([2, 1, 3], SixPixels))));

        Assert.Equal([2, 1, 3], file.Sizes);
        Assert.Equal(SixPixels, file.Data.ToArray());
    }

    [Fact]
    public void Data_beyond_the_first_buffer_is_read()
    {
        var random = new Random(1);
        var pixels = new byte[3000 * 28 * 28];
        random.NextBytes(pixels);

        var file = IdxFile.ReadImages(_folder.Write("images.gz", DataFolder.Gzip(DataFolder.Idx([3000, 28, 28], pixels))));

        Assert.True(pixels.AsSpan().SequenceEqual(file.Data.Span));
    }

    [Theory]
    [InlineData(0, "expected a magic number of 4 bytes, found 0.")]
    [InlineData(3, "expected a magic number of 4 bytes, found 3.")]
    [InlineData(10, "expected a header of 16 bytes, found 10.")]
    [InlineData(16, "expected 6 bytes of data (1 × 2 × 3), found 0: the file is cut short.")]
    [InlineData(21, "expected 6 bytes of data (1 × 2 × 3), found 5: the file is cut short.")]
    public void A_file_cut_short_is_refused(int length, string problem)
    {
        byte[] bytes = DataFolder.Idx([1, 2, 3], SixPixels)[..length];

        AssertRefused(_folder.Write("images", bytes), problem);
        AssertRefused(_folder.Write("images.gz", DataFolder.Gzip(bytes)), problem);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(100)]
    public void A_gzip_stream_cut_short_is_refused(int length)
    {
        var pixels = new byte[10_000];
        new Random(2).NextBytes(pixels);
        byte[] bytes = DataFolder.Gzip(DataFolder.Idx([100, 10, 10], pixels));
        string path = _folder.Write("images.gz", bytes[..length]);

        var exception = Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(path));

        Assert.StartsWith(path, exception.Message);
    }

    [Fact]
    public void A_damaged_gzip_stream_is_refused()
    {
        byte[] bytes = DataFolder.Gzip(DataFolder.Idx([1, 2, 3], SixPixels));
        bytes[^6] ^= 0xFF; // a byte of the checksum

        var exception = Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(_folder.Write("images.gz", bytes)));

        Assert.Contains("expected an intact gzip stream, found it damaged", exception.Message);
    }

    [Fact]
    public void Trailing_data_is_refused()
    {
        byte[] bytes = [.. DataFolder.Idx([1, 2, 3], SixPixels), 0];
        const string Problem = "expected 6 bytes of data (1 × 2 × 3), found more after them.";

        AssertRefused(_folder.Write("images", bytes), Problem);
        AssertRefused(_folder.Write("images.gz", DataFolder.Gzip(bytes)), Problem);
    }

    [Fact]
    public void Labels_are_no_images()
    {
        string path = _folder.Write("images", DataFolder.Idx([3], [7, 0, 9]));

        AssertRefused(path, "expected the magic number 0x00000803 of images, found 0x00000801.");
    }

    [Fact]
    public void Any_other_file_is_refused()
    {
        string path = _folder.Write("images", "<!DOCTYPE html>"u8.ToArray());

        AssertRefused(path, "expected the magic number 0x00000803 of images, found 0x3C21444F.");
    }

    [Theory]
    [InlineData(0, 28, 28)]
    [InlineData(int.MaxValue, 1, 1)]
    [InlineData(-1, 28, 28)]
    [InlineData(1, 65_536, 65_536)]
    public void Absurd_sizes_are_refused_before_any_memory_is_taken(int count, int rows, int columns)
    {
        string path = _folder.Write("images", DataFolder.Idx([count, rows, columns], []));
        long before = GC.GetAllocatedBytesForCurrentThread();

        var exception = Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(path));

        Assert.Contains("expected sizes of at least 1", exception.Message);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void A_header_that_promises_too_much_costs_little_memory()
    {
        string path = _folder.Write("images", DataFolder.Idx([1_000_000, 28, 28], SixPixels));
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(path));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20);
    }

    private static void AssertRefused(string path, string problem)
    {
        var exception = Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(path));
        Assert.Equal($"{path}: {problem}", exception.Message);
    }
}
