namespace BackpropGen.Tests;

/// <summary>Optimizer steps computed by hand, in double: θ = (w, b) starts at (1, −2), the gradients are (0.5, −0.25), then (0.25, 1).</summary>
public sealed class OptimizerTests
{
    private static readonly double[] Start = [1, -2];
    private static readonly double[] First = [0.5, -0.25];
    private static readonly double[] Second = [0.25, 1];

    [Fact]
    public void Sgd_MovesAgainstTheGradient() => Check(
        new PlainSgd(),
        [1 - 0.05, -2 + 0.025],
        [0.95 - 0.025, -1.975 - 0.1]);

    [Fact]
    public void SgdWithWeightDecay_AddsTheDecayToTheGradient() => Check(
        new SgdWeightDecay(),
        [1 - (0.1 * 0.7), -2 + (0.1 * 0.65)],
        [0.93 - (0.1 * (0.25 + 0.186)), -1.935 - (0.1 * (1 - 0.387))]);

    [Fact]
    public void SgdWithMomentum_GathersVelocity() => Check(
        new SgdMomentum(),
        [0.95, -1.975],
        [0.95 - (0.1 * 0.7), -1.975 - (0.1 * 0.775)]);

    [Fact]
    public void SgdWithDampening_DampensAllStepsButTheFirst() => Check(
        new SgdDampening(),
        [0.95, -1.975],
        [0.95 - (0.1 * 0.575), -1.975 - (0.1 * 0.275)]);

    [Fact]
    public void SgdWithNesterov_LooksAhead() => Check(
        new SgdNesterov(),
        [1 - (0.1 * 0.95), -2 + (0.1 * 0.475)],
        [0.905 - (0.1 * (0.25 + (0.9 * 0.7))), -1.9525 - (0.1 * (1 + (0.9 * 0.775)))]);

    [Fact]
    public void SgdWithEverything_DecaysThenLooksAhead()
    {
        // g1 = (0.7, −0.65); θ1 = θ − 0.1·1.8·g1. g2 = gradient + 0.2·θ1; v2 = 0.8·g1 + g2; θ2 = θ1 − 0.1·(g2 + 0.8·v2).
        double[] after = [0.874, -1.883];
        double[] g = [0.25 + (0.2 * 0.874), 1 - (0.2 * 1.883)];
        double[] v = [(0.8 * 0.7) + g[0], (0.8 * -0.65) + g[1]];
        Check(new SgdEverything(), after, [after[0] - (0.1 * (g[0] + (0.8 * v[0]))), after[1] - (0.1 * (g[1] + (0.8 * v[1])))]);
    }

    [Fact]
    public void Adam_CorrectsBothMoments()
    {
        // After one step m̂ = g and √v̂ = |g|. After two: m = 0.09·g1 + 0.1·g2 over 0.19, v = 0.000999·g1² + 0.001·g2² over 0.001999.
        double[] after = [1 - (0.1 * 0.5 / (0.5 + 1e-8)), -2 + (0.1 * 0.25 / (0.25 + 1e-8))];
        double[] m = [0.07 / 0.19, 0.0775 / 0.19];
        double[] v = [((0.000999 * 0.25) + (0.001 * 0.0625)) / 0.001999, ((0.000999 * 0.0625) + 0.001) / 0.001999];
        Check(
            new PlainAdam(),
            after,
            [after[0] - (0.1 * m[0] / (Math.Sqrt(v[0]) + 1e-8)), after[1] - (0.1 * m[1] / (Math.Sqrt(v[1]) + 1e-8))]);
    }

    [Fact]
    public void AdamWithWeightDecay_AddsTheDecayToTheGradient()
    {
        // β1 = 0.8, β2 = 0.95, ε = 0.001, λ = 0.2.
        double[] g1 = [0.7, -0.65];
        double[] after = [1 - (0.1 * 0.7 / 0.701), -2 + (0.1 * 0.65 / 0.651)];
        double[] expected = new double[2];
        for (int i = 0; i < 2; i++)
        {
            double g2 = Second[i] + (0.2 * after[i]);
            double m = ((0.16 * g1[i]) + (0.2 * g2)) / 0.36;
            double v = ((0.0475 * g1[i] * g1[i]) + (0.05 * g2 * g2)) / 0.0975;
            expected[i] = after[i] - (0.1 * m / (Math.Sqrt(v) + 0.001));
        }

        Check(new AdamWeightDecay(), after, expected);
    }

