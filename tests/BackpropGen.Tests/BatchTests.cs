namespace BackpropGen.Tests;

/// <summary>Batches: any size, growing and shrinking, beyond the tiles in which large ones are walked, and accumulated.</summary>
public sealed class BatchTests
{
    public static TheoryData<string> Networks => AllNetworks.DoubleNames;

    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradient_IsTheWeightedSumOfOneSampleGradients(string name)
    {
        // Every reduction is Σ wᵢ·Lᵢ over a divisor: the parts of the divisor add up as the losses do.
        NetworkCase<double> network = AllNetworks.Double(name);
        const int Count = 19;
        Batch<double> batch = Batch<double>.Random(network, Count, seed: 4, weighted: true);
        ITestNetwork<double> net = network.CreateWithBiases();
        double loss = net.ForwardBackward(batch);
        double[] gradients = net.Gradients.ToArray();
        double[] sampleLosses = net.SampleLosses.ToArray();
        double divisor = sampleLosses.Sum() / loss;

        double[] sum = new double[network.Parameters];
        for (int i = 0; i < Count; i++)
        {
            double one = net.ForwardBackward(batch.Slice(i, 1));
            double sampleLoss = net.SampleLosses[0];
            double ownDivisor = one == 0 ? 1 : sampleLoss / one;
            Close.One(sampleLosses[i], sampleLoss, 1e-11, 1e-14, $"loss of sample {i}");
            for (int p = 0; p < sum.Length; p++)
            {
                sum[p] += net.Gradients[p] * ownDivisor / divisor;
            }
        }

        Close.All<double, double>(sum, gradients, 1e-9, 1e-12, "gradient");
    }

    [Fact]
    public void Gradient_IsTheMeanOfOneSampleGradients()
    {
        NetworkCase<double> network = AllNetworks.Double($"{nameof(FourLayer)}, Labels");
        Batch<double> batch = Batch<double>.Random(network, 7, seed: 4);
        ITestNetwork<double> net = network.CreateWithBiases();
        net.ForwardBackward(batch);
        double[] gradients = net.Gradients.ToArray();
        double[] mean = new double[network.Parameters];
        for (int i = 0; i < 7; i++)
        {
            net.ForwardBackward(batch.Slice(i, 1));
            for (int p = 0; p < mean.Length; p++)
            {
                mean[p] += net.Gradients[p] / 7;
            }
        }

        Close.All<double, double>(mean, gradients, 1e-12, 1e-15, "gradient");
    }

    [Theory]
    [InlineData($"{nameof(Xor)}, Values", 4092)]
    [InlineData($"{nameof(Xor)}, Values", 4093)]
    [InlineData($"{nameof(Xor)}, Values", 9000)]
    [InlineData($"{nameof(Widening)}, Values", 4500)]
    [InlineData($"{nameof(Narrowing)}, Fractions", 8190)]
    [InlineData($"{nameof(NoInputGradients)}, Labels", 5000)]
    [InlineData($"{nameof(ActivationLayers)}, Values", 4100)]
    [InlineData($"{nameof(ActivationFirst)}, Values", 4100)]
    [InlineData($"{nameof(ActivationFirstWide)}, Values", 4100)]
    public void TrainStep_BeyondTheTileHasTheGradientOfTheWholeBatch(string name, int count)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        Batch<double> batch = Batch<double>.Random(network, count, seed: 5, weighted: true);
        ITestNetwork<double> tiled = network.CreateWithBiases();
        ITestNetwork<double> whole = network.CreateWithBiases();

        double tiledLoss = tiled.TrainStep(batch);
        double wholeLoss = whole.ForwardBackward(batch);

