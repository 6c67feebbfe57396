using System.Numerics;

namespace BackpropGen.Tests;

/// <summary>All networks under test, as data for theories: a theory takes a name, so that a failing case is named in the report.</summary>
internal static class AllNetworks
{
    private static readonly NetworkCase<double>[] Doubles =
    [
        Case(seed => new FourLayer(seed), TargetKind.Labels),
        Case(seed => new FourLayer(seed), TargetKind.Distributions),
        Case(seed => new Xor(seed), TargetKind.Values),
        Case(seed => new Digits(seed), TargetKind.Labels),
        Case(seed => new Widening(seed), TargetKind.Values),
        Case(seed => new Narrowing(seed), TargetKind.Fractions),
        Case(seed => new NoBias(seed), TargetKind.Labels),
        Case(seed => new ActivationLayers(seed), TargetKind.Values),
        Case(seed => new ActivationFirst(seed), TargetKind.Values),
        Case(seed => new ActivationFirstWide(seed), TargetKind.Values),
        Case(seed => new DepthOne(seed), TargetKind.Values),
        Case(seed => new Keeping(seed), TargetKind.Values),
        Case(seed => new NoInputGradients(seed), TargetKind.Labels),
        Case(seed => new Container<int>.Inner.Nested(seed), TargetKind.Values),
        Case(seed => new Deep(seed), TargetKind.Labels),
        Case(seed => new AllActivationsNarrow(seed), TargetKind.Values),
        Case(seed => new AllActivationsWide(seed), TargetKind.Values),
        Case(seed => new MeanAbsoluteErrorNet(seed), TargetKind.Values),
        Case(seed => new HuberNet(seed), TargetKind.Values),
        Case(seed => new SmoothL1Net(seed), TargetKind.Values),
        Case(seed => new LogCoshNet(seed), TargetKind.Values),
        Case(seed => new QuantileNet(seed), TargetKind.Values),
        Case(seed => new SmoothedNet(seed), TargetKind.Labels),
        Case(seed => new SmoothedNet(seed), TargetKind.Distributions),
        Case(seed => new ClassWeightsNet(seed), TargetKind.Labels),
        Case(seed => new ClassWeightsNet(seed), TargetKind.Distributions),
        Case(seed => new CrossEntropyNet(seed), TargetKind.Labels),
        Case(seed => new CrossEntropyNet(seed), TargetKind.Distributions),
        Case(seed => new NegativeLogLikelihoodNet(seed), TargetKind.Labels),
        Case(seed => new KullbackLeiblerNet(seed), TargetKind.Distributions),
        Case(seed => new BinaryLogitsNet(seed), TargetKind.Fractions),
        Case(seed => new BinaryNet(seed), TargetKind.Fractions),
        Case(seed => new PoissonNet(seed), TargetKind.Counts),
        Case(seed => new MarginNet(seed), TargetKind.Labels),
        Case(seed => new SquaredMarginNet(seed), TargetKind.Labels),
        Case(seed => new PlainSgd(seed), TargetKind.Values),
        Case(seed => new SgdWeightDecay(seed), TargetKind.Values),
        Case(seed => new SgdMomentum(seed), TargetKind.Values),
        Case(seed => new SgdDampening(seed), TargetKind.Values),
        Case(seed => new SgdNesterov(seed), TargetKind.Values),
        Case(seed => new SgdEverything(seed), TargetKind.Values),
        Case(seed => new PlainAdam(seed), TargetKind.Values),
        Case(seed => new AdamWeightDecay(seed), TargetKind.Values),
        Case(seed => new AdamWDecay(seed), TargetKind.Values),
        Case(seed => new AdamWDefault(seed), TargetKind.Values),
        Case(seed => new PlainRmsProp(seed), TargetKind.Values),
        Case(seed => new RmsPropEverything(seed), TargetKind.Values),
        Case(seed => new PlainAdagrad(seed), TargetKind.Values),
        Case(seed => new AdagradEverything(seed), TargetKind.Values),
        Case(seed => new PlainAdadelta(seed), TargetKind.Values),
        Case(seed => new PlainAdamax(seed), TargetKind.Values),
        Case(seed => new AdamAmsgrad(seed), TargetKind.Values),
        Case(seed => new PlainNAdam(seed), TargetKind.Values),
        Case(seed => new PlainRAdam(seed), TargetKind.Values),
        Case(seed => new PlainLion(seed), TargetKind.Values),
        Case(seed => new SgdClipNorm(seed), TargetKind.Values),
        Case(seed => new SgdClipValue(seed), TargetKind.Values),
        Case(seed => new AdamAverage(seed), TargetKind.Values),
        Case(seed => new SgdDecoupled(seed), TargetKind.Values),
        Case(_ => new OwnConstructor("test"), TargetKind.Labels),
        Case(seed => new NarrowOutput(seed), TargetKind.Values),
        Case(seed => new NarrowMiddle(seed), TargetKind.Values),
        Case(seed => new NarrowLinear(seed), TargetKind.Values),
        Case(seed => new SmallWeighted(seed), TargetKind.Labels),
        Case(seed => new SmallWeighted(seed), TargetKind.Distributions),
        Case(seed => new SmallSmoothed(seed), TargetKind.Labels),
        Case(seed => new SmallLogSoftmax(seed), TargetKind.Labels),
        Case(seed => new SmallMargin(seed), TargetKind.Labels),
        Case(seed => new SmallBinary(seed), TargetKind.Fractions),
    ];

