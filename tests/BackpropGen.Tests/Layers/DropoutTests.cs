namespace BackpropGen.Tests.Layers;

[NeuralNetwork(6, Loss = Loss.MeanSquaredError)]
[Dense(40)]
[Dropout(0.25)]
[Activation(Activation.Identity)]
[Sgd]
public sealed partial class Masked;

[NeuralNetwork(6, Loss = Loss.MeanSquaredError)]
[Dropout(0.5)]
[Dense(5, Activation.Tanh)]
[Dropout(0.3)]
[Dense(2)]
[Adam]
public sealed partial class TwiceMasked;

/// <summary>Dropout at run time: what the masks are, and that inference has none.</summary>
public sealed class DropoutTests
{
    private const double Rate = 0.25;

    private static readonly float[] Inputs = Enumerable.Range(0, 6 * 500).Select(i => MathF.Sin(i) + 2).ToArray();

    [Fact]
    public void AValueIsZeroWithTheRateAndScaledOtherwise()
    {
        (float[] z, float[] h) = Forward(new Masked(seed: 3));
        int zeros = 0;
        for (int i = 0; i < h.Length; i++)
        {
            if (h[i] == 0)
            {
                zeros++;
            }
            else
            {
                Assert.Equal(z[i] / (float)(1 - Rate), h[i], 1e-5f * Math.Abs(z[i]) + 1e-6f);
            }
        }

        // 20,000 draws: six standard deviations are 0.018.
        Assert.InRange(zeros / (double)h.Length, Rate - 0.02, Rate + 0.02);
    }

    [Fact]
    public void EveryColumnAndEveryRowHasItsOwnZeros()
    {
        (float[] _, float[] h) = Forward(new Masked(seed: 3));
        for (int j = 0; j < 40; j++)
        {
            Assert.InRange(Enumerable.Range(0, 500).Count(n => h[(n * 40) + j] == 0), 70, 180);
        }

        Assert.Equal(500, Enumerable.Range(0, 500).Select(n => string.Concat(Enumerable.Range(0, 40).Select(j => h[(n * 40) + j] == 0 ? '0' : '1'))).Distinct().Count());
    }

    [Fact]
    public void EveryPassDrawsAnew()
    {
        var net = new Masked(seed: 3);
        Assert.NotEqual(Forward(net).H, Forward(net).H);
    }

    [Fact]
    public void TheSameSeedDrawsTheSame()
    {
        var net = new Masked(seed: 3);
        float[] first = Forward(net).H;
        Assert.Equal(first, Forward(new Masked(seed: 3)).H);
        Assert.NotEqual(first, Forward(new Masked(seed: 4)).H);
        net.Initialize(3);
        Assert.Equal(first, Forward(net).H);
    }

    [Fact]
    public void GradientsPassWhereTheValueDid()
    {
        var net = new Masked(seed: 3);
        (float[] z, float[] h) = Forward(net);
        float[] upstream = h.Select((_, i) => MathF.Cos(i)).ToArray();
        net.BackwardFrom(upstream);
        for (int j = 0; j < 40; j++)
        {
            double expected = 0;
            for (int n = 0; n < 500; n++)
            {
                int i = (n * 40) + j;
                expected += h[i] == 0 ? 0 : upstream[i] / (1 - Rate);
            }

            Assert.Equal(expected, net.Dense1.BiasGradients[j], 1e-3);
        }
    }

    [Fact]
    public void PredictionAndEvaluationHaveNoMasks()
    {
        var net = new TwiceMasked(seed: 5);
        var plain = new Unmasked();
        plain.SetParameters(net.Parameters);
        var (ours, theirs) = (new float[1000], new float[1000]);
        net.Predict(Inputs, ours);
        plain.Predict(Inputs, theirs);
        Assert.Equal(theirs, ours);
        float[] targets = new float[1000];
        Assert.Equal(plain.Evaluate(Inputs, targets), net.Evaluate(Inputs, targets));
        Assert.Equal(plain.Evaluate(Inputs, targets), net.Evaluate(Inputs, targets));
    }

    [Fact]
    public void AStepLearnsAndAllocatesNothing()
    {
        var net = new TwiceMasked(seed: 5);
        float[] targets = Enumerable.Range(0, 1000).Select(i => (i % 3) - 1f).ToArray();
        float before = net.Evaluate(Inputs, targets);
        for (int i = 0; i < 300; i++)
        {
            net.TrainStep(Inputs, targets);
        }

        Assert.True(net.Evaluate(Inputs, targets) < before);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        net.TrainStep(Inputs, targets);
        net.Evaluate(Inputs, targets);
        net.Predict(Inputs, targets);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    private static (float[] Z, float[] H) Forward(Masked net)
    {
        var (z, h) = (new float[500 * 40], new float[500 * 40]);
        net.Predict(Inputs, z);
        net.Forward(Inputs, h);
        return (z, h);
    }
}

[NeuralNetwork(6, Loss = Loss.MeanSquaredError)]
[Dense(5, Activation.Tanh)]
[Dense(2)]
public sealed partial class Unmasked;
