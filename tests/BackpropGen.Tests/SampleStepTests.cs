namespace BackpropGen.Tests;

/// <summary>A training step of one sample, which small networks have a method of its own for, against the passes that any batch takes.</summary>
public sealed class SampleStepTests
{
    public static TheoryData<string> Doubles => AllNetworks.TrainableDoubleNames;

    public static TheoryData<string> Singles => AllNetworks.TrainableSingleNames;

    [Theory]
    [MemberData(nameof(Doubles))]
    public void StepOfOneSample_IsForwardBackwardAndUpdate(string name) => Check(AllNetworks.Double(name), 1e-10, 1e-13);

    [Theory]
    [MemberData(nameof(Singles))]
    public void StepOfOneSample_IsForwardBackwardAndUpdate_Single(string name) => Check(AllNetworks.Single(name), 2e-4, 2e-6);

    [Theory]
    [MemberData(nameof(Singles))]
    public void ParametersSetAfterNaN_AreAllThatCounts(string name)
    {
        NetworkCase<float> network = AllNetworks.Single(name);
        float[] start = network.CreateWithBiases().Parameters.ToArray();
        foreach (int poisoned in new[] { 1, 3 })
        {
            ITestNetwork<float> fresh = network.Create(1);
            ITestNetwork<float> recovered = network.Create(1);
            Batch<float> bad = Batch<float>.Random(network, poisoned, seed: 4);
            Array.Fill(bad.Inputs, float.NaN);
            recovered.TrainStep(bad);

            recovered.SetParameters(start);
            fresh.SetParameters(start);
            Batch<float> one = Batch<float>.Random(network, 1, seed: 5);
            Assert.Equal(fresh.TrainStep(one), recovered.TrainStep(one));
            if (IsPlainDescent(name))
            {
                Assert.Equal(fresh.TrainStep(one), recovered.TrainStep(one));
            }

            Assert.All(recovered.SampleLosses.ToArray(), loss => Assert.True(float.IsFinite(loss)));
        }
    }

    [Theory]
    [InlineData(1e3f)]
    [InlineData(1e5f)]
    [InlineData(1e6f)]
    public void LossOfOneSample_KeepsItsDigitsWhereLogitsAreLarge(float level)
    {
        // All logits are equal, so H = ln 3, however large they are.
        var stepped = new SmallClassifier(seed: 3);
        stepped.Dense3.Weights.Clear();
        stepped.Dense3.Bias.Fill(level);
        float[] x = [0.1f, -0.4f, 0.9f, 0.3f];
        float evaluated = stepped.Evaluate(x, [2]);
        float trained = stepped.TrainStep(x, [2]);

        Close.One(Math.Log(3), evaluated, 3e-7, 0, "loss of Evaluate");
        Close.One(Math.Log(3), trained, 3e-7, 0, "loss of TrainStep");
    }

    [Fact]
    public void SampleLosses_AreThoseOfTheLastStepAndEmptyAfterForward()
    {
        NetworkCase<float> network = AllNetworks.Single($"{nameof(SmallClassifier)}, Labels");
        var net = new SmallClassifier(seed: 3);
        Assert.True(net.SampleLosses.IsEmpty);
        foreach (int samples in new[] { 5, 1, 9 })
        {
            Batch<float> batch = Batch<float>.Random(network, samples, seed: 7);
            net.TrainStep(batch.Inputs, batch.Labels);
            Assert.Equal(samples, net.SampleLosses.Length);

            net.Forward(Batch<float>.Random(network, 2 * samples, seed: 8).Inputs);
            Assert.True(net.SampleLosses.IsEmpty);

            net.Forward(batch.Inputs);
            float loss = net.Backward(batch.Labels);
            Assert.Equal(samples, net.SampleLosses.Length);
            Close.One(loss, net.SampleLosses.ToArray().Average(), 1e-6, 0, "mean of the sample losses");
        }
    }

    [Fact]
    public void SampleLosses_MayBeTheWeightsOfTheNextStep()
    {
        Batch<float> batch = Batch<float>.Random(AllNetworks.Single($"{nameof(SmallClassifier)}, Labels"), 11, seed: 6);
        var net = new SmallClassifier(seed: 3);
        var other = new SmallClassifier(seed: 3);
        net.TrainStep(batch.Inputs, batch.Labels);
        other.TrainStep(batch.Inputs, batch.Labels);
        float[] weights = other.SampleLosses.ToArray();
        Assert.Equal(other.TrainStep(batch.Inputs, batch.Labels, weights), net.TrainStep(batch.Inputs, batch.Labels, net.SampleLosses));
        Assert.Equal(other.SampleLosses, net.SampleLosses);
    }

    /// <summary>Other optimizers carry NaN in their state, where nobody but Initialize removes it.</summary>
    private static bool IsPlainDescent(string name) => name.Contains("Small", StringComparison.Ordinal) || name.Contains("Narrow", StringComparison.Ordinal);

    private static void Check<T>(NetworkCase<T> network, double relative, double absolute)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        foreach (bool weighted in new[] { false, true })
        {
            ITestNetwork<T> passed = network.CreateWithBiases();

            // A view of the parameters or gradients makes a step keep its gradients; the copy leaves none behind.
            T[] start = passed.Parameters.ToArray();
            ITestNetwork<T> stepped = network.Create(1);
            stepped.SetParameters(start);
            for (int sample = 0; sample < 5; sample++)
            {
                Batch<T> one = Batch<T>.Random(network, 1, seed: 40 + sample, weighted: weighted);
                T loss = stepped.TrainStep(one);
                T expected = passed.ForwardBackward(one);
                ((IHasOptimizer<T>)passed).ApplyGradients();

                Close.One(double.CreateChecked(expected), double.CreateChecked(loss), relative, absolute, $"loss of step {sample}");
                Close.One(
                    double.CreateChecked(passed.SampleLosses[0]), double.CreateChecked(stepped.SampleLosses[0]), relative, absolute, "sample loss");
                var parameters = new T[network.Parameters];
                stepped.CopyParametersTo(parameters);
                Close.All<T, T>(passed.Parameters, parameters, relative, absolute, $"parameters after step {sample}");
            }
        }
    }

    [Fact]
    public void StepOfOneSample_FillsTheGradientsThatSomebodyLooksAt()
    {
        var net = new SmallClassifier(seed: 3);
        var other = new SmallClassifier(seed: 3);
        float[] x = [0.1f, -0.4f, 0.9f, 0.3f];
        Span<float> gradients = net.Gradients;
        gradients.Fill(7);
        net.TrainStep(x, [2]);

        other.Forward(x);
        other.Backward([2]);
        Close.All<float, float>(other.Gradients, gradients, 1e-5, 1e-7, "gradients");
    }
}
