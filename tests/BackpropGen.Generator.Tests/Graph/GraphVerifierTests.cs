using System.Collections.Immutable;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;
using static BackpropGen.Generator.Tests.Graph.Networks;

namespace BackpropGen.Generator.Tests.Graph;

/// <summary>Broken graphs, each broken in one place, and what the verifier says of them.</summary>
public class GraphVerifierTests
{
    private static readonly NetworkGraph Sound = Differentiated(FourLayer);

    [Fact]
    public void A_sound_graph_passes() => GraphVerifier.Verify(Sound);

    [Fact]
    public void A_value_read_before_it_is_bound() =>
        Fails(Sound with { Forward = Sound.Forward.Reverse().ToImmutableArray() }, "H reads L (#", "before it is bound");

    [Fact]
    public void A_value_of_another_graph() =>
        Fails(WithForward("xW1", op => (MatMul)op with { Left = Named("x") with { Name = "elsewhere" } }), "xW1 reads elsewhere (#0) before it is bound");

    [Fact]
    public void A_value_bound_twice() =>
        Fails(Sound with { Forward = Sound.Forward.Insert(1, Sound.Forward[0]) }, "xW1 is bound twice");

    [Fact]
    public void A_number_given_twice() =>
        Fails(WithForward("xW1", op => op with { Result = op.Result with { Id = Named("x").Id } }), "shares its number #0");

    [Fact]
    public void A_name_given_twice() =>
        Fails(
            Sound with { Inputs = Sound.Inputs.Add(new Value(1000, "b1", Shape.Vector(5), Role.Bias, 1)) },
            "Two values are named b1.");

    [Fact]
    public void A_layer_that_does_not_exist() =>
        Fails(
            Sound with { Inputs = Sound.Inputs.Add(new Value(1000, "b9", Shape.Vector(5), Role.Bias, 9)) },
            "b9 belongs to layer 9 of 3.");

    [Fact]
    public void An_input_that_only_an_operation_binds() =>
        Fails(
            Sound with { Inputs = Sound.Inputs.Add(new Value(1000, "z", Shape.Batch(5), Role.PreActivation, 1)) },
            "Input z has the role PreActivation");

    [Fact]
    public void A_product_of_inner_sizes_that_differ() =>
        Fails(
            WithBackward("dW1", op => (MatMul)op with { TransposeLeft = false }),
            "dW1 multiplies x and d1, as [N × 4] · [N × 5]: the inner sizes differ.");

    [Fact]
    public void A_product_of_the_wrong_shape() =>
        Fails(
            WithForward("xW1", op => op with { Result = op.Result with { Shape = Shape.Batch(6) } }),
            "xW1: xW1 has the shape [N × 6]; MatMul needs [N × 5].");

    [Fact]
    public void A_bias_of_the_wrong_width() =>
        Fails(WithForward("z1", op => (AddBias)op with { Bias = Named("b2") }), "z1: b2 has the shape [1 × 4]; AddBias needs [1 × 5].");

    [Fact]
    public void A_bias_that_is_none() =>
        Fails(WithForward("z1", op => (AddBias)op with { Bias = Named("x") }), "z1 reads x of role Input; AddBias reads Bias there.");

    [Fact]
    public void An_activation_of_the_wrong_width() =>
        Fails(WithForward("h2", op => (Activate)op with { Input = Named("z1") }), "h2: z1 has the shape [N × 5]; Activate needs [N × 4].");

    [Fact]
    public void An_activation_gradient_that_reads_another_layer() =>
        Fails(
            WithBackward("d2", op => (ActivationGradient)op with { Output = Named("h1") }),
            "d2: h1 has the shape [N × 5]; ActivationGradient needs [N × 4].");

    [Fact]
    public void A_delta_of_the_wrong_role() =>
        Fails(
            WithBackward("d2", op => op with { Result = op.Result with { Role = Role.Output } }),
            "d2 has the role Output; ActivationGradient binds Delta or InputGradient.");

    [Fact]
    public void A_bias_gradient_of_the_wrong_width() =>
        Fails(
            WithBackward("db3", op => op with { Result = op.Result with { Shape = Shape.Vector(4) } }),
            "db3: db3 has the shape [1 × 4]; ColumnSum needs [1 × 3].");

