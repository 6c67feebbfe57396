using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;
using static BackpropGen.Generator.Tests.Graph.Networks;

namespace BackpropGen.Generator.Tests.Differentiation;

/// <summary>
/// Every gradient that differentiation writes against the slope of H itself: each parameter and each input is moved a little either way,
/// and the forward pass alone is evaluated. Weights of the samples differ, so that no gradient is all alike.
/// </summary>
public class CentralDifferenceTests
{
    private const int Samples = 4;
    private const double Step = 1e-5;

    public static TheoryData<string> Activations() => new(Enum.GetNames<Activation>());

    [Theory]
    [MemberData(nameof(Activations))]
    public void Every_activation_within_a_network(string name)
    {
        Activation activation = Enum.Parse<Activation>(name);
        double parameter = Parameter(activation);

        Check(Spec(3, new LossSpec(Loss.MeanSquaredError), Dense(4, activation, parameter), Dense(2, Activation.Tanh)), Values(2));
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Every_activation_as_a_layer_of_its_own_at_either_end(string name)
    {
        Activation activation = Enum.Parse<Activation>(name);
        double parameter = Parameter(activation);

        Check(
            Spec(
                3,
                new LossSpec(Loss.LogCosh),
                Activate(activation, parameter),
                Dense(3, bias: false),
                Activate(Activation.Tanh),
                Dense(2),
                Activate(activation, parameter)),
            Values(2));
    }

    /// <summary>Each loss as "loss, parameter, power, last activation".</summary>
    public static TheoryData<string, double, int, string> Losses() => new()
    {
        { nameof(Loss.MeanSquaredError), 0, 1, nameof(Activation.Identity) },
        { nameof(Loss.MeanAbsoluteError), 0, 1, nameof(Activation.Identity) },
        { nameof(Loss.Huber), 0.7, 1, nameof(Activation.Identity) },
        { nameof(Loss.SmoothL1), 0.6, 1, nameof(Activation.Identity) },
        { nameof(Loss.LogCosh), 0, 1, nameof(Activation.Identity) },
        { nameof(Loss.Quantile), 0.9, 1, nameof(Activation.Identity) },
        { nameof(Loss.SoftmaxCrossEntropy), 0, 1, nameof(Activation.Identity) },
        { nameof(Loss.SoftmaxCrossEntropy), 0, 1, nameof(Activation.Tanh) },
        { nameof(Loss.CrossEntropy), 0, 1, nameof(Activation.Softmax) },
        { nameof(Loss.NegativeLogLikelihood), 0, 1, nameof(Activation.LogSoftmax) },
        { nameof(Loss.KullbackLeiblerDivergence), 0, 1, nameof(Activation.LogSoftmax) },
        { nameof(Loss.BinaryCrossEntropyWithLogits), 0, 1, nameof(Activation.Identity) },
        { nameof(Loss.BinaryCrossEntropy), 0, 1, nameof(Activation.Sigmoid) },
        { nameof(Loss.PoissonNegativeLogLikelihood), 0, 1, nameof(Activation.Identity) },
        { nameof(Loss.MultiMargin), 1, 1, nameof(Activation.Identity) },
        { nameof(Loss.MultiMargin), 0.8, 2, nameof(Activation.Identity) },
    };

    [Fact]
    public void No_loss_is_missing() =>
        Assert.Equal(Enum.GetNames<Loss>().Order(), Losses().Select(row => (string)row[0]).Distinct().Order());

    [Theory]
    [MemberData(nameof(Losses))]
    public void Every_loss_with_every_reduction(string name, double parameter, int power, string last)
    {
        Loss kind = Enum.Parse<Loss>(name);
        bool labels = kind is Loss.NegativeLogLikelihood or Loss.MultiMargin;
        double[] targets = labels ? GraphData.OneHot([2, 0, 1, 2], 3) : kind switch
        {
            Loss.SoftmaxCrossEntropy or Loss.CrossEntropy or Loss.KullbackLeiblerDivergence => Probabilities(3),
            Loss.BinaryCrossEntropy or Loss.BinaryCrossEntropyWithLogits => [.. Values(3).Select(value => (value + 1) / 2)],
            _ => Values(3),
        };

        foreach (Reduction reduction in Enum.GetValues<Reduction>())
        {
            var loss = new LossSpec(kind, reduction, parameter, power);
            Check(Spec(3, loss, Dense(4, Activation.Tanh), Dense(3, Enum.Parse<Activation>(last))), targets, labels);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Class_weights_and_label_smoothing(bool labels)
    {
        double[] targets = labels ? GraphData.OneHot([2, 0, 1, 2], 3) : Probabilities(3);
        foreach (Reduction reduction in Enum.GetValues<Reduction>())
        {
            var loss = new LossSpec(
                Loss.SoftmaxCrossEntropy, reduction, LabelSmoothing: 0.1, ClassWeights: new EquatableArray<double>([0.5, 1, 2]));
            Check(Spec(3, loss, Dense(4, Activation.Tanh), Dense(3)), targets, labels);
        }
    }

    [Fact]
    public void Class_weights_of_the_negative_log_likelihood() =>
        Check(
            Spec(
                3,
                new LossSpec(Loss.NegativeLogLikelihood, ClassWeights: new EquatableArray<double>([0.5, 1, 2])),
                Dense(3, Activation.LogSoftmax)),
            GraphData.OneHot([2, 0, 1, 2], 3),
            labels: true);

    [Fact]
    public void Positive_weights() =>
        Check(
            Spec(
                3,
                new LossSpec(Loss.BinaryCrossEntropyWithLogits, PositiveWeights: new EquatableArray<double>([0.5, 3])),
                Dense(4, Activation.Tanh),
                Dense(2)),
            [1, 0, 0, 1, 0.25, 1, 1, 1]);

    [Fact]
    public void A_deep_network() =>
        Check(
            Spec(
                3,
                new LossSpec(Loss.SoftmaxCrossEntropy),
                Dense(5, Activation.Silu),
                Dense(1, Activation.Tanh),
                Dense(4, Activation.Softmax),
                Dense(6, Activation.Gelu, bias: false),
                Dense(2, Activation.Mish),
                Dense(3)),
            GraphData.OneHot([2, 0, 1, 2], 3),
            labels: true);

    /// <summary>Compares ∂W and ∂b of all layers and ∂x with the slopes of H.</summary>
    private static void Check(NetworkSpec spec, double[] targets, bool labels = false)
    {
        NetworkGraph graph = Differentiated(spec);
        NetworkGraph forward = GraphBuilder.Build(spec);
        var random = new Random(7);
        double[] parameters = Draw(random, graph.Parameters().Sum(value => value.Shape.Rows * value.Shape.Columns));
        double[] inputs = Draw(random, Samples * spec.Inputs);
        var data = new GraphData(inputs, targets, parameters, labels, [0.5, 1, 2, 1.5]);

        IReadOnlyDictionary<string, Matrix> values = GraphInterpreter.Evaluate(graph, data);
        double[] gradients = [.. graph.Parameters().SelectMany(parameter => values["d" + parameter.Name].Data)];

        Compare("∂x", values["dx"].Data, inputs);
        Compare("∂parameters", gradients, parameters);

        // The arrays are those that the data holds: what is moved here is what the forward pass sees.
        void Compare(string what, double[] gradient, double[] moved)
        {
            Assert.Equal(moved.Length, gradient.Length);
            for (int i = 0; i < moved.Length; i++)
            {
                double value = moved[i];
                moved[i] = value + Step;
                double above = GraphInterpreter.Evaluate(forward, data)["H"].Data[0];
                moved[i] = value - Step;
                double below = GraphInterpreter.Evaluate(forward, data)["H"].Data[0];
                moved[i] = value;

                double slope = (above - below) / (2 * Step);
                Assert.True(
                    Math.Abs(slope - gradient[i]) <= 1e-7 * Math.Max(1, Math.Abs(slope)),
                    FormattableString.Invariant($"{what}[{i}] is {gradient[i]:R}, the slope is {slope:R}."));
            }
        }
    }

    private static double Parameter(Activation activation) => activation switch
    {
        Activation.LeakyRelu => 0.2,
        Activation.Elu => 0.7,
        Activation.Softplus => 1.5,
        _ => 0,
    };

    private static double[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];

    /// <summary>Target values between −1 and 1.</summary>
    private static double[] Values(int outputs) => Draw(new Random(3), Samples * outputs);

    /// <summary>Target rows that are distributions.</summary>
    private static double[] Probabilities(int classes) =>
        [.. Enumerable.Range(0, Samples).SelectMany(i => ReferenceMath.Softmax(Draw(new Random(i), classes)))];
}