    private static readonly NetworkCase<float>[] Singles =
    [
        SingleCase(seed => new FourLayerSingle(seed), TargetKind.Labels),
        SingleCase(seed => new FourLayerSingle(seed), TargetKind.Distributions),
        SingleCase(seed => new XorSingle(seed), TargetKind.Values),
        SingleCase(seed => new DigitsSingle(seed), TargetKind.Labels),
        SingleCase(seed => new WideningSingle(seed), TargetKind.Values),
        SingleCase(seed => new NarrowingSingle(seed), TargetKind.Fractions),
        SingleCase(seed => new DepthOneSingle(seed), TargetKind.Labels),
        SingleCase(seed => new NarrowSingle(seed), TargetKind.Values),
        SingleCase(seed => new SmallBottleneck(seed), TargetKind.Values),
        SingleCase(seed => new SmallClassifier(seed), TargetKind.Labels),
        SingleCase(seed => new LayerDecays(seed), TargetKind.Labels),
        SingleCase(seed => new LayerDecays(seed), TargetKind.Distributions),
    ];

    /// <summary>The names of the double networks.</summary>
    public static TheoryData<string> DoubleNames => [.. Doubles.Select(network => network.Name)];

    /// <summary>The names of the float networks.</summary>
    public static TheoryData<string> SingleNames => [.. Singles.Select(network => network.Name)];

    /// <summary>The names of the double networks with an optimizer.</summary>
    public static TheoryData<string> TrainableDoubleNames =>
        [.. Doubles.Where(network => network.Create(1) is IHasOptimizer<double>).Select(network => network.Name)];

    /// <summary>The names of the float networks with an optimizer.</summary>
    public static TheoryData<string> TrainableSingleNames =>
        [.. Singles.Where(network => network.Create(1) is IHasOptimizer<float>).Select(network => network.Name)];

    public static NetworkCase<double> Double(string name) => Doubles.Single(network => network.Name == name);

    public static NetworkCase<float> Single(string name) => Singles.Single(network => network.Name == name);

    public static NetworkCase<double> Case<TNetwork>(Func<ulong, TNetwork> create, TargetKind kind)
        where TNetwork : INeuralNetwork<double>, ITestNetwork<double> => Of<double, TNetwork>(seed => create(seed), kind);

    public static NetworkCase<float> SingleCase<TNetwork>(Func<ulong, TNetwork> create, TargetKind kind)
        where TNetwork : INeuralNetwork<float>, ITestNetwork<float> => Of<float, TNetwork>(seed => create(seed), kind);

    private static NetworkCase<T> Of<T, TNetwork>(Func<ulong, ITestNetwork<T>> create, TargetKind kind)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TNetwork : INeuralNetwork<T>
    {
        NetworkDescription description = ((INeuralNetwork<T>)create(0)).Describe();
        return new($"{typeof(TNetwork).Name}, {kind}", create, description.InputSize, description.OutputSize, description.ParameterCount, kind);
    }
}
