using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Tests.Lowering;

/// <summary>Parameters stand apart from each other, on cache lines.</summary>
public sealed class ParameterPlanTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 100)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Blocks_AreDisjointAndAligned(int seed)
    {
        LoweredProgram program = RandomNetworks.Lowered(seed, maximumDepth: 10, maximumWidth: 100);
        ParameterPlan plan = program.Parameters;
        ElementType element = program.Element;
        var parameters = new List<(int Start, int Length)>();
        var transposed = new List<(int Start, int Length)>();
        var panels = new List<(int Start, int Length)>();
        foreach (ParameterSlot slot in plan.Slots)
        {
            parameters.Add((slot.Weights.Offset, slot.IsByUnits
                ? slot.Layer.Outputs * element.Padded(slot.Layer.Inputs)
                : slot.Layer.Inputs * element.Padded(slot.Layer.Outputs)));
            Assert.Equal(slot.Layer.Dense!.Bias, slot.Bias is not null);
            if (slot.Bias is { } bias)
            {
                parameters.Add((bias.Offset, element.Padded(slot.Layer.Outputs)));
            }

            bool isMultiplied = program.Backward.OfType<InputGradientStep>().Any(step => step.Layer == slot.Layer);
            Assert.Equal(isMultiplied && !slot.IsByUnits, slot.TransposedOffset >= 0);
            Assert.True(isMultiplied || !slot.IsTransposedBefore);
            if (slot.IsTransposedBefore)
            {
                transposed.Add((slot.TransposedOffset, slot.Layer.Outputs * element.Padded(slot.Layer.Inputs)));
            }
            else if (isMultiplied && !slot.IsByUnits)
            {
                panels.Add((slot.TransposedOffset, slot.Layer.Outputs * element.PanelWidth));
            }
        }

        // Kernels make Wᵀ a panel at a time, one after the other, in the same room.
        if (panels.Count > 0)
        {
            transposed.Add((Assert.Single(panels.Select(panel => panel.Start).Distinct()), panels.Max(panel => panel.Length)));
        }

        CheckDisjoint(parameters, plan.BlockLength, element);
        CheckDisjoint(transposed, plan.TransposedLength, element);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void LogicalOffsets_LeaveNoGap(int seed)
    {
        ParameterPlan plan = RandomNetworks.Lowered(seed, maximumDepth: 10, maximumWidth: 100).Parameters;
        long expected = 0;
        foreach (ParameterTensor tensor in plan.Tensors)
        {
            Assert.Equal(expected, tensor.LogicalOffset);
            expected += tensor.IsMatrix ? tensor.Layer.Inputs * tensor.Layer.Outputs : tensor.Layer.Outputs;
        }

        Assert.Equal(expected, plan.LogicalCount);
    }

    [Fact]
    public void FourLayer_IsAsItsShapesSay()
    {
        ParameterPlan plan = RandomNetworks.Lower(Named.FourLayer).Parameters;
        Assert.Equal(25 + 24 + 15, plan.LogicalCount);
        Assert.Equal([0L, 20, 25, 45, 49, 61], plan.Tensors.Select(tensor => tensor.LogicalOffset));

        // 8 floats a row: W1 [4 × 5] takes 32, rounded up to whole panels of 16; each bias takes one panel.
        Assert.Equal([(0, 32), (48, 96), (112, 144)], plan.Slots.Select(slot => (slot.Weights.Offset, slot.Bias!.Offset)));
        Assert.Equal(160, plan.BlockLength);
    }

    [Fact]
    public void FewUnits_StandOneAfterTheOther()
    {
        ParameterPlan plan = RandomNetworks.Lower(
            Named.Chain("Net", new Generator.Model.LossSpec(Loss.MeanSquaredError), Activation.Tanh, 5, 24, 4, 12, 3, 40, 1)).Parameters;

        // The inputs 24 and 40 are whole vectors; 4, 12 and the network's own inputs are not.
        Assert.Equal([false, true, false, false, false, true], plan.Slots.Select(slot => slot.IsByUnits));
        Assert.Equal(4 * 24, plan.Slots[1].Weights.Stored(ElementType.Single));
        Assert.Equal(40, plan.Slots[5].Weights.Stored(ElementType.Single));
    }

    private static void CheckDisjoint(List<(int Start, int Length)> blocks, int total, ElementType element)
    {
        int end = 0;
        foreach ((int start, int length) in blocks.OrderBy(block => block.Start))
        {
            Assert.True(start >= end, $"The block at {start} begins before {end}.");
            Assert.Equal(0, start % element.PanelWidth);
            end = start + length;
        }

        Assert.True(end <= total, $"The last block ends at {end}, the memory at {total}.");
        Assert.Equal(0, total % element.PanelWidth);
    }
}
