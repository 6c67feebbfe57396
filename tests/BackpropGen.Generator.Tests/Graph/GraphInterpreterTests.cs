using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;
using static BackpropGen.Generator.Tests.Graph.Networks;

namespace BackpropGen.Generator.Tests.Graph;

/// <summary>The interpreter against numbers worked out by hand.</summary>
public class GraphInterpreterTests
{
    [Fact]
    public void One_neuron_and_one_sample()
    {
        // z = 2·3 + 1 = 7; H = (7 − 5)² = 4; ∂h = 2·(7 − 5) = 4; ∂W = 2·4, ∂b = 4, ∂x = 4·3.
        NetworkGraph graph = Differentiated(Spec(1, new LossSpec(Loss.MeanSquaredError), Dense(1)));

        IReadOnlyDictionary<string, Matrix> values = GraphInterpreter.Evaluate(graph, new GraphData([2], [5], [3, 1]));

        AreEqual(values, ("z1", [7]), ("h1", [7]), ("L", [4]), ("H", [4]), ("dh1", [4]), ("d1", [4]), ("dW1", [8]), ("db1", [4]), ("dx", [12]));
    }

    [Fact]
    public void Two_layers_and_two_samples()
    {
        // z1 = x·[1 −1] + [0 1]:  sample 1 (x = 2): [2 −1], h1 = [2 0];  sample 2 (x = −3): [−3 4], h1 = [0 4].
        // h2 = h1·[1 2]ᵀ: 2 and 8.  e = h2 − y = 2 − 1 = 1 and 8 − 10 = −2.  H = (1 + 4)/2.  δ2 = 2·e/2 = [1, −2].
        // ∂W2 = h1ᵀ·δ2 = [2·1, 4·(−2)].  ∂h1 = δ2·W2ᵀ = [1 2; −2 −4].  δ1 = ∂h1 ⊙ [1 0; 0 1] = [1 0; 0 −4].
        // ∂W1 = xᵀ·δ1 = [2·1, −3·(−4)].  ∂b1 = [1 −4].  ∂x = δ1·W1ᵀ = [1, 4].
        NetworkGraph graph = Differentiated(Spec(1, new LossSpec(Loss.MeanSquaredError), Dense(2, Activation.Relu), Dense(1, bias: false)));

        IReadOnlyDictionary<string, Matrix> values = GraphInterpreter.Evaluate(graph, new GraphData([2, -3], [1, 10], [1, -1, 0, 1, 1, 2]));

        AreEqual(
            values,
            ("z1", [2, -1, -3, 4]),
            ("h1", [2, 0, 0, 4]),
            ("h2", [2, 8]),
            ("L", [1, 4]),
            ("H", [2.5]),
            ("d2", [1, -2]),
            ("dW2", [2, -8]),
            ("dh1", [1, 2, -2, -4]),
            ("d1", [1, 0, 0, -4]),
            ("dW1", [2, 12]),
            ("db1", [1, -4]),
            ("dx", [1, 4]));
    }

    [Fact]
    public void Softmax_and_cross_entropy_of_equal_logits()
    {
        // p = 1/2 each: L = ln 2, ∂z = p − y.
        NetworkGraph graph = Differentiated(Spec(1, new LossSpec(Loss.SoftmaxCrossEntropy), Dense(2)));

        IReadOnlyDictionary<string, Matrix> values = GraphInterpreter.Evaluate(
            graph, new GraphData([1], GraphData.OneHot([1], 2), [3, 3, 0, 0], TargetsAreLabels: true));

        AreEqual(values, ("L", [Math.Log(2)]), ("H", [Math.Log(2)]), ("d1", [0.5, -0.5]), ("dW1", [0.5, -0.5]), ("dx", [0]));
    }

    [Fact]
    public void A_sample_weight_scales_loss_and_gradient_but_not_the_mean()
    {
        NetworkGraph graph = Differentiated(Spec(1, new LossSpec(Loss.MeanSquaredError), Dense(1)));

        IReadOnlyDictionary<string, Matrix> values = GraphInterpreter.Evaluate(
            graph, new GraphData([1, 1], [0, 0], [1, 0], SampleWeights: [3, 1]));

        AreEqual(values, ("L", [3, 1]), ("H", [2]), ("d1", [3, 1]));
    }

    [Fact]
    public void Output_gradients_take_the_place_of_those_of_the_loss()
    {
        NetworkGraph graph = Differentiated(Spec(1, new LossSpec(Loss.MeanSquaredError), Dense(1)));

        IReadOnlyDictionary<string, Matrix> values = GraphInterpreter.Evaluate(
            graph, new GraphData([2, 5], [0, 0], [3, 1], OutputGradients: [10, 100]));

        AreEqual(values, ("dh1", [10, 100]), ("dW1", [520]), ("db1", [110]), ("dx", [30, 300]));
    }

