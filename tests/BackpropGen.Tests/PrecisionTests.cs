namespace BackpropGen.Tests;

/// <summary>Float networks against their double twins with the same weights.</summary>
public sealed class PrecisionTests
{
    public static TheoryData<string, string, TargetKind> Twins => new()
    {
        { nameof(FourLayerSingle), nameof(FourLayer), TargetKind.Labels },
        { nameof(FourLayerSingle), nameof(FourLayer), TargetKind.Distributions },
        { nameof(XorSingle), nameof(Xor), TargetKind.Values },
        { nameof(DigitsSingle), nameof(Digits), TargetKind.Labels },
        { nameof(WideningSingle), nameof(Widening), TargetKind.Values },
        { nameof(NarrowingSingle), nameof(Narrowing), TargetKind.Fractions },
    };

    [Theory]
    [MemberData(nameof(Twins))]
    public void Float_AgreesWithDouble(string single, string twin, TargetKind kind)
    {
        NetworkCase<float> network = AllNetworks.Single($"{single}, {kind}");
        NetworkCase<double> oracle = AllNetworks.Double($"{twin}, {kind}");
        ITestNetwork<float> net = network.CreateWithBiases();
        ITestNetwork<double> exact = oracle.Create(1);
        exact.SetParameters(Array.ConvertAll(net.Parameters.ToArray(), value => (double)value));
        Batch<float> batch = Batch<float>.Random(network, count: 29, seed: 3, weighted: true);
        Batch<double> same = batch.To<double>();

        double loss = net.ForwardBackward(batch);
        double exactLoss = exact.ForwardBackward(same);

        Close.One(exactLoss, loss, relative: 1e-5, absolute: 1e-7, "loss");
        double scale = Largest(exact.Gradients);
        Close.All<float, double>(exact.Gradients, net.Gradients, relative: 1e-3, absolute: 1e-5 * scale, "gradient");
        ReadOnlySpan<double> exactInputs = ((IHasInputGradients<double>)exact).InputGradients;
        Close.All(
            exactInputs, ((IHasInputGradients<float>)net).InputGradients, relative: 1e-3, absolute: 1e-5 * Largest(exactInputs), "input gradient");
        Close.All(exact.SampleLosses, net.SampleLosses, relative: 1e-4, absolute: 1e-5, "sample loss");
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}
