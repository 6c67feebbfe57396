using System.Buffers.Binary;

namespace BackpropGen.Tests.Formats;

/// <summary>Save and Load of networks.</summary>
public sealed class SaveLoadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("backpropgen-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "network.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_saved_is_what_PyTorch_would_call_it()
    {
        var network = new SmallFileNet(seed: 3);
        byte[] bytes = Saved(network);
        SafetensorsFile file = SafetensorsFile.Read(new MemoryStream(bytes));

        Assert.Equal(["dense1.weight", "dense1.bias", "head.weight", "head.bias"], file.Tensors.Select(tensor => tensor.Name));
        Assert.All(file.Tensors, tensor => Assert.Equal("F32", tensor.ElementType));
        Assert.Equal([4L, 3], file["dense1.weight"].Shape);
        Assert.Equal([4L], file["dense1.bias"].Shape);
        Assert.Equal([2L, 4], file["head.weight"].Shape);
        float[] weights = file["head.weight"].ToSingles();
        for (int output = 0; output < 2; output++)
        {
            for (int input = 0; input < 4; input++)
            {
                Assert.Equal(network.Head.Weights[(input * 2) + output], weights[(output * 4) + input]);
            }
        }

        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal("SmallFileNet", file.Metadata["backpropgen.network"]);
        Assert.Equal(SmallFileNet.Description.Topology, file.Metadata["backpropgen.topology"]);
        Assert.Equal(SmallFileNet.Description.TopologyHash, file.Metadata["backpropgen.topology_sha256"]);
        Assert.Equal(SmallFileNet.Description.Generator, file.Metadata["backpropgen.generator"]);
    }

    [Fact]
    public void The_header_is_padded_and_the_bytes_are_reproducible()
    {
        byte[] bytes = Saved(new SmallFileNet(seed: 3));
        long length = BinaryPrimitives.ReadInt64LittleEndian(bytes);

        Assert.Equal(0, length % 8);
        Assert.StartsWith("""{"__metadata__":{"format":"pt",""", SafetensorsBytes.HeaderOf(bytes));
        Assert.EndsWith("""
            "head.bias":{"dtype":"F32","shape":[2],"data_offsets":[96,104]}}
            """, SafetensorsBytes.HeaderOf(bytes));
        Assert.Equal(8 + length + (4 * SmallFileNet.ParameterCount), bytes.Length);
        Assert.Equal(bytes, Saved(new SmallFileNet(seed: 3)));
    }

    [Fact]
    public void Loading_gives_the_same_bits()
    {
        var network = new LargeFileNet(seed: 5);
        float[] parameters = new float[LargeFileNet.ParameterCount];
        network.CopyParametersTo(parameters);
        parameters[0] = BitConverter.Int32BitsToSingle(0x7FC12345);
        parameters[1] = BitConverter.Int32BitsToSingle(unchecked((int)0xFF812345));
        parameters[2] = float.NegativeInfinity;
        parameters[3] = -0f;
        parameters[^1] = float.Epsilon;
        network.SetParameters(parameters);
        network.Save(Path);

        var other = new LargeFileNet(seed: 6);
        other.Load(Path);

        var loaded = new float[parameters.Length];
        other.CopyParametersTo(loaded);
        Assert.Equal(parameters.Select(BitConverter.SingleToInt32Bits), loaded.Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(["network.safetensors"], Directory.GetFiles(_folder).Select(System.IO.Path.GetFileName));
    }

    [Theory]
    [MemberData(nameof(AllNetworks.DoubleNames), MemberType = typeof(AllNetworks))]
    public void Every_network_comes_back(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        ITestNetwork<double> saved = network.CreateWithBiases(seed: 7);
        var stream = new MemoryStream();
        NetworkFile.Save(stream, (INeuralNetwork<double>)saved);

        ITestNetwork<double> loaded = network.Create(8);
        NetworkFile.Load(new TrickleStream(stream.ToArray()), (INeuralNetwork<double>)loaded);

        Assert.Equal(saved.Parameters.ToArray(), loaded.Parameters.ToArray());
    }

    [Fact]
    public void A_view_that_is_held_shows_what_was_loaded()
    {
        var network = new SmallFileNet(seed: 1);
        Span<float> view = network.Parameters;
        byte[] other = Saved(new SmallFileNet(seed: 2));

        network.Load(new MemoryStream(other));

        Assert.Equal(new SmallFileNet(seed: 2).Parameters.ToArray(), view.ToArray());
    }

    [Fact]
    public void Floats_load_into_a_double_network_and_not_the_reverse()
    {
        var single = new SmallFileNet(seed: 4);
        var wide = new SmallFileNetDouble(seed: 9);
        wide.Load(new MemoryStream(Saved(single)));
        Assert.Equal(single.Parameters.ToArray().Select(value => (double)value), wide.Parameters.ToArray());

        AssertRefused(
            new SmallFileNet(seed: 4),
            Saved(wide),
            "The file does not fit SmallFileNet (3 → 4 → 2): dense1.weight is F64, which a float network would have to round; convert the file, or declare Precision = Precision.Double;");
    }

    [Fact]
    public void A_file_of_another_shape_is_refused_with_all_that_differs()
    {
        AssertRefused(
            new OtherShapeNet(seed: 1),
            Saved(new SmallFileNet(seed: 1)),
            "The file does not fit OtherShapeNet (3 → 5 → 2 → 2): dense1.weight is F32 [4, 3], needed is F32 [5, 3]; dense2.weight is missing; "
            + "dense2.bias is missing; head.weight is F32 [2, 4], needed is F32 [2, 2]; 'dense1.bias' is unexpected.");
    }

    [Fact]
    public void A_file_of_another_function_is_refused() => AssertRefused(
        new OtherActivationNet(seed: 1),
        Saved(new SmallFileNet(seed: 1)),
        "The file does not fit OtherActivationNet (3 → 4 → 2): it was saved from 'dense1 dense 3 4 bias Tanh' where this network has 'dense1 dense 3 4 bias Relu'.");

    [Fact]
    public void A_file_from_elsewhere_states_no_topology_and_may_have_any_order()
    {
        byte[] file = SafetensorsBytes.Of(
            """{"dense1.bias":{"dtype":"F32","shape":[4],"data_offsets":[16,32]},"head.weight":{"dtype":"F16","shape":[2,4],"data_offsets":[0,16]},"head.bias":{"dtype":"BF16","shape":[2],"data_offsets":[32,36]},"dense1.weight":{"dtype":"F32","shape":[4,3],"data_offsets":[36,84]}}""",
            [
                .. Enumerable.Range(1, 8).SelectMany(value => BitConverter.GetBytes((Half)value)),
                .. SafetensorsBytes.Singles(11, 12, 13, 14),
                0x80, 0x3F, 0x00, 0x40,
                .. SafetensorsBytes.Singles(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
            ]);
        var network = new SmallFileNet(seed: 1);

        network.Load(new MemoryStream(file));

        Assert.Equal([1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12], network.Dense1.Weights.ToArray());
        Assert.Equal([11, 12, 13, 14], network.Dense1.Bias.ToArray());
        Assert.Equal([1, 5, 2, 6, 3, 7, 4, 8], network.Head.Weights.ToArray());
        Assert.Equal([1, 2], network.Head.Bias.ToArray());
    }

    /// <summary>
    /// A file written by a few lines of Python from the published format, with tensors in the order of the reference implementation; the
    /// same lines computed softmax(W2·tanh(W1·x + b1) + b2) from its numbers.
    /// </summary>
    [Fact]
    public void A_file_made_elsewhere_loads()
    {
        var network = new SmallFileNet(seed: 1);
        network.Load(System.IO.Path.Combine(AppContext.BaseDirectory, "Formats", "golden.safetensors"));

        var outputs = new float[2];
        network.Predict([0.5f, -1, 0.25f], outputs);

        Assert.Equal(0.6204809232420098, outputs[0], 1e-6);
        Assert.Equal(0.37951907675799024, outputs[1], 1e-6);
    }

    [Fact]
    public void A_file_cut_anywhere_changes_nothing()
    {
        byte[] file = Saved(new SmallFileNet(seed: 2));
        var network = new SmallFileNet(seed: 1);
        float[] before = network.Parameters.ToArray();
        for (int length = 0; length < file.Length; length++)
        {
            byte[] part = file[..length];
            Assert.Throws<InvalidDataException>(() => network.Load(new MemoryStream(part)));
            Assert.Throws<InvalidDataException>(() => network.Load(new TrickleStream(part)));
        }

        Assert.Throws<InvalidDataException>(() => network.Load(new TrickleStream([.. file, 0])));
        Assert.Equal(before, network.Parameters.ToArray());
    }

    [Fact]
    public void A_refusal_names_the_file()
    {
        File.WriteAllText(Path, "<!DOCTYPE html>");

        var exception = Assert.Throws<InvalidDataException>(() => new SmallFileNet().Load(Path));

        Assert.StartsWith($"{Path}: The header claims ", exception.Message);
        Assert.Throws<FileNotFoundException>(() => new SmallFileNet().Load(Path + "x"));
    }

    [Fact]
    public void A_save_that_fails_leaves_the_previous_file_and_nothing_beside_it()
    {
        new SmallFileNet(seed: 1).Save(Path);
        byte[] before = File.ReadAllBytes(Path);

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(Path, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new InvalidOperationException();
        }));

        Assert.Equal(before, File.ReadAllBytes(Path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    private static byte[] Saved<T>(INeuralNetwork<T> network)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var stream = new MemoryStream();
        NetworkFile.Save(stream, network);
        return stream.ToArray();
    }

    private static void AssertRefused<T>(INeuralNetwork<T> network, byte[] file, string message)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        T[] before = network.Parameters.ToArray();
        var exception = Assert.Throws<InvalidDataException>(() => NetworkFile.Load(new MemoryStream(file), network));
        Assert.StartsWith(message, exception.Message);
        Assert.Equal(before, network.Parameters.ToArray());
    }
}
