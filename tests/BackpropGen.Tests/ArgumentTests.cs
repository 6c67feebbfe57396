namespace BackpropGen.Tests;

[NeuralNetwork(4, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(9, Activation.Gelu)]
[Dense(3)]
[Adam]
internal sealed partial class Guarded : ITestNetwork<float>, IHasInputGradients<float>, ITakesLabels<float>, ITakesRows<float>,
    ITrainsOnLabels<float>, ITrainsOnRows<float>;

[NeuralNetwork(4, Loss = Loss.SoftmaxCrossEntropy, KeepIntermediates = true)]
[Dense(9, Activation.Gelu)]
[Dense(3)]
[Adam]
internal sealed partial class GuardedKeeping : ITestNetwork<float>, IHasInputGradients<float>, ITakesLabels<float>, ITakesRows<float>,
    ITrainsOnLabels<float>, ITrainsOnRows<float>;

/// <summary>
/// Bad arguments: the right exception, which names the parameter, what it got and what it needs; and nothing is modified, so that the
/// backward pass of the last Forward still works.
/// </summary>
public sealed class ArgumentTests
{
    private static readonly float[] Inputs = [0.5f, -1, 0.25f, 2, 1, 0, -0.5f, 0.75f];
    private static readonly int[] Labels = [2, 0];
    private static readonly float[] Rows = [0, 0, 1, 1, 0, 0];

    /// <summary>A bad call.</summary>
    /// <param name="Name">What is wrong with it.</param>
    /// <param name="Parameter">The parameter that the exception must name.</param>
    /// <param name="Mentions">What the message must say: what was given, and what is needed.</param>
    /// <param name="Invoke">The call.</param>
    private sealed record BadCall(string Name, string Parameter, string[] Mentions, Action<ITestNetwork<float>> Invoke);

    private static readonly BadCall[] BadCalls =
    [
        new("Forward: half a sample", "inputs", ["6", "4"], net => net.Forward(new float[6])),
        new("Forward: empty", "inputs", ["0", "4"], net => net.Forward([])),
        new("Forward with outputs: half a sample", "inputs", ["7", "4"], net => net.Forward(new float[7], new float[6])),
        new("Forward with outputs: empty", "inputs", ["0", "4"], net => net.Forward([], [])),
        new("Forward with outputs: outputs too short", "outputs", ["5", "6"], net => net.Forward(new float[8], new float[5])),
        new("Forward with outputs: outputs too long", "outputs", ["9", "6"], net => net.Forward(new float[8], new float[9])),
        new("Predict: half a sample", "inputs", ["3", "4"], net => net.Predict(new float[3], new float[3])),
        new("Predict: empty", "inputs", ["0", "4"], net => net.Predict([], [])),
        new("Predict: outputs too short", "outputs", ["3", "6"], net => net.Predict(Inputs, new float[3])),
        new("Predict: outputs too long", "outputs", ["7", "6"], net => net.Predict(Inputs, new float[7])),
        new("BackwardFrom: too short", "outputGradients", ["3", "6"], net => net.BackwardFrom(new float[3])),
        new("BackwardFrom: empty", "outputGradients", ["0", "6"], net => net.BackwardFrom([])),
        new("SetParameters: too short", "source", ["74", "75"], net => net.SetParameters(new float[74])),
        new("CopyParametersTo: too long", "destination", ["76", "75"], net => net.CopyParametersTo(new float[76])),
        new("LearningRate: zero", "value", ["0"], net => ((IHasOptimizer<float>)net).LearningRate = 0),
        new("LearningRate: negative", "value", ["-0.5"], net => ((IHasOptimizer<float>)net).LearningRate = -0.5f),
        new("LearningRate: NaN", "value", ["NaN"], net => ((IHasOptimizer<float>)net).LearningRate = float.NaN),
        new("LearningRate: infinite", "value", ["Infinity"], net => ((IHasOptimizer<float>)net).LearningRate = float.PositiveInfinity),
        .. BadTargets("Backward", (net, labels, weights) => ((ITakesLabels<float>)net).Backward(labels, weights)),
        .. BadTargets("Backward, accumulating", (net, labels, weights) => ((ITakesLabels<float>)net).Backward(labels, weights, accumulate: true)),
        .. BadTargets("Evaluate", (net, labels, weights) => ((ITakesLabels<float>)net).Evaluate(Inputs, labels, weights)),
        .. BadTargets("TrainStep", (net, labels, weights) => ((ITrainsOnLabels<float>)net).TrainStep(Inputs, labels, weights)),
        .. BadRows("Backward", (net, rows, weights) => ((ITakesRows<float>)net).Backward(rows, weights)),
        .. BadRows("Evaluate", (net, rows, weights) => ((ITakesRows<float>)net).Evaluate(Inputs, rows, weights)),
        .. BadRows("TrainStep", (net, rows, weights) => ((ITrainsOnRows<float>)net).TrainStep(Inputs, rows, weights)),
        .. BadInputs("Evaluate labels", (net, inputs) => ((ITakesLabels<float>)net).Evaluate(inputs, Labels)),
        .. BadInputs("Evaluate rows", (net, inputs) => ((ITakesRows<float>)net).Evaluate(inputs, Rows)),
        .. BadInputs("TrainStep labels", (net, inputs) => ((ITrainsOnLabels<float>)net).TrainStep(inputs, Labels)),
        .. BadInputs("TrainStep rows", (net, inputs) => ((ITrainsOnRows<float>)net).TrainStep(inputs, Rows)),
    ];

    public static TheoryData<string, bool> Names
    {
        get
        {
            var names = new TheoryData<string, bool>();
            foreach (BadCall call in BadCalls)
            {
                names.Add(call.Name, false);
                names.Add(call.Name, true);
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BadArgument_IsNamedAndModifiesNothing(string name, bool keepsIntermediates)
    {
        BadCall call = BadCalls.Single(call => call.Name == name);
        ITestNetwork<float> net = Create(keepsIntermediates);
        ITestNetwork<float> control = Create(keepsIntermediates);
        foreach (ITestNetwork<float> network in new[] { net, control })
        {
            network.Forward(Inputs);
            ((ITakesLabels<float>)network).Backward(Labels);
        }

        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => call.Invoke(net));

        Assert.Equal(call.Parameter, exception.ParamName);
        Assert.All(call.Mentions, mention => Assert.Matches($@"(?<![\d.]){System.Text.RegularExpressions.Regex.Escape(mention)}(?![\d])", exception.Message));
        AssertSame(control, net);

        // The last Forward is still there.
        float loss = ((ITakesLabels<float>)net).Backward(Labels);
        Assert.Equal(((ITakesLabels<float>)control).Backward(Labels), loss);
        AssertSame(control, net);
        ((IHasOptimizer<float>)net).ApplyGradients();
        ((IHasOptimizer<float>)control).ApplyGradients();
        AssertSame(control, net);
    }

    [Fact]
    public void Backward_BeforeForwardIsAnInvalidOperation()
    {
        var net = new Guarded();
        Assert.Throws<InvalidOperationException>(() => net.Backward(Labels));
        Assert.Throws<InvalidOperationException>(() => net.Backward(Rows));
        Assert.Throws<InvalidOperationException>(() => net.BackwardFrom(Rows));
        Assert.Equal(0, net.InputGradients.Length);
        Assert.Equal(0, net.SampleLosses.Length);
        Assert.False(net.Gradients.ContainsAnyExcept(0f));
    }

    [Fact]
    public void Backward_AfterTrainStepIsAnInvalidOperation()
    {
        // TrainStep walks the batch in tiles and keeps none of them.
        var net = new Guarded();
        net.Forward(Inputs);
        net.TrainStep(Inputs, Labels);
        Assert.Throws<InvalidOperationException>(() => net.Backward(Labels));
    }

    [Fact]
    public void LayerCopies_DemandOneRowPerSample()
    {
        var net = new GuardedKeeping();
        net.Forward(Inputs);
        Check(() => net.Dense1.CopyPreActivationsTo(new float[9]), "9", "18");
        Check(() => net.Dense1.CopyOutputsTo(new float[19]), "19", "18");
        Check(() => net.Dense2.CopyDeltasTo(new float[2]), "2", "6");

        static void Check(Action call, string given, string needed)
        {
            ArgumentException exception = Assert.Throws<ArgumentException>(call);
            Assert.Equal("destination", exception.ParamName);
            Assert.Contains(given, exception.Message, StringComparison.Ordinal);
            Assert.Contains(needed, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void LabelOutOfRange_IsAnArgumentOutOfRangeException()
    {
        var net = new NegativeLogLikelihoodNet();
        net.Forward([1, 2, 3, 4]);
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => net.Backward([5]));
        Assert.Equal(5, exception.ActualValue);
    }

    private static ITestNetwork<float> Create(bool keepsIntermediates) =>
        keepsIntermediates ? new GuardedKeeping(seed: 1) : new Guarded(seed: 1);

    private static void AssertSame(ITestNetwork<float> expected, ITestNetwork<float> actual)
    {
        float[] copy = new float[Guarded.ParameterCount];
        actual.CopyParametersTo(copy);
        Close.Bitwise<float>(expected.Parameters, copy);
        Close.Bitwise<float>(expected.Parameters, actual.Parameters);
        Close.Bitwise<float>(expected.Gradients, actual.Gradients);
        Close.Bitwise(expected.SampleLosses, actual.SampleLosses);
        Close.Bitwise(((IHasInputGradients<float>)expected).InputGradients, ((IHasInputGradients<float>)actual).InputGradients);
        Assert.Equal(((IHasOptimizer<float>)expected).LearningRate, ((IHasOptimizer<float>)actual).LearningRate);
    }

    private static IEnumerable<BadCall> BadTargets(string member, Action<ITestNetwork<float>, int[], float[]?> call) =>
    [
        new($"{member}: a label missing", "labels", ["1", "2"], net => call(net, [1], null)),
        new($"{member}: a label too many", "labels", ["3", "2"], net => call(net, [1, 2, 0], null)),
        new($"{member}: no labels", "labels", ["0", "2"], net => call(net, [], null)),
        new($"{member}: label 3", "labels", ["3", "2"], net => call(net, [1, 3], null)),
        new($"{member}: label -1", "labels", ["-1", "2"], net => call(net, [-1, 1], null)),
        new($"{member}: a weight missing", "sampleWeights", ["1", "2"], net => call(net, Labels, [1])),
        new($"{member}: a negative weight", "sampleWeights", ["-0.25"], net => call(net, Labels, [1, -0.25f])),
        new($"{member}: a weight that is NaN", "sampleWeights", ["NaN"], net => call(net, Labels, [float.NaN, 1])),
        new($"{member}: an infinite weight", "sampleWeights", ["Infinity"], net => call(net, Labels, [1, float.PositiveInfinity])),
    ];

    private static IEnumerable<BadCall> BadRows(string member, Action<ITestNetwork<float>, float[], float[]?> call) =>
    [
        new($"{member}: a row missing", "targets", ["3", "6"], net => call(net, [0, 0, 1], null)),
        new($"{member}: half a row too many", "targets", ["7", "6"], net => call(net, new float[7], null)),
        new($"{member}: no rows", "targets", ["0", "6"], net => call(net, [], null)),
        new($"{member}: rows and a weight too many", "sampleWeights", ["3", "2"], net => call(net, Rows, [1, 1, 1])),
        new($"{member}: rows and a negative weight", "sampleWeights", ["-1"], net => call(net, Rows, [1, -1])),
    ];

    private static IEnumerable<BadCall> BadInputs(string member, Action<ITestNetwork<float>, float[]> call) =>
    [
        new($"{member}: half a sample", "inputs", ["6", "4"], net => call(net, new float[6])),
        new($"{member}: empty", "inputs", ["0", "4"], net => call(net, [])),
    ];
}
