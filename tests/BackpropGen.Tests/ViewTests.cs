namespace BackpropGen.Tests;

/// <summary>Spans of parameters and gradients stay the truth however long the caller holds them.</summary>
public sealed class ViewTests
{
    public static TheoryData<string> Networks => AllNetworks.DoubleNames;

    [Theory]
    [MemberData(nameof(Networks))]
    public void HeldSpans_CarryACustomOptimizer(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        ITestNetwork<double> net = network.CreateWithBiases();
        Span<double> parameters = net.Parameters;
        Span<double> gradients = net.Gradients;
        for (int step = 0; step < 3; step++)
        {
            // The reference knows only what is copied in and out.
            Batch<double> batch = Batch<double>.Random(network, 9, seed: step);
            ITestNetwork<double> reference = network.Create(99);
            reference.SetParameters(parameters);
            Assert.Equal(reference.ForwardBackward(batch), net.ForwardBackward(batch));
            Close.Bitwise<double>(reference.Gradients, gradients);
            for (int i = 0; i < parameters.Length; i++)
            {
                parameters[i] -= 0.05 * gradients[i];
            }
        }
    }

    [Fact]
    public void HeldSpans_FollowTrainStep()
    {
        var net = new XorSingle(seed: 1);
        Span<float> parameters = net.Parameters;
        Span<float> gradients = net.Gradients;
        float[] before = parameters.ToArray();

        net.TrainStep([0, 1], [1]);

        float[] copy = new float[XorSingle.ParameterCount];
        net.CopyParametersTo(copy);
        Close.Bitwise<float>(copy, parameters);
        Assert.NotEqual(before, copy);
        Assert.True(gradients.ContainsAnyExcept(0f));
        for (int i = 0; i < before.Length; i++)
        {
            Close.One(before[i] - (0.3f * gradients[i]), parameters[i], 1e-6, 1e-7, $"θ[{i}]");
        }
    }

    [Fact]
    public void HeldSpans_FollowInitializeAndSetParameters()
    {
        var net = new DigitsSingle(seed: 1);
        Span<float> parameters = net.Parameters;
        net.Initialize(2);
        Close.Bitwise<float>(new DigitsSingle(seed: 2).Parameters, parameters);

        float[] values = [.. Enumerable.Range(0, DigitsSingle.ParameterCount).Select(i => i * 0.5f)];
        net.SetParameters(values);
        Close.Bitwise<float>(values, parameters);
    }

    [Fact]
    public void SetParameters_ThenCopyParametersTo_IsARoundTrip()
    {
        var net = new WideningSingle();
        float[] values = [.. Enumerable.Range(0, WideningSingle.ParameterCount).Select(i => (float)Math.Sin(i))];
        float[] copy = new float[values.Length];
        net.SetParameters(values);
        net.CopyParametersTo(copy);
        Close.Bitwise<float>(values, copy);
    }

    [Fact]
    public void WritingToOneWeight_ChangesTheOutput()
    {
        var net = new FourLayer(seed: 1);
        double[] x = [1, 2, 3, 4];
        double[] before = new double[3];
        double[] after = new double[3];
        net.Forward(x, before);

        net.Dense3.Bias[1] += 0.5;
        net.Forward(x, after);

        Close.All<double, double>([before[0], before[1] + 0.5, before[2]], after, 1e-14, 1e-15, "logit");
        net.Dense1.Weights[0] += 0.1;
        net.Forward(x, before);
        Assert.NotEqual(after, before);
    }

    [Fact]
    public void WritingToOneWeight_ChangesPredictAndEvaluate()
    {
        var net = new FourLayer(seed: 1);
        double[] p = new double[3];
        net.Dense3.Weights.Clear();
        double[] bias = [0, Math.Log(2), Math.Log(5)];
        bias.CopyTo(net.Dense3.Bias);

        net.Predict([1, 2, 3, 4], p);

        Close.All<double, double>([0.125, 0.25, 0.625], p, 1e-14, 0, "p");
        Close.One(Math.Log(4), net.Evaluate([1, 2, 3, 4], [1]), 1e-14, 0, "H");
    }

    [Fact]
    public void LayerViews_ArePartsOfTheFlatViews()
    {
        var net = new FourLayer(seed: 1);
        net.Forward([1, 2, 3, 4]);
        net.Backward([1]);
        double[] parameters =
        [
            .. net.Dense1.Weights, .. net.Dense1.Bias, .. net.Dense2.Weights, .. net.Dense2.Bias, .. net.Dense3.Weights, .. net.Dense3.Bias,
        ];
        double[] gradients =
        [
            .. net.Dense1.WeightGradients, .. net.Dense1.BiasGradients, .. net.Dense2.WeightGradients, .. net.Dense2.BiasGradients,
            .. net.Dense3.WeightGradients, .. net.Dense3.BiasGradients,
        ];
        Assert.Equal(20 + 5 + 20 + 4 + 12 + 3, FourLayer.ParameterCount);
        Close.Bitwise<double>(net.Parameters, parameters);
        Close.Bitwise<double>(net.Gradients, gradients);
    }

    [Fact]
    public void WrittenGradients_AreAccumulatedOnto()
    {
        var net = new FourLayer(seed: 1);
        double[] x = [1, 2, 3, 4];
        net.Forward(x);
        net.Backward([1]);
        double[] once = net.Gradients.ToArray();

        net.Gradients.Fill(1);
        net.Backward([1], accumulate: true);

        Close.All<double, double>([.. once.Select(gradient => gradient + 1)], net.Gradients, 1e-14, 1e-15, "gradient");
    }
}
