using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;
using static BackpropGen.Generator.Tests.Graph.Networks;

namespace BackpropGen.Generator.Tests.Graph;

/// <summary>The forward pass as a graph, in its printed form.</summary>
public class GraphBuilderTests
{
    [Fact]
    public void The_four_layer_network_reads_as_its_derivation()
    {
        string text = GraphPrinter.Print(GraphBuilder.Build(FourLayer));

        Assert.Equal(
            """
            inputs:
              x : [N × 4]
              y : [N × 3]
              s : [N × 1]
              W1 : [4 × 5]
              b1 : [1 × 5]
              W2 : [5 × 4]
              b2 : [1 × 4]
              W3 : [4 × 3]
              b3 : [1 × 3]
            forward:
              xW1 : [N × 5] = matmul(x, W1)
              z1 : [N × 5] = add_bias(xW1, b1)
              h1 : [N × 5] = activate(z1; Sigmoid)
              xW2 : [N × 4] = matmul(h1, W2)
              z2 : [N × 4] = add_bias(xW2, b2)
              h2 : [N × 4] = activate(z2; Sigmoid)
              xW3 : [N × 3] = matmul(h2, W3)
              z3 : [N × 3] = add_bias(xW3, b3)
              h3 : [N × 3] = activate(z3; Identity)
              L : [N × 1] = sample_loss(h3, y, s; SoftmaxCrossEntropy)
              H : [1 × 1] = reduce_loss(L, y, s; Mean)

            """,
            text);
    }

    [Fact]
    public void A_layer_without_bias_binds_z_by_the_product()
    {
        string text = GraphPrinter.Print(GraphBuilder.Build(Spec(
            2, new LossSpec(Loss.MeanSquaredError, Reduction.Sum), Dense(3, Activation.LeakyRelu, 0.2, bias: false))));

        Assert.Equal(
            """
            inputs:
              x : [N × 2]
              y : [N × 3]
              s : [N × 1]
              W1 : [2 × 3]
            forward:
              z1 : [N × 3] = matmul(x, W1)
              h1 : [N × 3] = activate(z1; LeakyRelu(0.2))
              L : [N × 1] = sample_loss(h1, y, s; MeanSquaredError)
              H : [1 × 1] = reduce_loss(L, y, s; Sum)

            """,
            text);
    }

    [Fact]
    public void An_activation_layer_reads_the_output_below_as_its_z()
    {
        NetworkGraph graph = GraphBuilder.Build(Spec(
            3, new LossSpec(Loss.MeanAbsoluteError), Activate(Activation.Tanh), Dense(2), Activate(Activation.Softplus, 1.5)));

        Assert.Equal(
            [
                "h1 : [N × 3] = activate(x; Tanh)",
                "xW2 : [N × 2] = matmul(h1, W2)",
                "z2 : [N × 2] = add_bias(xW2, b2)",
                "h2 : [N × 2] = activate(z2; Identity)",
                "h3 : [N × 2] = activate(h2; Softplus(1.5))",
                "L : [N × 1] = sample_loss(h3, y, s; MeanAbsoluteError)",
                "H : [1 × 1] = reduce_loss(L, y, s; Mean)",
            ],
            graph.Forward.Select(GraphPrinter.Print));
    }

    [Fact]
    public void The_parameters_of_a_loss_are_printed()
    {
        var loss = new LossSpec(
            Loss.SoftmaxCrossEntropy,
            Reduction.WeightedMean,
            LabelSmoothing: 0.1,
            ClassWeights: new EquatableArray<double>([0.5, 2]));
        NetworkGraph graph = GraphBuilder.Build(Spec(1, loss, Dense(2)));

        Assert.Equal(
            "L : [N × 1] = sample_loss(h1, y, s; SoftmaxCrossEntropy(smoothing 0.1, class weights 0.5 2))",
            GraphPrinter.Print(graph.Forward[^2]));
    }

    [Fact]
    public void The_parameters_are_asked_for_in_flat_order()
    {
        NetworkGraph graph = GraphBuilder.Build(Spec(
            2, new LossSpec(Loss.MeanSquaredError), Dense(3), Activate(Activation.Relu), Dense(4, bias: false), Dense(1)));

        Assert.Equal(["W1", "b1", "W3", "W4", "b4"], graph.Parameters().Select(value => value.Name));
    }

    [Fact]
    public void Equal_specs_give_equal_text_and_numbers_count_up()
    {
        NetworkGraph first = GraphBuilder.Build(FourLayer);
        NetworkGraph second = GraphBuilder.Build(FourLayer);

        Assert.Equal(GraphPrinter.Print(first), GraphPrinter.Print(second));
        Assert.Equal(Enumerable.Range(0, first.Values().Count()), first.Values().Select(value => value.Id).Order());
    }

    [Fact]
    public void The_text_does_not_depend_on_the_culture()
    {
        var culture = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            Assert.Contains("LeakyRelu(0.2)", GraphPrinter.Print(GraphBuilder.Build(Spec(
                1, new LossSpec(Loss.MeanSquaredError), Dense(1, Activation.LeakyRelu, 0.2)))));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void A_layer_of_an_unknown_kind_is_refused() =>
        Assert.Contains(
            "UnknownSpec",
            Assert.Throws<InvalidOperationException>(
                () => GraphBuilder.Build(Spec(1, new LossSpec(Loss.MeanSquaredError), new UnknownSpec()))).Message);

    private sealed record UnknownSpec() : LayerSpec("Unknown", new ActivationSpec(Generator.Activation.Identity))
    {
        public override int OutputsFor(int inputs) => inputs;

        public override long ParameterCountFor(int inputs) => 0;
    }
}
