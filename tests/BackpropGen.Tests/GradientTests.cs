namespace BackpropGen.Tests;

/// <summary>The emitted backward pass against central differences of the emitted loss, in double.</summary>
public sealed class GradientTests
{
    private const double Step = 1e-6;

    /// <summary>Beyond this number, parameters are probed at regular distances.</summary>
    private const int MostProbes = 1500;

    public static TheoryData<string> Networks => AllNetworks.DoubleNames;

    [Theory]
    [MemberData(nameof(Networks))]
    public void ParameterGradients_AreCentralDifferences(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        Batch<double> batch = Batch<double>.Random(network, count: 3, seed: 7, weighted: true);
        ITestNetwork<double> net = network.CreateWithBiases();
        net.ForwardBackward(batch);
        Span<double> parameters = net.Parameters;
        Span<double> gradients = net.Gradients;
        Assert.True(network.Parameters == 0 || gradients.ContainsAnyExcept(0.0), "All gradients are zero.");

        int distance = Math.Max(1, network.Parameters / MostProbes);
        for (int i = 0; i < network.Parameters; i += distance)
        {
            double numeric = Difference(ref parameters[i], () => net.Evaluate(batch));
            Close.One(numeric, gradients[i], relative: 1e-5, absolute: 2e-8, $"∂L/∂θ[{i}]");
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void InputGradients_AreCentralDifferences(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        Batch<double> batch = Batch<double>.Random(network, count: 3, seed: 8, weighted: true);
        ITestNetwork<double> net = network.CreateWithBiases();
        if (net is not IHasInputGradients<double> withInputGradients)
        {
            Assert.Null(net.GetType().GetProperty("InputGradients"));
            return;
        }

        net.ForwardBackward(batch);
        double[] gradients = withInputGradients.InputGradients.ToArray();
        Assert.Equal(batch.Inputs.Length, gradients.Length);
        for (int i = 0; i < batch.Inputs.Length; i += Math.Max(1, batch.Inputs.Length / MostProbes))
        {
            double numeric = Difference(ref batch.Inputs[i], () => net.Evaluate(batch));
            Close.One(numeric, gradients[i], relative: 1e-5, absolute: 2e-8, $"∂L/∂x[{i}]");
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void BackwardFrom_IsTheGradientOfAnyFunctionOfTheOutputs(string name)
    {
        // L = Σ c ⊙ h, so that ∂L/∂h = c.
        NetworkCase<double> network = AllNetworks.Double(name);
        Batch<double> batch = Batch<double>.Random(network, count: 2, seed: 9);
        ITestNetwork<double> net = network.CreateWithBiases();
        double[] outputs = new double[batch.Count * network.Outputs];
        double[] c = outputs.Select((_, i) => Math.Cos(1 + i)).ToArray();

        net.Forward(batch.Inputs);
        net.BackwardFrom(c);
        double[] gradients = net.Gradients.ToArray();
        Span<double> parameters = net.Parameters;
        int distance = Math.Max(1, network.Parameters / 300);
        for (int i = 0; i < network.Parameters; i += distance)
        {
            double numeric = Difference(ref parameters[i], Dot);
            Close.One(numeric, gradients[i], relative: 1e-5, absolute: 2e-8, $"∂L/∂θ[{i}]");
        }

        double Dot()
        {
            net.Forward(batch.Inputs, outputs);
            return outputs.Zip(c, (h, factor) => h * factor).Sum();
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Backward_ReturnsTheLossThatEvaluateReturns(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        Batch<double> batch = Batch<double>.Random(network, count: 5, seed: 10, weighted: true);
        ITestNetwork<double> net = network.CreateWithBiases();

        double loss = net.ForwardBackward(batch);

        Assert.True(double.IsFinite(loss) && loss != 0);
        Close.One(net.Evaluate(batch), loss, relative: 1e-13, absolute: 0, "loss");
    }

    private static double Difference(ref double variable, Func<double> loss)
    {
        double center = variable;
        variable = center + Step;
        double above = loss();
        variable = center - Step;
        double below = loss();
        variable = center;
        return (above - below) / (2 * Step);
    }
}
