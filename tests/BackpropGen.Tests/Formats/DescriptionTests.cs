namespace BackpropGen.Tests.Formats;

[NeuralNetwork(3, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(4, Activation.LeakyRelu, Alpha = 0.25, Bias = false)]
[Activation(Activation.Softplus, Beta = 2)]
[Dense(2, Name = "Head")]
internal sealed partial class DescribedNet;

[NeuralNetwork(3)]
[Dense(4)]
[LayerNorm(Activation.Tanh, Epsilon = 0.001)]
[Dropout(0.5)]
[LayerNorm(Affine = false)]
[Dense(2)]
internal sealed partial class NormalizedFileNet;

public sealed class DescriptionTests
{
    [Fact]
    public void Layers_that_normalise_are_described_and_saved()
    {
        Assert.Equal(
            "inputs 3\ndense1 dense 3 4 bias Identity\nlayerNorm1 layernorm 4 0.001 bias Tanh\nlayerNorm2 layernorm 4 1E-05 nobias Identity\ndense2 dense 4 2 bias Identity\n",
            NormalizedFileNet.Description.Topology);
        var network = new NormalizedFileNet(seed: 1);
        Assert.All(network.LayerNorm1.Scale.ToArray(), value => Assert.Equal(1, value));
        network.LayerNorm1.Scale[2] = 7;
        network.LayerNorm1.Bias[1] = 5;

        var stream = new MemoryStream();
        network.Save(stream);
        SafetensorsFile file = SafetensorsFile.Read(new MemoryStream(stream.ToArray()));
        Assert.Equal(
            ["dense1.weight", "dense1.bias", "layerNorm1.weight", "layerNorm1.bias", "dense2.weight", "dense2.bias"],
            file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([1, 1, 7, 1], file["layerNorm1.weight"].ToSingles());
        Assert.Equal([0, 5, 0, 0], file["layerNorm1.bias"].ToSingles());

        var loaded = new NormalizedFileNet(seed: 2);
        loaded.Load(new MemoryStream(stream.ToArray()));
        Assert.Equal(network.Parameters.ToArray(), loaded.Parameters.ToArray());
    }

    private const string Topology = "inputs 3\ndense1 dense 3 4 nobias LeakyRelu 0.25\n- activation 4 Softplus 2\nhead dense 4 2 bias Identity\n";

    [Fact]
    public void A_description_says_what_was_declared()
    {
        NetworkDescription network = DescribedNet.Description;

        Assert.Equal("DescribedNet", network.Name);
        Assert.Equal((3, 2, DescribedNet.ParameterCount), (network.InputSize, network.OutputSize, network.ParameterCount));
        Assert.Equal((Precision.Single, Loss.SoftmaxCrossEntropy, PredictionTransform.Softmax), (network.Precision, network.Loss, network.Prediction));
        Assert.StartsWith("BackpropGen ", network.Generator);
        Assert.Equal(["Dense1", "Activation1", "Head"], network.Layers.Select(layer => layer.Name));
        Assert.Equal(["dense1", "activation1", "head"], network.Layers.Select(layer => layer.TensorName));
        Assert.Equal([LayerKind.Dense, LayerKind.Activation, LayerKind.Dense], network.Layers.Select(layer => layer.Kind));
        Assert.Equal([Activation.LeakyRelu, Activation.Softplus, Activation.Identity], network.Layers.Select(layer => layer.Activation));
        Assert.Equal([0.25, 2, null], network.Layers.Select(layer => layer.ActivationParameter));
        Assert.Equal([(3, 4), (4, 4), (4, 2)], network.Layers.Select(layer => (layer.Inputs, layer.Outputs)));
        Assert.Equal([(0, -1), (-1, -1), (12, 20)], network.Layers.Select(layer => (layer.WeightOffset, layer.BiasOffset)));
        Assert.Equal("DescribedNet (3 → 4 → 2)", network.ToString());
    }

    /// <summary>The text is part of files: whoever changes it makes old files refer to something else.</summary>
    [Fact]
    public void The_topology_and_its_hash_are_stable()
    {
        Assert.Equal(Topology, DescribedNet.Description.Topology);
        Assert.Equal("8560da5f680d7317c8ddc33c24baeedccae0022841677e7fb3c7513fffb414b7", DescribedNet.Description.TopologyHash);
    }

    [Fact]
    public void A_network_gives_the_description_of_its_class()
    {
        INeuralNetwork<float> network = new DescribedNet();

        Assert.Same(DescribedNet.Description, network.Describe());
    }

    [Fact]
    public void Offsets_are_those_of_the_layer_views()
    {
        var network = new DescribedNet(seed: 1);
        float[] all = network.Parameters.ToArray();

        LayerDescription head = DescribedNet.Description.Layers[2];
        Assert.Equal(network.Head.Weights.ToArray(), all.AsSpan(head.WeightOffset, head.WeightCount).ToArray());
        Assert.Equal(network.Head.Bias.ToArray(), all.AsSpan(head.BiasOffset, head.Outputs).ToArray());
    }

    [Theory]
    [MemberData(nameof(AllNetworks.DoubleNames), MemberType = typeof(AllNetworks))]
    public void Every_network_is_described(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        NetworkDescription description = ((INeuralNetwork<double>)network.Create(1)).Describe();

        Assert.Equal((network.Inputs, network.Outputs, network.Parameters), (description.InputSize, description.OutputSize, description.ParameterCount));
        Assert.Equal(Precision.Double, description.Precision);
    }
}
