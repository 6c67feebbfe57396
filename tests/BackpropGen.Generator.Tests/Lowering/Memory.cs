using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Tests.Lowering;

/// <summary>
/// Runs steps on a workspace whose cells hold the name of the value that was written last, and demands that whatever is read is what was
/// written. It knows nothing of lifetimes.
/// </summary>
internal sealed class Memory(WorkspacePlan plan, ElementType element, int rows)
{
    private readonly Value?[] _cells = new Value?[plan.Columns * rows];

    public void Run(IEnumerable<Step> steps)
    {
        foreach (Step step in steps)
        {
            Run(step);
        }
    }

    public void Run(Step step)
    {
        Value[] reads = [.. step.Reads.Where(value => value.Role != Role.Input)];
        foreach (Value read in reads)
        {
            Read(read);
        }

        foreach (Value write in step.Writes)
        {
            foreach (Value other in reads.Concat(step.Writes).Where(other => other != write && !MayShare(step, write, other)))
            {
                Assert.False(Cells(write).Intersect(Cells(other)).Any(), $"{write.Name} overlaps {other.Name}, which the same step uses.");
            }
        }

        foreach (Value write in step.Writes)
        {
            Write(write);
        }
    }

    public void Write(Value value)
    {
        foreach (int cell in Cells(value))
        {
            _cells[cell] = value;
        }
    }

    public void Read(Value value) =>
        Assert.All(Cells(value), cell => Assert.True(_cells[cell] == value, $"{value.Name} is read where {_cells[cell]?.Name ?? "nothing"} stands."));

    /// <summary>Sweeps may work element by element in place, if both values stand in exactly the same cells.</summary>
    private bool MayShare(Step step, Value write, Value read) =>
        step is ActivateStep or ActivationGradientStep && plan[write] == plan[read];

    /// <summary>The cells of a value: of each row as many as kernels touch, padding included.</summary>
    private IEnumerable<int> Cells(Value value)
    {
        WorkspaceSlot slot = plan[value];
        for (int n = 0; n < rows; n++)
        {
            for (int j = 0; j < element.Padded(value.Shape.Columns); j++)
            {
                yield return (slot.Column * rows) + (n * slot.Stride) + j;
            }
        }
    }
}
