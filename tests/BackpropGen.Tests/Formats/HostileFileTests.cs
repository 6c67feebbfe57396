using System.Text;

namespace BackpropGen.Tests.Formats;

/// <summary>Files made to cost more than they hold: they are refused for about the memory of their header.</summary>
public sealed class HostileFileTests
{
    private const string Misfit = "The checkpoint does not fit the optimizer of SmallFileNet (3 → 4 → 2): the optimizer's number ";

    [Theory]
    [InlineData("{\"learning_rate\":0.001,\"stranger\":1,and no JSON after it", Misfit + "'stranger' is unexpected.")]
    [InlineData("{\"learning_rate\":0.001,\"learning_rate\":0.001,and no JSON after it", Misfit + "'learning_rate' is there twice.")]
    [InlineData("{\"learning_rate\":0.001,\"beta2_power\":1}", Misfit + "'beta1_power' is missing.")]
    public void Numbers_are_read_up_to_the_first_that_is_not_needed(string numbers, string message)
    {
        var network = new SmallFileNet(seed: 1);
        var stream = new MemoryStream();
        Checkpoint.Save(stream, network);
        SafetensorsFile saved = SafetensorsFile.Read(new MemoryStream(stream.ToArray()));
        string sound = saved.Metadata["backpropgen.optimizer_numbers"];
        string header = SafetensorsBytes.HeaderOf(stream.ToArray());
        string hostile = header.Replace(Escaped(sound), Escaped(numbers), StringComparison.Ordinal);
        Assert.NotEqual(header, hostile);
        byte[] data = stream.ToArray()[(8 + (int)BitConverter.ToInt64(stream.ToArray()))..];

        var exception = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(new MemoryStream(SafetensorsBytes.Of(hostile, data)), network));

        Assert.Equal(message, exception.Message);

        static string Escaped(string text) => text.Replace("\"", "\\\"", StringComparison.Ordinal);
    }

    [Fact]
    public void A_topology_of_a_million_lines_is_compared_in_place()
    {
        var network = new SmallFileNet(seed: 1);
        var stream = new MemoryStream();
        network.Save(stream);
        string header = SafetensorsBytes.HeaderOf(stream.ToArray());
        string hostile = header.Replace("inputs 3\\n", new StringBuilder().Insert(0, "x\\n", 1_000_000).ToString(), StringComparison.Ordinal);
        byte[] file = SafetensorsBytes.Of(hostile, stream.ToArray()[(8 + (int)BitConverter.ToInt64(stream.ToArray()))..]);

        string message = RefusedWithin(bytes: 8L * hostile.Length, () => network.Load(new MemoryStream(file)));

        Assert.StartsWith(
            "The file does not fit SmallFileNet (3 → 4 → 2): it was saved from 'x' where this network has 'inputs 3'; "
            + "it was saved from 'x' where this network has 'dense1 dense 3 4 bias Tanh'; it was saved from 'x' where this network has ",
            message,
            StringComparison.Ordinal);
        Assert.EndsWith("it was saved from 'x' where this network has nothing; and 999992 more.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shape", "data_offsets", "The shape of 'a' has more than 64 numbers")]
    [InlineData("data_offsets", "shape", "The data_offsets of 'a' has more than 2 numbers")]
    public void Millions_of_sizes_are_not_read(string field, string other, string message)
    {
        string header = $$$"""{"a":{"dtype":"U8","{{{other}}}":[0,0],"{{{field}}}":[{{{new StringBuilder("0").Insert(0, "1,", 2_000_000)}}}]}}""";
        byte[] file = SafetensorsBytes.Of(header);

        string refusal = RefusedWithin(bytes: 3L * header.Length / 2, () => SafetensorsFile.Read(new MemoryStream(file)));

        Assert.StartsWith(message, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_has_up_to_64_sizes()
    {
        string sizes = string.Join(",", Enumerable.Repeat("1", 64));
        byte[] file = SafetensorsBytes.Of($$$"""{"a":{"dtype":"U8","shape":[{{{sizes}}}],"data_offsets":[0,1]}}""", 7);
        Assert.Equal(64, SafetensorsFile.Read(new MemoryStream(file))["a"].Shape.Count);
    }

    [Fact]
    public void Tensors_that_nobody_asked_for_are_counted()
    {
        // A network reads over the state of an optimizer, so that this file costs what its header costs.
        byte[] ofOptimizer = WithStrangers("optimizer.state.");
        long header = Allocated(() => new SmallFileNet(seed: 1).Load(new MemoryStream(ofOptimizer)));

        string inCheckpoint = RefusedWithin(header + 100_000, () => Checkpoint.Load(new MemoryStream(ofOptimizer), new SmallFileNet(seed: 1)));
        Assert.EndsWith("is unexpected; and 49990 more.", inCheckpoint, StringComparison.Ordinal);

        byte[] ofNobody = WithStrangers("nobody.in.state.");
        string inWeights = RefusedWithin(header + 100_000, () => new SmallFileNet(seed: 1).Load(new MemoryStream(ofNobody)));
        Assert.EndsWith("is unexpected; and 49990 more.", inWeights, StringComparison.Ordinal);
    }

    private static byte[] WithStrangers(string prefix)
    {
        var stream = new MemoryStream();
        Checkpoint.Save(stream, new SmallFileNet(seed: 1));
        byte[] data = stream.ToArray()[(8 + (int)BitConverter.ToInt64(stream.ToArray()))..];
        var header = new StringBuilder(SafetensorsBytes.HeaderOf(stream.ToArray())[..^1]);
        for (int i = 0; i < 50_000; i++)
        {
            header.Append($$$""","{{{prefix}}}{{{i}}}":{"dtype":"U8","shape":[0],"data_offsets":[{{{data.Length}}},{{{data.Length}}}]}""");
        }

        return SafetensorsBytes.Of(header.Append('}').ToString(), data);
    }

    private static string RefusedWithin(long bytes, Action load)
    {
        string message = string.Empty;
        long allocated = Allocated(() => message = Assert.Throws<InvalidDataException>(load).Message);
        Assert.InRange(allocated, 0, bytes);
        return message;
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