    [Fact]
    public void AdamW_DecaysTheParametersThemselves()
    {
        double[] after = [0.98 - (0.1 * 0.5 / (0.5 + 1e-8)), -1.96 + (0.1 * 0.25 / (0.25 + 1e-8))];
        double[] m = [0.07 / 0.19, 0.0775 / 0.19];
        double[] v = [((0.000999 * 0.25) + (0.001 * 0.0625)) / 0.001999, ((0.000999 * 0.0625) + 0.001) / 0.001999];
        Check(
            new AdamWDecay(),
            after,
            [(0.98 * after[0]) - (0.1 * m[0] / (Math.Sqrt(v[0]) + 1e-8)), (0.98 * after[1]) - (0.1 * m[1] / (Math.Sqrt(v[1]) + 1e-8))]);
    }

    [Fact]
    public void AdamW_HasPyTorchDefaults()
    {
        var net = new AdamWDefault();
        net.SetParameters(Start);
        First.CopyTo(net.Gradients);
        net.ApplyGradients();
        Assert.Equal(0.001, net.LearningRate);
        Close.One(1 - (0.001 * 0.01) - (0.001 * 0.5 / (0.5 + 1e-8)), net.Parameters[0], 1e-14, 0, "w");
    }

    [Fact]
    public void Lion_MovesByTheSignOfItsMomentum() => Check(
        new PlainLion(),
        [0.98 - 0.1, -1.96 + 0.1],
        // m = 0.01·g1; 0.9·m + 0.1·g2 is above 0 for both.
        [(0.98 * 0.88) - 0.1, (0.98 * -1.86) - 0.1]);

    [Fact]
    public void DecoupledDecayWithoutBiases_TakesOffTheWeightsAlone() => Check(
        new SgdDecoupled(),
        [0.98 - 0.05, -2 + 0.025],
        [(0.98 * 0.93) - 0.025, -1.975 - 0.1]);

    [Fact]
    public void ClipNorm_ShortensTheGradientAndTellsItsNorm()
    {
        double first = Math.Sqrt((0.5 * 0.5) + (0.25 * 0.25));
        double second = Math.Sqrt((0.25 * 0.25) + 1);
        double[] after = [1 - (0.1 * 0.5 * 0.25 / (first + 1e-6)), -2 + (0.1 * 0.25 * 0.25 / (first + 1e-6))];
        var net = new SgdClipNorm();
        Check(net, after, [after[0] - (0.1 * 0.25 * 0.25 / (second + 1e-6)), after[1] - (0.1 * 0.25 / (second + 1e-6))]);
        Close.One(second, net.GradientNorm, 1e-15, 0, "norm");
        Assert.Equal(Second, net.Gradients.ToArray());
    }

    [Fact]
    public void ClipNorm_LeavesAShortGradientAlone()
    {
        var net = new SgdClipNorm();
        net.SetParameters(Start);
        new[] { 0.03, 0.04 }.CopyTo(net.Gradients);
        net.ApplyGradients();
        Close.All<double, double>([1 - 0.003, -2 - 0.004], net.Parameters, 1e-15, 0, "θ");
        Close.One(0.05, net.GradientNorm, 1e-15, 0, "norm");
    }

