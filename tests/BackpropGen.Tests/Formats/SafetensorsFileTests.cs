using System.Text;

namespace BackpropGen.Tests.Formats;

/// <summary>What files are read, and what is refused and how.</summary>
public sealed class SafetensorsFileTests
{
    [Fact]
    public void Any_file_is_listed()
    {
        byte[] file = SafetensorsBytes.Of(
            """{"b":{"dtype":"I64","shape":[],"data_offsets":[8,16]},"__metadata__":{"who":"größer \u00e9"},"a":{"shape":[2,1],"data_offsets":[0,8],"dtype":"F32"},"none":{"dtype":"BF16","shape":[0,9],"data_offsets":[16,16]}}   """,
            [.. SafetensorsBytes.Singles(1.5f, -2), 7, 0, 0, 0, 0, 0, 0, 0]);

        foreach (SafetensorsFile read in new[] { SafetensorsFile.Read(new MemoryStream(file)), SafetensorsFile.Read(new TrickleStream(file)) })
        {
            Assert.Equal(["a", "b", "none"], read.Tensors.Select(tensor => tensor.Name));
            Assert.Equal("größer é", read.Metadata["who"]);
            Assert.Equal([1.5f, -2], read["a"].ToSingles());
            Assert.Equal([2L, 1], read["a"].Shape);
            Assert.Equal("I64", read["b"].ElementType);
            Assert.Equal([7, 0, 0, 0, 0, 0, 0, 0], read["b"].Data.ToArray());
            Assert.Empty(read["b"].Shape);
            Assert.Empty(read["none"].ToDoubles());
            Assert.False(read.TryGet("c", out _));
        }
    }

    [Fact]
    public void Narrow_types_widen_without_loss()
    {
        ushort[] halves = [0x3C00, 0xC000, 0x0001, 0x7C00, 0xFBFF];
        ushort[] brains = [0x3F80, 0xC000, 0x0001, 0x7F80, 0x4049];
        byte[] data = [.. halves.Concat(brains).SelectMany(BitConverter.GetBytes)];
        SafetensorsFile file = Read("""{"half":{"dtype":"F16","shape":[5],"data_offsets":[0,10]},"brain":{"dtype":"BF16","shape":[5],"data_offsets":[10,20]}}""", data);

        Assert.Equal([1, -2, 5.9604645E-08f, float.PositiveInfinity, -65504], file["half"].ToSingles());
        Assert.Equal([1, -2, 5.9604644775390625E-08, double.PositiveInfinity, -65504], file["half"].ToDoubles());
        Assert.Equal([1, -2, BitConverter.Int32BitsToSingle(0x10000), float.PositiveInfinity, 3.140625f], file["brain"].ToSingles());
    }

    [Fact]
    public void Doubles_are_not_rounded_to_floats()
    {
        SafetensorsFile file = Read("""{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", SafetensorsBytes.Doubles(0.1));

        Assert.Equal([0.1], file["a"].ToDoubles());
        Assert.Throws<InvalidDataException>(() => file["a"].ToSingles());
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", 8, "which needs 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "which needs 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "not a whole number of 0 or more")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "not a whole number of 0 or more")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "not a whole number of 0 or more")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,18446744073709551620]}}""", 4, "not a whole number of 0 or more")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "more than can be addressed")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387905],"data_offsets":[0,4]}}""", 4, "more than can be addressed")]
    [InlineData("""{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}""", 1, "which needs 1 bytes")]
    [InlineData("""{"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""", 4, "unknown type 'F33'")]
    [InlineData("""{"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}""", 4, "dtype of 'a' is not a string")]
    [InlineData("""{"a":{"dtype":"F32","shape":{},"data_offsets":[0,4]}}""", 4, "shape of 'a' is not an array")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "'a' has 'dtype', twice or unknown")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}""", 4, "'a' has 'x', twice or unknown")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "has 'a' twice")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "no gap and no overlap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}}""", 5, "no gap and no overlap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "no gap and no overlap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 1, "cut short")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 3, "more bytes after the data")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9000000000],"data_offsets":[0,9000000000]}}""", 3, "")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "is not a string")]
    [InlineData("""{"__metadata__":{"a":"1","a":"1"}}""", 0, "has 'a' twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0, "twice")]
    [InlineData("""{"__metadata__":[]}""", 0, "is not an object")]
    [InlineData("""{"a":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}""", 0, "'a' is not an object")]
    [InlineData("""{"a":{"shape":[[[[[[[[[[[[[[[[[[[[1""", 0, "not a whole number")]
    [InlineData("""{"a":{}} x""", 0, "two data_offsets")]
    [InlineData("""{} x""", 0, "not the JSON it should be")]
    [InlineData("""{"a":""", 0, "not the JSON it should be")]
    [InlineData("""{"\ud800":{}}""", 0, "no text")]
    [InlineData("""{"a":{},}""", 0, "two data_offsets")]
    [InlineData("""{/**/}""", 0, "not the JSON it should be")]
    [InlineData("[]", 0, "does not begin with '{'")]
    [InlineData(" {}", 0, "does not begin with '{'")]
    [InlineData("", 0, "does not begin with '{'")]
    public void A_wrong_file_is_refused(string header, int data, string problem)
    {
        byte[] file = SafetensorsBytes.Of(Encoding.UTF8.GetBytes(header), new byte[data]);

        foreach (Stream stream in new Stream[] { new MemoryStream(file), new TrickleStream(file) })
        {
            var exception = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(stream));
            Assert.Contains(problem, exception.Message);
        }
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused()
    {
        byte[] header = Encoding.Latin1.GetBytes("""{"é":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""");

        var exception = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(new MemoryStream(SafetensorsBytes.Of(header, []))));

        Assert.Contains("not valid UTF-8", exception.Message);
    }

    [Theory]
    [InlineData(100_000_001)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(100_000_000)]
    public void A_header_that_promises_too_much_costs_little_memory(long length)
    {
        byte[] file = [.. BitConverter.GetBytes(length), (byte)'{', (byte)'}'];
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(new MemoryStream(file)));
        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(new TrickleStream(file)));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Data_that_is_only_promised_costs_little_memory()
    {
        byte[] file = SafetensorsBytes.Of("""{"a":{"dtype":"U8","shape":[2000000000],"data_offsets":[0,2000000000]}}""", 1, 2, 3);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(new MemoryStream(file)));
        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(new TrickleStream(file)));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_file_without_a_header_is_refused(int length) =>
        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(new MemoryStream(new byte[length])));

    private static SafetensorsFile Read(string header, byte[] data) => SafetensorsFile.Read(new MemoryStream(SafetensorsBytes.Of(header, data)));
}