        Close.One(wholeLoss, tiledLoss, 1e-12, 0, "loss");
        Close.All<double, double>(whole.Gradients, tiled.Gradients, 1e-9, 1e-13, "gradient");
        Close.All(whole.SampleLosses, tiled.SampleLosses, 1e-12, 1e-14, "sample loss");
        Close.One(wholeLoss, whole.Evaluate(batch), 1e-12, 0, "evaluated loss");
    }

    [Theory]
    [InlineData($"{nameof(XorSingle)}, Values", 1020)]
    [InlineData($"{nameof(XorSingle)}, Values", 1021)]
    [InlineData($"{nameof(XorSingle)}, Values", 2500)]
    [InlineData($"{nameof(DigitsSingle)}, Labels", 700)]
    [InlineData($"{nameof(WideningSingle)}, Values", 1300)]
    public void Predict_BeyondTheTileIsPredictOfEachPart(string name, int count)
    {
        NetworkCase<float> network = AllNetworks.Single(name);
        Batch<float> batch = Batch<float>.Random(network, count, seed: 6);
        ITestNetwork<float> net = network.CreateWithBiases();
        float[] whole = new float[count * network.Outputs];
        net.Predict(batch.Inputs, whole);

        for (int first = 0; first < count; first += 97)
        {
            Batch<float> part = batch.Slice(first, Math.Min(97, count - first));
            float[] outputs = new float[part.Count * network.Outputs];
            net.Predict(part.Inputs, outputs);
            Close.All<float, float>(outputs, whole.AsSpan(first * network.Outputs, outputs.Length), 1e-4, 1e-6, $"part from {first}");
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Batches_MayShrinkAndGrow(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        ITestNetwork<double> net = network.CreateWithBiases();
        foreach (int count in new[] { 5, 1, 40, 12, 13, 2, 41 })
        {
            Batch<double> batch = Batch<double>.Random(network, count, seed: count);
            ITestNetwork<double> fresh = network.CreateWithBiases();
            Assert.Equal(fresh.ForwardBackward(batch), net.ForwardBackward(batch));
            Close.Bitwise<double>(fresh.Gradients, net.Gradients);
            Close.Bitwise(fresh.SampleLosses, net.SampleLosses);
            if (net is IHasInputGradients<double> inputs)
            {
                Close.Bitwise(((IHasInputGradients<double>)fresh).InputGradients, inputs.InputGradients);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Accumulate_AddsToTheGradients(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        Batch<double> one = Batch<double>.Random(network, 6, seed: 1);
        Batch<double> two = Batch<double>.Random(network, 11, seed: 2);
        ITestNetwork<double> net = network.CreateWithBiases();
        net.ForwardBackward(one);
        double[] first = net.Gradients.ToArray();
        net.ForwardBackward(two);
        double[] second = net.Gradients.ToArray();

        ITestNetwork<double> accumulating = network.CreateWithBiases();
        accumulating.ForwardBackward(one);
        accumulating.ForwardBackward(two, accumulate: true);

        Close.All<double, double>([.. first.Zip(second, (a, b) => a + b)], accumulating.Gradients, 1e-10, 1e-14, "gradient");
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Backward_MayBeRunTwiceAfterOneForward(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        Batch<double> batch = Batch<double>.Random(network, 6, seed: 1);
        ITestNetwork<double> net = network.CreateWithBiases();
        double first = net.ForwardBackward(batch);
        double[] gradients = net.Gradients.ToArray();
        net.BackwardFrom(new double[6 * network.Outputs]);

        double second = net.Backward(batch);

        Assert.Equal(first, second);
        Close.Bitwise<double>(gradients, net.Gradients);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void SampleWeightsOfOne_AreNoWeights(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        Batch<double> batch = Batch<double>.Random(network, 6, seed: 1);
        ITestNetwork<double> net = network.CreateWithBiases();
        double without = net.ForwardBackward(batch);
        double[] gradients = net.Gradients.ToArray();

        double with = net.ForwardBackward(batch with { Weights = [1, 1, 1, 1, 1, 1] });

        Assert.Equal(without, with);
        Close.Bitwise<double>(gradients, net.Gradients);
    }
}