    [Fact]
    public void ClipValue_BoundsEveryElement() => Check(
        new SgdClipValue(),
        [1 - 0.03, -2 + 0.025],
        [0.97 - 0.025, -1.975 - 0.03]);

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void LearningRate_ActsFromTheNextStepOn(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        ITestNetwork<double> slow = network.Create(1);
        ITestNetwork<double> fast = network.Create(1);
        ((IHasOptimizer<double>)fast).LearningRate *= 2;
        double[] slowStep = Step(slow);
        double[] fastStep = Step(fast);
        Close.All<double, double>([2 * slowStep[0], 2 * slowStep[1]], fastStep, 1e-10, 1e-15, "step");

        static double[] Step(ITestNetwork<double> net)
        {
            net.SetParameters(Start);
            First.CopyTo(net.Gradients);
            ((IHasOptimizer<double>)net).ApplyGradients();
            return [net.Parameters[0] - Start[0], net.Parameters[1] - Start[1]];
        }
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Initialize_ForgetsWhatTheOptimizerGathered(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        ITestNetwork<double> used = network.Create(5);
        ITestNetwork<double> fresh = network.Create(6);
        Batch<double> batch = Batch<double>.Random(network, 8, seed: 1);
        for (int i = 0; i < 3; i++)
        {
            used.TrainStep(batch);
        }

        used.Initialize(6);
        for (int i = 0; i < 3; i++)
        {
            used.TrainStep(batch);
            fresh.TrainStep(batch);
        }

        Close.Bitwise<double>(fresh.Parameters, used.Parameters);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void TrainStep_IsForwardBackwardApply(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        Batch<double> batch = Batch<double>.Random(network, 6, seed: 2, weighted: true);
        ITestNetwork<double> together = network.Create(1);
        ITestNetwork<double> apart = network.Create(1);

        // A caller who looks at the gradients gets them from TrainStep, too.
        Span<double> gradients = together.Gradients;
        for (int i = 0; i < 4; i++)
        {
            double loss = together.TrainStep(batch);
            Assert.Equal(apart.ForwardBackward(batch), loss);
            ((IHasOptimizer<double>)apart).ApplyGradients();
            Close.Bitwise<double>(apart.Gradients, gradients);
        }

        Close.Bitwise<double>(apart.Parameters, together.Parameters);
        Close.Bitwise(apart.SampleLosses, together.SampleLosses);
    }

    [Theory]
    [InlineData($"{nameof(PlainSgd)}, Values", 6)]
    [InlineData($"{nameof(Narrowing)}, Fractions", 29)]
    [InlineData($"{nameof(ActivationLayers)}, Values", 29)]
    [InlineData($"{nameof(ActivationFirstWide)}, Values", 29)]
    [InlineData($"{nameof(Keeping)}, Values", 29)]
    [InlineData($"{nameof(Deep)}, Labels", 29)]
    public void TrainStep_ThatNobodyWatchesIsTheSameUpToRounding(string name, int count)
    {
        // Plain gradient descent may then move the weights in the backward pass itself.
        NetworkCase<double> network = AllNetworks.Double(name);
        Batch<double> batch = Batch<double>.Random(network, count, seed: 2, weighted: true);
        ITestNetwork<double> together = network.Create(1);
        ITestNetwork<double> apart = network.Create(1);
        for (int i = 0; i < 4; i++)
        {
            double loss = together.TrainStep(batch);
            Close.One(apart.ForwardBackward(batch), loss, 1e-12, 1e-15, "loss");
            ((IHasOptimizer<double>)apart).ApplyGradients();
        }

        Close.All<double, double>(apart.Parameters, together.Parameters, 1e-11, 1e-14, "θ");
        Close.All(apart.SampleLosses, together.SampleLosses, 1e-11, 1e-14, "sample loss");
    }

    /// <summary>The tiny networks of every optimizer.</summary>
    public static TheoryData<string> Optimizers =>
    [
        $"{nameof(PlainSgd)}, Values", $"{nameof(SgdWeightDecay)}, Values", $"{nameof(SgdMomentum)}, Values", $"{nameof(SgdDampening)}, Values",
        $"{nameof(SgdNesterov)}, Values", $"{nameof(SgdEverything)}, Values", $"{nameof(PlainAdam)}, Values",
        $"{nameof(AdamWeightDecay)}, Values", $"{nameof(AdamWDecay)}, Values", $"{nameof(AdamWDefault)}, Values",
        $"{nameof(PlainRmsProp)}, Values", $"{nameof(RmsPropEverything)}, Values", $"{nameof(PlainAdagrad)}, Values", $"{nameof(AdagradEverything)}, Values",
        $"{nameof(PlainAdadelta)}, Values", $"{nameof(PlainAdamax)}, Values", $"{nameof(AdamAmsgrad)}, Values", $"{nameof(PlainNAdam)}, Values",
        $"{nameof(PlainRAdam)}, Values", $"{nameof(PlainLion)}, Values", $"{nameof(SgdClipNorm)}, Values", $"{nameof(SgdClipValue)}, Values",
        $"{nameof(AdamAverage)}, Values", $"{nameof(SgdDecoupled)}, Values",
    ];

    private static void Check<TNetwork>(TNetwork net, double[] afterFirst, double[] afterSecond)
        where TNetwork : ITestNetwork<double>, IHasOptimizer<double>
    {
        net.SetParameters(Start);
        First.CopyTo(net.Gradients);
        net.ApplyGradients();
        Close.All<double, double>(afterFirst, net.Parameters, 1e-13, 1e-15, "θ after one step");
        Second.CopyTo(net.Gradients);
        net.ApplyGradients();
        Close.All<double, double>(afterSecond, net.Parameters, 1e-13, 1e-15, "θ after two steps");
    }
}