    [Fact]
    public void A_loss_of_a_hidden_layer() =>
        Fails(WithForward("L", op => (SampleLoss)op with { Output = Named("h1") }), "L: y has the shape [N × 3]; SampleLoss needs [N × 5].");

    [Fact]
    public void A_loss_without_a_target() =>
        Fails(WithForward("L", op => (SampleLoss)op with { Target = Named("h3") }), "L reads h3 of role Output; SampleLoss reads Target there.");

    [Fact]
    public void A_loss_of_the_batch_that_is_not_one_number() =>
        Fails(
            WithForward("H", op => op with { Result = op.Result with { Shape = Shape.PerSample } }),
            "H: H has the shape [N × 1]; ReduceLoss needs [1 × 1].");

    [Fact]
    public void A_loss_gradient_of_the_wrong_shape() =>
        Fails(
            WithBackward("dh3", op => op with { Result = op.Result with { Shape = Shape.Batch(2) } }),
            "dh3: dh3 has the shape [N × 2]; LossGradient needs [N × 3].");

    [Fact]
    public void Operands_of_the_wrong_role()
    {
        Fails(WithBackward("dW2", op => (MatMul)op with { Left = Named("z1") }), "dW2 reads z1 of role PreActivation; MatMul reads Input or Output or Delta there.");
        Fails(WithBackward("dW2", op => (MatMul)op with { Right = Named("dh2") }), "dW2 reads dh2 of role OutputGradient; MatMul reads Weights or Delta there.");
        Fails(WithBackward("d2", op => (ActivationGradient)op with { Upstream = Named("h2") }), "d2 reads h2 of role Output; ActivationGradient reads OutputGradient or Delta there.");
        Fails(WithBackward("d2", op => (ActivationGradient)op with { Output = Named("z2") }), "d2 reads z2 of role PreActivation; ActivationGradient reads Output there.");
        Fails(WithBackward("d2", op => (ActivationGradient)op with { PreActivation = Named("xW2") }), "d2 reads xW2 of role Product;");
        Fails(WithBackward("db2", op => (ColumnSum)op with { Input = Named("dh2") }), "db2 reads dh2 of role OutputGradient; ColumnSum reads Delta there.");
        Fails(WithForward("L", op => (SampleLoss)op with { SampleWeight = Named("x") }), "L reads x of role Input; SampleLoss reads SampleWeight there.");
        Fails(WithForward("H", op => (ReduceLoss)op with { Target = Named("h3") }), "H reads h3 of role Output; ReduceLoss reads Target there.");
        Fails(WithForward("H", op => (ReduceLoss)op with { SampleLosses = Named("s") }), "H reads s of role SampleWeight; ReduceLoss reads SampleLoss there.");
        Fails(WithBackward("dh3", op => (LossGradient)op with { Output = Named("z3") }), "dh3 reads z3 of role PreActivation; LossGradient reads Output there.");
    }

    [Fact]
    public void An_unknown_operation() =>
        Fails(WithForward("h1", op => new Unknown(op.Result)), "h1 is bound by an unknown operation, Unknown.");

    private static void Fails(NetworkGraph graph, params string[] fragments)
    {
        string message = Assert.Throws<InvalidOperationException>(() => GraphVerifier.Verify(graph)).Message;
        Assert.All(fragments, fragment => Assert.Contains(fragment, message));
    }

    private static Value Named(string name) => Sound.Find(name)!;

    private static NetworkGraph WithForward(string name, Func<Op, Op> change) => Sound with { Forward = Change(Sound.Forward, name, change) };

    private static NetworkGraph WithBackward(string name, Func<Op, Op> change) => Sound with { Backward = Change(Sound.Backward, name, change) };

    private static ImmutableArray<Op> Change(ImmutableArray<Op> ops, string name, Func<Op, Op> change)
    {
        Op op = ops.Single(candidate => candidate.Result.Name == name);
        return ops.Replace(op, change(op));
    }

    private sealed record Unknown(Value Result) : Op(Result)
    {
        public override IReadOnlyList<Value> Operands => [];

        public override Op Rename(Func<Value, Value> to) => this with { Result = to(Result) };
    }
}
