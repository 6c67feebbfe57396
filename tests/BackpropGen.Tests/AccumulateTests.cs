using System.Numerics;

namespace BackpropGen.Tests;

/// <summary>A batch in parts makes the step of the whole batch.</summary>
public sealed class AccumulateTests
{
    public static TheoryData<string> Doubles => AllNetworks.TrainableDoubleNames;

    public static TheoryData<string> Threaded => ThreadedNetworks.SingleNames;

    [Theory]
    [MemberData(nameof(Doubles))]
    public void Parts_MakeTheStepOfTheWhole(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        foreach (bool weighted in new[] { false, true })
        {
            ITestNetwork<double> whole = network.CreateWithBiases();
            ITestNetwork<double> parts = network.CreateWithBiases();
            for (int step = 0; step < 3; step++)
            {
                Batch<double> batch = Batch<double>.Random(network, 17, seed: step, weighted: weighted);
                whole.TrainStep(batch);
                foreach ((int first, int count) in new[] { (0, 1), (1, 9), (10, 7) })
                {
                    Batch<double> part = batch.Slice(first, count);
                    Close.One(parts.Evaluate(part), parts.Accumulate(part), 1e-12, 1e-14, "loss of a part");
                    Assert.Equal(count, parts.SampleLosses.Length);
                }

                ((IHasOptimizer<double>)parts).ApplyGradients();
            }

            // Where a quotient is of rounding alone, as in Adam at a zero gradient, digits are lost.
            Close.All<double, double>(whole.Parameters, parts.Parameters, 1e-7, 1e-9, "θ");
        }
    }

    [Theory]
    [MemberData(nameof(Threaded))]
    public void Parts_MakeTheStepOfTheWholeOnSeveralThreads(string name)
    {
        NetworkCase<float> network = ThreadedNetworks.Single(name);
        ITestNetwork<float> whole = network.Create(1);
        ITestNetwork<float> parts = network.Create(1);
        Batch<float> batch = Batch<float>.Random(network, 100, seed: 3, weighted: true);
        whole.ForwardBackward(batch);
        parts.Accumulate(batch.Slice(0, 60));
        parts.Accumulate(batch.Slice(60, 40));
        double norm = Norm(whole.Gradients);
        ((IHasOptimizer<float>)whole).ApplyGradients();
        ((IHasOptimizer<float>)parts).ApplyGradients();
        Close.One(norm, Norm(parts.Gradients), 1e-4, 0, "norm of the gradient");
    }

    [Fact]
    public void Gradients_AreSumsUntilTheStep()
    {
        var net = new PlainSgd(seed: 1);
        net.SetParameters([0, 0]);

        // ∂/∂w Σ (w·x + b − y)² = −2·Σ x·y, ∂/∂b = −2·Σ y.
        net.Accumulate([1, 2], [3, 1]);
        net.Accumulate([4], [2.0]);
        Assert.Equal([-26, -12], net.Gradients.ToArray());
        net.ApplyGradients();
        Assert.Equal([-26.0 / 3, -4], net.Gradients.ToArray(), Tolerance);
        Assert.Equal([0.1 * 26 / 3, 0.4], net.Parameters.ToArray(), Tolerance);

        // The next part begins anew.
        net.SetParameters([0, 0]);
        net.Accumulate([1], [3.0]);
        Assert.Equal([-6, -6], net.Gradients.ToArray());
    }

    [Fact]
    public void ABackwardPass_GivesUpTheParts()
    {
        var net = new PlainSgd(seed: 1);
        net.SetParameters([0, 0]);
        net.Accumulate([7], [7.0]);
        net.Forward([1]);
        net.Backward([3.0]);
        Assert.Equal([-6, -6], net.Gradients.ToArray());
        net.ApplyGradients();
        Assert.Equal([0.6, 0.6], net.Parameters.ToArray(), Tolerance);
    }

    [Fact]
    public void AnAccumulatingBackwardPass_AddsToTheMeanOfTheParts()
    {
        var net = new PlainSgd(seed: 1);
        net.SetParameters([0, 0]);
        net.Accumulate([1, 2], [3, 1]);
        net.Forward([1]);
        net.Backward([3.0], accumulate: true);
        Assert.Equal([-5 - 6, -4 - 6], net.Gradients.ToArray());
        net.ApplyGradients();
        Assert.Equal([1.1, 1], net.Parameters.ToArray(), Tolerance);
    }

    [Fact]
    public void ForwardPredictAndEvaluate_LeaveThePartsAlone()
    {
        var net = new PlainSgd(seed: 1);
        net.SetParameters([0, 0]);
        net.Accumulate([1], [3.0]);
        net.Forward([5]);
        net.Predict([5], new double[1]);
        net.Evaluate([5], [1.0]);
        net.Accumulate([2], [1.0]);
        net.ApplyGradients();
        Assert.Equal([0.5, 0.4], net.Parameters.ToArray(), Tolerance);
    }

    [Fact]
    public void ATrainStepAndInitialize_GiveUpTheParts()
    {
        var net = new PlainSgd(seed: 1);
        net.SetParameters([0, 0]);
        net.Accumulate([7], [7.0]);
        net.TrainStep([1], [3.0]);
        Assert.Equal([0.6, 0.6], net.Parameters.ToArray(), Tolerance);
        net.SetParameters([0, 0]);
        net.Accumulate([1], [3.0]);
        net.ApplyGradients();
        Assert.Equal([0.6, 0.6], net.Parameters.ToArray(), Tolerance);

        net.Accumulate([7], [7.0]);
        net.Initialize(1);
        net.SetParameters([0, 0]);
        net.Accumulate([1], [3.0]);
        net.ApplyGradients();
        Assert.Equal([0.6, 0.6], net.Parameters.ToArray(), Tolerance);
    }

    [Fact]
    public void PartsWithoutWeight_MoveNothing()
    {
        var net = new LayerDecays(seed: 1);
        float[] before = net.Parameters.ToArray();
        Assert.Equal(0, net.Accumulate([1, 2, 3, 4], [1], [0]));
        Assert.All(net.Gradients.ToArray(), gradient => Assert.Equal(0, gradient));
        net.ApplyGradients();
        Assert.All(net.Parameters.ToArray(), parameter => Assert.True(float.IsFinite(parameter)));
        Assert.NotEqual(before, net.Parameters.ToArray());  // its weights decay
    }

    [Fact]
    public void BadArguments_ChangeNothing()
    {
        var net = new PlainSgd(seed: 1);
        net.SetParameters([0, 0]);
        net.Accumulate([1], [3.0]);
        Assert.Throws<ArgumentException>("targets", () => net.Accumulate([1, 2], [3.0]));
        Assert.Throws<ArgumentException>("inputs", () => net.Accumulate([], [3.0]));
        Assert.Throws<ArgumentOutOfRangeException>("sampleWeights", () => net.Accumulate([1], [3.0], [-1.0]));
        net.Accumulate([1], [3.0]);
        net.ApplyGradients();
        Assert.Equal([0.6, 0.6], net.Parameters.ToArray(), Tolerance);
    }

    private static bool Tolerance(double expected, double actual) => Math.Abs(expected - actual) <= 1e-14 * Math.Abs(expected);

    private static double Norm(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return Math.Sqrt(sum);
    }
}
