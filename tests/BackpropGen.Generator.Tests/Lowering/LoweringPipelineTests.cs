using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Tests.Lowering;

/// <summary>What the passes leave of typical networks.</summary>
public sealed class LoweringPipelineTests
{
    [Fact]
    public void FourLayer_IsThreeStepsForwardAndEachDeltaComesFromTheOneAbove()
    {
        LoweredProgram program = RandomNetworks.Lower(Named.FourLayer);

        Assert.Equal(
            ["h1 ← dense(x, W1, b1)", "h2 ← dense(h1, W2, b2)", "z3 ← dense(h2, W3, b3)"],
            StepText.Of(program.Forward));
        Assert.Equal(StepText.Of(program.Forward), StepText.Of(program.Inference));
        Assert.Equal("d3 ← loss(z3, y) from Logits", StepText.Of(program.Loss));
        Assert.Null(program.OutputGradient);
        Assert.Equal(
            [
                "dW3, db3 ← h2ᵀ·d3", "d2 ← d3·W3ᵀ, Sigmoid′(h2)",
                "dW2, db2 ← h1ᵀ·d2", "d1 ← d2·W2ᵀ, Sigmoid′(h1)",
                "dW1, db1 ← xᵀ·d1", "dx ← d1·W1ᵀ",
            ],
            StepText.Of(program.Backward));
        Assert.Equal("z3", program.Output.Name);
    }

    [Fact]
    public void InputGradients_AreNotComputedWhereNobodyAsks()
    {
        LoweredProgram program = RandomNetworks.Lower(Named.FourLayer with { InputGradients = false });
        Assert.Equal("dW1, db1 ← xᵀ·d1", StepText.Of(program.Backward).Last());
    }

    [Fact]
    public void CheapActivations_StayInTheKernelAndOthersBecomeSweeps()
    {
        LoweredProgram relu = RandomNetworks.Lower(Named.Chain("Net", new LossSpec(Loss.MeanSquaredError), Activation.Relu, 40, 50, 60));
        Assert.Equal(["h1 ← dense(x, W1, b1)", "z2 ← dense(h1, W2, b2)"], StepText.Of(relu.Forward));
        Assert.Contains("d1 ← d2·W2ᵀ, Relu′(h1)", StepText.Of(relu.Backward));

        LoweredProgram gelu = RandomNetworks.Lower(Named.Chain("Net", new LossSpec(Loss.MeanSquaredError), Activation.Gelu, 40, 50, 60));
        Assert.Equal(["z1 ← dense(x, W1, b1)", "h1 ← Gelu(z1)", "z2 ← dense(h1, W2, b2)"], StepText.Of(gelu.Forward));
        Assert.Equal(["dh1 ← d2·W2ᵀ", "d1 ← Gelu′(dh1, z1)"], StepText.Of(gelu.Backward).Skip(1).Take(2));
    }

    [Fact]
    public void PreActivations_AreKeptWhereTheDerivativeReadsThem()
    {
        LoweredProgram program = RandomNetworks.Lower(Named.Chain("Net", new LossSpec(Loss.MeanSquaredError), Activation.Gelu, 4, 5, 3));
        Assert.Equal(["z1, h1 ← dense(x, W1, b1)", "z2 ← dense(h1, W2, b2)"], StepText.Of(program.Forward));
        Assert.Equal(["h1 ← dense(x, W1, b1)", "z2 ← dense(h1, W2, b2)"], StepText.Of(program.Inference));
    }

    [Fact]
    public void KeepIntermediates_KeepsEveryPreActivation()
    {
        LoweredProgram program = RandomNetworks.Lower(Named.FourLayer with { KeepIntermediates = true });
        Assert.Equal(
            ["z1, h1 ← dense(x, W1, b1)", "z2, h2 ← dense(h1, W2, b2)", "z3 ← dense(h2, W3, b3)"],
            StepText.Of(program.Forward));
    }

    [Theory]
    [InlineData(nameof(Loss.CrossEntropy), nameof(Activation.Softmax), "d1 ← loss(z1, y) from Logits")]
    [InlineData(nameof(Loss.NegativeLogLikelihood), nameof(Activation.LogSoftmax), "d1 ← loss(h1, y) from LogProbabilities")]
    [InlineData(nameof(Loss.KullbackLeiblerDivergence), nameof(Activation.LogSoftmax), "d1 ← loss(h1, y) from LogProbabilities")]
    public void SoftmaxLayers_CollapseWithTheirLoss(string loss, string activation, string expected)
    {
        LoweredProgram program = RandomNetworks.Lower(Named.Network(
            "Net", 4, new LossSpec(Enum.Parse<Loss>(loss)), [new DenseSpec("Dense1", 3, new ActivationSpec(Enum.Parse<Activation>(activation)))]));
        Assert.Equal(expected, StepText.Of(program.Loss));
        Assert.False(program.LossGivesOutputGradient);

        // A backward pass from a given ∂h still needs the Jacobian.
        Assert.Equal($"d1 ← {activation}′(dh1, h1)", StepText.Of(program.OutputGradient!));
    }

    [Fact]
    public void OtherLastActivations_FollowTheLoss()
    {
        LoweredProgram program = RandomNetworks.Lower(Named.Network(
            "Net", 4, new LossSpec(Loss.MeanSquaredError), [new DenseSpec("Dense1", 3, new ActivationSpec(Activation.Tanh))]));
        Assert.Equal("dh1 ← loss(h1, y) from Output", StepText.Of(program.Loss));
        Assert.True(program.LossGivesOutputGradient);
        Assert.Equal("d1 ← Tanh′(dh1, h1)", StepText.Of(program.OutputGradient!));
    }

