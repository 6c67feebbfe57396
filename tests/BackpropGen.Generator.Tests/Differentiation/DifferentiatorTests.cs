using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;
using static BackpropGen.Generator.Tests.Graph.Networks;

namespace BackpropGen.Generator.Tests.Differentiation;

/// <summary>The backward pass as a graph, in its printed form.</summary>
public class DifferentiatorTests
{
    [Fact]
    public void The_four_layer_network_reads_as_its_derivation()
    {
        string text = GraphPrinter.Print(Differentiated(FourLayer));

        Assert.Equal(
            """
            backward:
              dh3 : [N × 3] = loss_gradient(h3, y, s; SoftmaxCrossEntropy, Mean)
              d3 : [N × 3] = activation_gradient(dh3; Identity)
              dW3 : [4 × 3] = matmul(h2ᵀ, d3)
              db3 : [1 × 3] = column_sum(d3)
              dh2 : [N × 4] = matmul(d3, W3ᵀ)
              d2 : [N × 4] = activation_gradient(dh2, h2; Sigmoid)
              dW2 : [5 × 4] = matmul(h1ᵀ, d2)
              db2 : [1 × 4] = column_sum(d2)
              dh1 : [N × 5] = matmul(d2, W2ᵀ)
              d1 : [N × 5] = activation_gradient(dh1, h1; Sigmoid)
              dW1 : [4 × 5] = matmul(xᵀ, d1)
              db1 : [1 × 5] = column_sum(d1)
              dx : [N × 4] = matmul(d1, W1ᵀ)

            """,
            text.Substring(text.IndexOf("backward:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_input_gradients_the_walk_ends_at_the_parameters() =>
        Assert.Equal(
            ["dh2", "d2", "dW2", "db2", "dh1", "d1", "dW1", "db1"],
            Bound(Spec(2, new LossSpec(Loss.MeanSquaredError), Dense(3, Activation.Tanh), Dense(1)) with { InputGradients = false }));

    [Fact]
    public void A_layer_without_bias_has_no_bias_gradient() =>
        Assert.Equal(
            ["dh1", "d1", "dW1", "dx"],
            Bound(Spec(2, new LossSpec(Loss.MeanSquaredError), Dense(3, bias: false))));

    [Fact]
    public void The_delta_of_an_activation_layer_is_handed_to_the_layer_below() =>
        Assert.Equal(
            [
                "dh3 : [N × 1] = loss_gradient(h3, y, s; MeanSquaredError, Mean)",
                "d3 : [N × 1] = activation_gradient(dh3, h3; Tanh)",
                "d2 : [N × 1] = activation_gradient(d3, h1; Gelu)",
                "d1 : [N × 1] = activation_gradient(d2; Identity)",
                "dW1 : [2 × 1] = matmul(xᵀ, d1)",
                "db1 : [1 × 1] = column_sum(d1)",
                "dx : [N × 2] = matmul(d1, W1ᵀ)",
            ],
            Differentiated(Spec(
                    2, new LossSpec(Loss.MeanSquaredError), Dense(1), Activate(Activation.Gelu), Activate(Activation.Tanh)))
                .Backward.Select(GraphPrinter.Print));

    [Fact]
    public void The_delta_of_a_first_activation_layer_is_dx() =>
        Assert.Equal(
            ["dh2", "d2", "dW2", "db2", "dh1", "dx"],
            Bound(Spec(2, new LossSpec(Loss.MeanSquaredError), Activate(Activation.Relu), Dense(1))));

    [Fact]
    public void The_delta_of_a_first_activation_layer_keeps_its_own_name_where_dx_is_not_asked_for() =>
        Assert.Equal(
            ["dh2", "d2", "dW2", "db2", "dh1", "d1"],
            Bound(Spec(2, new LossSpec(Loss.MeanSquaredError), Activate(Activation.Relu), Dense(1)) with { InputGradients = false }));

    public static TheoryData<string> Activations() => new(Enum.GetNames<Activation>());

    [Theory]
    [MemberData(nameof(Activations))]
    public void A_delta_reads_of_z_and_h_only_what_its_rule_says(string name)
    {
        Activation activation = Enum.Parse<Activation>(name);
        string operands = ActivationRules.Of(activation).Needs switch
        {
            DerivativeNeeds.Nothing => "dh1",
            DerivativeNeeds.Input => "dh1, z1",
            _ => "dh1, h1",
        };

        Op delta = Differentiated(Spec(2, new LossSpec(Loss.MeanSquaredError), Dense(3, activation, 1)))
            .Backward.Single(op => op.Result.Name == "d1");

        Assert.Equal(operands, string.Join(", ", delta.Operands.Select(operand => operand.Name)));
    }

    [Fact]
    public void The_forward_pass_stays_as_it_is()
    {
        NetworkGraph forward = GraphBuilder.Build(FourLayer);
        NetworkGraph both = Differentiator.Differentiate(forward);

        Assert.Equal(forward.Inputs, both.Inputs);
        Assert.Equal(forward.Forward, both.Forward);
        Assert.Empty(forward.Backward);
    }

    [Fact]
    public void An_operation_without_a_rule_is_refused()
    {
        NetworkGraph forward = GraphBuilder.Build(FourLayer);
        NetworkGraph broken = forward with { Forward = forward.Forward.Add(new Unknown(forward.Forward[^1].Result)) };

        Assert.Contains("no gradient rule", Assert.Throws<InvalidOperationException>(() => Differentiator.Differentiate(broken)).Message);
    }

    [Fact]
    public void A_value_that_two_operations_read_is_refused()
    {
        NetworkGraph forward = GraphBuilder.Build(FourLayer);
        Op loss = forward.Forward.Single(op => op is SampleLoss);
        NetworkGraph broken = forward with { Forward = forward.Forward.Add(loss with { Result = loss.Result with { Id = 1000, Name = "L2" } }) };

        Assert.Contains("h3 is read by more than one operation", Assert.Throws<InvalidOperationException>(() => Differentiator.Differentiate(broken)).Message);
    }

    private static IEnumerable<string> Bound(NetworkSpec spec) => Differentiated(spec).Backward.Select(op => op.Result.Name);

    private sealed record Unknown(Value Result) : Op(Result)
    {
        public override IReadOnlyList<Value> Operands => [];

        public override Op Rename(Func<Value, Value> to) => this with { Result = to(Result) };
    }
}
