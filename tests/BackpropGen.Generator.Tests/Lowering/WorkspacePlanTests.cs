using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Tests.Lowering;

/// <summary>Values that live at the same time never meet in memory.</summary>
public sealed class WorkspacePlanTests
{
    private const int Networks = 300;

    /// <summary>Every third seed has layers so wide that kernels copy their operands.</summary>
    private static int MaximumWidth(int seed) => seed % 3 == 0 ? 400 : 40;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, Networks)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Training_ReadsWhatWasWrittenInEveryOrderOfCalls(int seed)
    {
        LoweredProgram program = RandomNetworks.Lowered(seed, maximumDepth: 12, MaximumWidth(seed));
        var memory = new Memory(program.Training, program.Element, rows: 3);

        // Forward, then Backward, BackwardFrom and Backward again: a second backward pass finds what the first one read.
        memory.Run(program.Forward);
        memory.Read(program.Output);
        Backward();
        BackwardFrom();
        Backward();
        BackwardFrom();

        void Backward()
        {
            memory.Write(program.Target);
            memory.Run(program.Loss);
            if (program.LossGivesOutputGradient)
            {
                memory.Run(program.OutputGradient!);
            }

            Finish();
        }

        void BackwardFrom()
        {
            memory.Write(program.OutputGradient?.Upstream ?? program.Loss.Gradient);
            if (program.OutputGradient is not null)
            {
                memory.Run(program.OutputGradient);
            }

            Finish();
        }

        void Finish()
        {
            memory.Run(program.Backward);
            if (program.Graph.Backward.Select(op => op.Result).SingleOrDefault(value => value.Role == Role.InputGradient) is { } dx)
            {
                memory.Read(dx);
            }

            if (program.Spec.KeepIntermediates)
            {
                foreach (Value value in Kept(program))
                {
                    memory.Read(value);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Inference_ReadsWhatWasWritten(int seed)
    {
        LoweredProgram program = RandomNetworks.Lowered(seed, maximumDepth: 12, MaximumWidth(seed));
        var memory = new Memory(program.Prediction, program.Element, rows: 3);
        memory.Run(program.Inference);
        memory.Read(program.Output);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Slots_AreAlignedInsideAndWideEnough(int seed)
    {
        LoweredProgram program = RandomNetworks.Lowered(seed, maximumDepth: 12, maximumWidth: 300);
        foreach (WorkspacePlan plan in new[] { program.Training, program.Prediction })
        {
            Assert.All(plan.Values, value =>
            {
                WorkspaceSlot slot = plan[value];
                Assert.True(slot.Column >= 0 && slot.Column + slot.Stride <= plan.Columns, $"{value.Name} stands outside.");
                Assert.True(slot.Stride >= program.Element.Padded(value.Shape.Columns), $"The rows of {value.Name} are too short.");
                Assert.Equal(0, slot.Column % program.Element.Lanes);
                Assert.Equal(0, slot.Stride % program.Element.Lanes);
            });
        }
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 16)]
    [InlineData(17, 32)]
    [InlineData(33, 48)]
    [InlineData(64, 80)]
    [InlineData(128, 144)]
    [InlineData(144, 144)]
    [InlineData(145, 176)]
    public void RowStride_AvoidsEvenNumbersOfPanels(int columns, int stride) =>
        Assert.Equal(stride, WorkspacePlan.RowStride(columns, ElementType.Single));

    [Fact]
    public void Inference_OfADeepNetworkTakesTwoRows()
    {
        LoweredProgram program = RandomNetworks.Lower(Named.Chain(
            "Net", new LossSpec(Loss.MeanSquaredError), Activation.Relu, 8, [.. Enumerable.Repeat(8, 50)]));
        Assert.Equal(2 * 8, program.Prediction.Columns);
    }

    [Fact]
    public void Training_KeepsOneRowPerLayerAndReusesTheDeltas()
    {
        // 50 outputs live to the end; y, δ and the next δ share what is left.
        LoweredProgram program = RandomNetworks.Lower(Named.Chain(
            "Net", new LossSpec(Loss.MeanSquaredError), Activation.Relu, 8, [.. Enumerable.Repeat(8, 50)]));
        Assert.Equal((50 + 2) * 8, program.Training.Columns);
    }

    private static IEnumerable<Value> Kept(LoweredProgram program) => LayerValues.Of(program.Graph)
        .SelectMany(layer => new[] { layer.PreActivation, layer.Output, layer.Delta })
        .OfType<Value>()
        .Select(program.Resolve)
        .Where(value => value.Role != Role.Input)

        // Between a softmax and the loss it collapses with, nobody computes ∂h.
        .Where(value => program.LossGivesOutputGradient || value != program.OutputGradient?.Upstream);
}