    [Theory]
    [InlineData("Mean", true, false, 1 + 4.0)]
    [InlineData("Mean", false, false, 2.0)]
    [InlineData("Mean", true, true, 1 + 4.0)]
    [InlineData("Mean", false, true, 2.0)]
    [InlineData("WeightedMean", true, true, (1 * 0.5) + (4 * 3.0))]
    [InlineData("WeightedMean", false, true, 0.5 + 3.0)]
    [InlineData("WeightedMean", true, false, 1 + 4.0)]
    [InlineData("Sum", true, true, 1.0)]
    public void Class_weights_count_in_the_divisor_only_for_labels(string reduction, bool labels, bool sampleWeights, double divisor)
    {
        // Labels 0 and 2 with the class weights 1, 2, 4.
        var loss = new LossSpec(
            Loss.SoftmaxCrossEntropy, Enum.Parse<Reduction>(reduction), ClassWeights: new EquatableArray<double>([1, 2, 4]));
        var targets = new Matrix(2, 3, GraphData.OneHot([0, 2], 3));

        Assert.Equal(divisor, ReferenceLoss.Divisor(loss, targets, sampleWeights ? [0.5, 3] : [1, 1], labels));
    }

    [Theory]
    [InlineData("Mean", 6.0)]
    [InlineData("WeightedMean", 3.5 * 3)]
    [InlineData("Sum", 1.0)]
    public void The_mean_of_an_element_wise_loss_is_over_the_outputs_too(string reduction, double divisor)
    {
        var loss = new LossSpec(Loss.MeanSquaredError, Enum.Parse<Reduction>(reduction));

        Assert.Equal(divisor, ReferenceLoss.Divisor(loss, new Matrix(2, 3), [0.5, 3], targetsAreLabels: false));
    }

    [Fact]
    public void Multi_margin_by_hand()
    {
        // h = [1, 2, 0.5], label 0, margin 1: hinges 2 and 0.5.
        double[] h = [1, 2, 0.5];
        double[] t = [1, 0, 0];
        var linear = new LossSpec(Loss.MultiMargin, Parameter: 1);
        LossSpec squared = linear with { Power = 2 };

        Assert.Equal(2.5 / 3, ReferenceLoss.OfSample(linear, h, t), 1e-15);
        Assert.Equal(4.25 / 3, ReferenceLoss.OfSample(squared, h, t), 1e-15);
        Assert.Equal([-2.0 / 3, 1.0 / 3, 1.0 / 3], ReferenceLoss.Gradient(linear, h, t), Close);
        Assert.Equal([-5.0 / 3, 4.0 / 3, 1.0 / 3], ReferenceLoss.Gradient(squared, h, t), Close);
    }

    [Fact]
    public void Probabilities_of_zero_and_one_give_finite_losses_and_gradients()
    {
        var binary = new LossSpec(Loss.BinaryCrossEntropy);
        Assert.Equal(200, ReferenceLoss.OfSample(binary, [0, 1], [1, 0]));
        Assert.Equal([-1e12, 1e12], ReferenceLoss.Gradient(binary, [0, 1], [1, 0]), Close);

        var classes = new LossSpec(Loss.CrossEntropy);
        Assert.Equal(708.396418532264, ReferenceLoss.OfSample(classes, [0, 1], [1, 0]), 1e-12);
        Assert.All(ReferenceLoss.Gradient(classes, [0, 1], [1, 0]), gradient => Assert.True(double.IsFinite(gradient)));
    }

    [Fact]
    public void Data_of_the_wrong_size_is_refused()
    {
        NetworkGraph graph = Differentiated(Spec(2, new LossSpec(Loss.MeanSquaredError), Dense(1)));

        Refused("x has the shape [N × 2] with N = 1, 3 numbers", new GraphData([1, 2, 3], [1], [1, 2, 3]));
        Refused("y has the shape [N × 1] with N = 1, 2 numbers", new GraphData([1, 2], [1, 2], [1, 2, 3]));
        Refused("s has the shape [N × 1] with N = 1, 2 numbers", new GraphData([1, 2], [1], [1, 2, 3], SampleWeights: [1, 1]));
        Refused("The network has 3 parameters, 4 were given.", new GraphData([1, 2], [1], [1, 2, 3, 4]));
        Refused("b1 has the shape [1 × 1] with N = 1, 0 numbers", new GraphData([1, 2], [1], [1, 2]));
        Refused("1 output gradients are needed, 2 were given.", new GraphData([1, 2], [1], [1, 2, 3], OutputGradients: [1, 2]));

        void Refused(string message, GraphData data) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => GraphInterpreter.Evaluate(graph, data)).Message);
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) <= 1e-15 * Math.Max(1, Math.Abs(expected));

    private static void AreEqual(IReadOnlyDictionary<string, Matrix> values, params (string Name, double[] Expected)[] expectations) =>
        Assert.All(expectations, pair => Assert.Equal(pair.Expected, values[pair.Name].Data));
}