    [Fact]
    public void IdentityLayers_LeaveNoTrace()
    {
        var identity = new ActivationLayerSpec(string.Empty, new ActivationSpec(Activation.Identity));
        var dense = new DenseSpec(string.Empty, 3, new ActivationSpec(Activation.Tanh));
        LoweredProgram with = RandomNetworks.Lower(Named.Network("Net", 4, new LossSpec(Loss.MeanSquaredError), [dense, identity, identity]));
        Assert.Equal(["h1 ← dense(x, W1, b1)"], StepText.Of(with.Forward));
        Assert.Equal(2, with.Backward.Count);
        Assert.Equal("h1", with.Output.Name);
    }

    [Fact]
    public void ActivationLayers_AreFusedOneAtATime()
    {
        LayerSpec[] layers =
        [
            new DenseSpec(string.Empty, 5, new ActivationSpec(Activation.Identity)),
            new ActivationLayerSpec(string.Empty, new ActivationSpec(Activation.Sigmoid)),
            new ActivationLayerSpec(string.Empty, new ActivationSpec(Activation.Tanh)),
            new DenseSpec(string.Empty, 2, new ActivationSpec(Activation.Identity)),
        ];
        LoweredProgram program = RandomNetworks.Lower(Named.Network("Net", 4, new LossSpec(Loss.MeanSquaredError), layers));
        Assert.Equal(
            ["dW4, db4 ← h3ᵀ·d4", "d3 ← d4·W4ᵀ, Tanh′(h3)", "d2 ← Sigmoid′(d3, h2)", "dW1, db1 ← xᵀ·d2", "dx ← d2·W1ᵀ"],
            StepText.Of(program.Backward));
    }

    [Fact]
    public void DerivativesAtTheInputs_AreNotFused()
    {
        LayerSpec[] layers =
        [
            new ActivationLayerSpec(string.Empty, new ActivationSpec(Activation.HardSwish)),
            new DenseSpec(string.Empty, 2, new ActivationSpec(Activation.Identity)),
        ];
        LoweredProgram program = RandomNetworks.Lower(Named.Network("Net", 5, new LossSpec(Loss.MeanSquaredError), layers));
        Assert.Equal(["dh1 ← d2·W2ᵀ", "dx ← HardSwish′(dh1, x)"], StepText.Of(program.Backward).Skip(1));
    }

    [Fact]
    public void Schedules_FollowTheSizeOfTheProduct()
    {
        // Sums of at most 8 terms, in 2 vectors of 8 floats, are shown inline.
        LoweredProgram small = RandomNetworks.Lower(Named.Chain("Net", new LossSpec(Loss.MeanSquaredError), Activation.Relu, 8, 16));
        LoweredProgram tall = RandomNetworks.Lower(Named.Chain("Net", new LossSpec(Loss.MeanSquaredError), Activation.Relu, 9, 16));
        LoweredProgram wide = RandomNetworks.Lower(Named.Chain("Net", new LossSpec(Loss.MeanSquaredError), Activation.Relu, 4, 17));
        Assert.Equal(Schedule.Inline, small.ScheduleOf(small.Forward.OfType<DenseStep>().Single()));
        Assert.Equal(Schedule.Tiled, tall.ScheduleOf(tall.Forward.OfType<DenseStep>().Single()));
        Assert.Equal(Schedule.Tiled, wide.ScheduleOf(wide.Forward.OfType<DenseStep>().Single()));
        Assert.Equal(Schedule.Tiled, wide.ScheduleOf(wide.Backward.OfType<InputGradientStep>().Single()));
    }

    [Fact]
    public void PlainGradientDescent_HandsTheGradientDownBeforeAKernelMovesTheWeights()
    {
        // The last product is small enough to stand inline: it reads a copy of Wᵀ made beforehand and keeps the order of the derivation.
        NetworkSpec network = Named.Chain("Net", new LossSpec(Loss.MeanSquaredError), Activation.Relu, 4, 40, 12, 3);
        string[] inline = ["dW3, db3 ← h2ᵀ·d3", "d2 ← d3·W3ᵀ, Relu′(h2)"];
        Assert.Equal(
            [.. inline, "d1 ← d2·W2ᵀ, Relu′(h1)", "dW2, db2 ← h1ᵀ·d2"],
            StepText.Of(RandomNetworks.Lower(network with { Optimizer = new SgdSpec(0.01) }).Backward).Take(4));
        Assert.Equal(
            [.. inline, "dW2, db2 ← h1ᵀ·d2", "d1 ← d2·W2ᵀ, Relu′(h1)"],
            StepText.Of(RandomNetworks.Lower(network with { Optimizer = new AdamSpec(0.01) }).Backward).Take(4));
    }

    [Theory]
    [InlineData(47, 300, false, false)]
    [InlineData(48, 16, false, false)]
    [InlineData(48, 17, false, true)]
    [InlineData(48, 255, false, true)]
    [InlineData(48, 256, true, true)]
    public void OperandsOfAWeightGradient_ArePackedWhereTheCopyIsUsedOften(int inputs, int units, bool input, bool delta)
    {
        LoweredProgram program = RandomNetworks.Lower(Named.Chain("Net", new LossSpec(Loss.MeanSquaredError), Activation.Relu, inputs, units));
        WeightGradientStep step = program.Backward.OfType<WeightGradientStep>().Single();
        Assert.Equal(input, step.PackedInput is not null);
        Assert.Equal(delta, step.PackedDelta is not null);
    }
}
