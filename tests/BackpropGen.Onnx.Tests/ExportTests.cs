using Microsoft.ML.OnnxRuntime;

namespace BackpropGen.Onnx.Tests;

/// <summary>Exported models in ONNX Runtime give what the networks predict.</summary>
public sealed class ExportTests
{
    /// <summary>A few roundings of sums of up to 33 terms.</summary>
    private const double SingleTolerance = 2e-6;

    private const double DoubleTolerance = 1e-14;

    /// <summary>ONNX Runtime has no erf for doubles, so the one of floats stands in: half an error of 1 ulp of it, times |z|.</summary>
    private const double ErfTolerance = 3e-6;

    public static TheoryData<string> Names => [.. OnnxCase.All.Select(network => network.Description.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Predictions_agree_at_any_batch(string name)
    {
        OnnxCase network = OnnxCase.All.Single(network => network.Description.Name == name);
        using var session = new InferenceSession(network.Export());

        NetworkDescription description = network.Description;
        bool usesErf = description.Layers.Any(layer => layer.Activation == Activation.Gelu);
        double tolerance = description.Precision == Precision.Single ? SingleTolerance : usesErf ? ErfTolerance : DoubleTolerance;
        Assert.Equal([-1, description.InputSize], session.InputMetadata["input"].Dimensions);
        Assert.Equal([-1, description.OutputSize], session.OutputMetadata["output"].Dimensions);
        foreach (int batch in new[] { 1, 7, 64 })
        {
            Assert.InRange(network.Difference(session, batch), 0, tolerance);
        }
    }

    [Fact]
    public void Every_activation_and_every_loss_is_among_the_networks()
    {
        foreach (Precision precision in Enum.GetValues<Precision>())
        {
            NetworkDescription[] networks = [.. OnnxCase.All.Select(network => network.Description).Where(network => network.Precision == precision)];

            Assert.Equal(Enum.GetValues<Activation>(), networks.SelectMany(network => network.Layers).Select(layer => layer.Activation).Distinct().Order());
            Assert.Equal(Enum.GetValues<Loss>(), networks.Select(network => network.Loss).Distinct().Order());
        }
    }

    [Fact]
    public void A_model_says_where_it_comes_from()
    {
        string path = Path.GetTempFileName();
        try
        {
            new DeepSingle(seed: 3).ExportOnnx(path);
            using var session = new InferenceSession(path);

            Assert.Equal("BackpropGen", session.ModelMetadata.ProducerName);
            Assert.Equal("DeepSingle", session.ModelMetadata.GraphName);
            Assert.Equal(DeepSingle.Description.Topology, session.ModelMetadata.CustomMetadataMap["backpropgen.topology"]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_bytes_are_reproducible_and_small()
    {
        var first = new MemoryStream();
        var second = new MemoryStream();
        new DeepSingle(seed: 3).ExportOnnx(first);
        new DeepSingle(seed: 3).ExportOnnx(second);

        Assert.Equal(first.ToArray(), second.ToArray());
        Assert.InRange(first.Length, 4 * DeepSingle.ParameterCount, (4 * DeepSingle.ParameterCount) + 2000);
    }
}
