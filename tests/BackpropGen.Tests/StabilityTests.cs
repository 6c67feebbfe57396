namespace BackpropGen.Tests;

/// <summary>Logits, errors and inputs of ±1000 give finite losses and gradients.</summary>
public sealed class StabilityTests
{
    /// <summary>All losses but Poisson's, whose e¹⁰⁰⁰ is infinite by definition.</summary>
    public static TheoryData<string> Losses =>
    [
        $"{nameof(MeanAbsoluteErrorNet)}, Values", $"{nameof(HuberNet)}, Values", $"{nameof(SmoothL1Net)}, Values", $"{nameof(LogCoshNet)}, Values",
        $"{nameof(QuantileNet)}, Values", $"{nameof(SmoothedNet)}, Labels", $"{nameof(SmoothedNet)}, Distributions",
        $"{nameof(ClassWeightsNet)}, Labels", $"{nameof(CrossEntropyNet)}, Labels", $"{nameof(CrossEntropyNet)}, Distributions",
        $"{nameof(NegativeLogLikelihoodNet)}, Labels", $"{nameof(KullbackLeiblerNet)}, Distributions", $"{nameof(BinaryLogitsNet)}, Fractions",
        $"{nameof(BinaryNet)}, Fractions", $"{nameof(MarginNet)}, Labels", $"{nameof(SquaredMarginNet)}, Labels",
    ];

    public static TheoryData<string> Singles => AllNetworks.SingleNames;

    [Theory]
    [MemberData(nameof(Losses))]
    public void LastPreActivations_OfAThousandAreFinite(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        Batch<double> batch = Batch<double>.Random(network, 6, seed: 1);
        ITestNetwork<double> net = network.Create(1);

        // 4-6-5: the last five parameters are the biases of the output.
        double[] logits = [1000, -1000, 0, 1000, -999];
        logits.CopyTo(net.Parameters[^5..]);

        CheckFinite(net, batch);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Inputs_OfAThousandAreFinite(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        Batch<double> batch = Thousands(Batch<double>.Random(network, 6, seed: 1));
        CheckFinite(network.CreateWithBiases(), batch);
    }

    [Theory]
    [MemberData(nameof(Singles))]
    public void FloatInputs_OfAThousandAreFinite(string name)
    {
        NetworkCase<float> network = AllNetworks.Single(name);
        Batch<float> batch = Thousands(Batch<float>.Random(network, 6, seed: 1));
        CheckFinite(network.CreateWithBiases(), batch);
    }

    [Fact]
    public void Softmax_OfEqualHugeLogitsIsUniform()
    {
        var net = new DepthOneSingle();
        net.Dense1.Weights.Clear();
        net.Dense1.Bias.Fill(1000);
        float[] p = new float[2];

        net.Predict([0, 0, 0], p);

        Assert.Equal([0.5f, 0.5f], p);
        Close.One(Math.Log(2), net.Evaluate([0, 0, 0], [1]), 1e-6, 0, "H");
    }

    [Fact]
    public void SoftmaxCrossEntropy_OfAnImpossibleClassIsTheDistanceOfTheLogits()
    {
        var net = new DepthOneSingle();
        net.Dense1.Weights.Clear();
        net.Dense1.Bias[0] = 1000;
        net.Dense1.Bias[1] = -1000;
        net.Forward([0, 0, 0]);

        float loss = net.Backward([1]);

        Assert.Equal(2000, loss);
        Assert.Equal([1f, -1f], net.Dense1.BiasGradients.ToArray());
    }

    [Fact]
    public void WeightsOfZero_GiveNoLossAndNoGradient()
    {
        foreach (string name in new[] { $"{nameof(ClassWeightsNet)}, Labels", $"{nameof(BinaryNet)}, Fractions", $"{nameof(HuberNet)}, Values" })
        {
            NetworkCase<double> network = AllNetworks.Double(name);
            ITestNetwork<double> net = network.CreateWithBiases();
            Batch<double> batch = Batch<double>.Random(network, 3, seed: 1) with { Weights = [0, 0, 0] };
            Assert.Equal(0, net.ForwardBackward(batch));
            Assert.False(net.Gradients.ContainsAnyExcept(0.0));
        }
    }

    private static Batch<T> Thousands<T>(Batch<T> batch)
        where T : System.Numerics.INumber<T>
    {
        for (int i = 0; i < batch.Inputs.Length; i++)
        {
            batch.Inputs[i] = T.CreateChecked(i % 2 == 0 ? 1000 : -1000);
        }

        return batch;
    }

    private static void CheckFinite<T>(ITestNetwork<T> net, Batch<T> batch)
        where T : System.Numerics.INumber<T>
    {
        Assert.True(T.IsFinite(net.ForwardBackward(batch)), "loss");
        Assert.All(net.SampleLosses.ToArray(), loss => Assert.True(T.IsFinite(loss)));
        Assert.All(net.Gradients.ToArray(), gradient => Assert.True(T.IsFinite(gradient)));
        Assert.All(((IHasInputGradients<T>)net).InputGradients.ToArray(), gradient => Assert.True(T.IsFinite(gradient)));
    }
}
