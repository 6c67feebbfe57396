using BackpropGen.Generator.Graph;

namespace BackpropGen.Generator.Lowering;

/// <summary>Where the parameters of one dense layer stand.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="WeightOffset">W in the parameter block, as panels.</param>
/// <param name="BiasOffset">b in the parameter block, padded; -1 where there is none.</param>
/// <param name="LogicalOffset">W, and after it b, in the flat logical view.</param>
/// <param name="TransposedOffset">
/// Wᵀ in the block of transposed weights, as panels; of kernels, which transpose one panel at a time, the room for one; -1 where no step
/// multiplies by Wᵀ.
/// </param>
/// <param name="IsTransposedBefore">Whether all of Wᵀ is made before the backward pass.</param>
/// <param name="IsByUnits">Whether the panels in the parameter block are those of Wᵀ.</param>
internal sealed record ParameterSlot(
    Layer Layer, int WeightOffset, int BiasOffset, int LogicalOffset, int TransposedOffset, bool IsTransposedBefore, bool IsByUnits)
{
    /// <summary>The elements that W takes.</summary>
    public long StoredWeights(ElementType element) =>
        IsByUnits ? (long)Layer.Outputs * element.Padded(Layer.Inputs) : (long)Layer.Inputs * element.Padded(Layer.Outputs);
}

/// <summary>
/// One block holds all parameters, and blocks of the same layout hold the gradients and the optimizer's state, so that an optimizer step is
/// one flat loop. Every matrix is stored as panels of 64-byte rows: [panel][input][column], the last panel half as wide where that is enough,
/// padding columns zero. A kernel then streams W in the order of its memory and never meets a column tail.
/// </summary>
/// <param name="Slots">The dense layers in order.</param>
/// <param name="LogicalCount">The number of parameters.</param>
/// <param name="BlockLength">The length of the parameter block, a multiple of the panel width.</param>
/// <param name="TransposedLength">The length of the block of transposed weights.</param>
/// <param name="PanelRoom">
/// In a network for several threads, the room that each of them has for the panel it works on, of Wᵀ or of a copy of δ; 0 in others.
/// </param>
internal sealed record ParameterPlan(IReadOnlyList<ParameterSlot> Slots, int LogicalCount, int BlockLength, int TransposedLength, int PanelRoom)
{
    /// <summary>The layers whose Wᵀ is made before the backward pass.</summary>
    public IReadOnlyList<ParameterSlot> TransposedBefore => Slots.Where(slot => slot.IsTransposedBefore).ToList();

    public ParameterSlot SlotOf(Layer layer) => Slots.Single(slot => slot.Layer == layer);

    public static ParameterPlan Create(LoweringContext context, IReadOnlyList<Step> steps)
    {
        var multiplied = steps.OfType<InputGradientStep>().Select(step => step.Layer).ToList();
        var before = multiplied.Where(layer => context.TransposedScheduleOf(layer) == Schedule.Inline).ToList();
        var inKernel = multiplied.Where(layer => context.TransposedScheduleOf(layer) == Schedule.Tiled).ToList();
        ElementType element = context.Element;
        var slots = new List<ParameterSlot>();
        int logical = 0;
        int block = 0;
        int transposedBlock = 0;

        int Take(ref int length, long count)
        {
            int offset = length;
            length = checked((int)(length + ((count + element.PanelWidth - 1) / element.PanelWidth * element.PanelWidth)));
            return offset;
        }

        foreach (Layer layer in context.Layers.Where(layer => layer.Dense is not null))
        {
            var slot = new ParameterSlot(layer, 0, -1, logical, -1, before.Contains(layer), context.ScheduleOf(layer) == Schedule.Narrow);
            int weights = Take(ref block, slot.StoredWeights(element));
            int bias = layer.HasBias ? Take(ref block, element.Padded(layer.Outputs)) : -1;
            int transposedOffset = slot.IsTransposedBefore
                ? Take(ref transposedBlock, (long)layer.Outputs * element.Padded(layer.Inputs))
                : -1;
            slots.Add(slot with { WeightOffset = weights, BiasOffset = bias, TransposedOffset = transposedOffset });
            logical = checked((int)(logical + layer.ParameterCount));
        }

        // The kernels run one after the other and share the room of the largest panel; of several threads, each has its own.
        int panelRoom = 0;
        var copies = steps.OfType<WeightGradientStep>().Select(step => step.PackedDelta).OfType<Value>().Where(copy => !copy.Shape.IsBatched);
        foreach (Value copy in copies)
        {
            panelRoom = Math.Max(panelRoom, copy.Shape.Rows * copy.Shape.Columns);
        }

        if (inKernel.Count > 0)
        {
            long room = inKernel.Max(layer => (long)layer.Outputs * element.PanelWidth);
            int panel = context.SamplesPerPart is null ? Take(ref transposedBlock, room) : 0;
            panelRoom = context.SamplesPerPart is null ? 0 : checked((int)Math.Max(panelRoom, room));
            slots = slots.ConvertAll(slot => inKernel.Contains(slot.Layer) ? slot with { TransposedOffset = panel } : slot);
        }

        return new ParameterPlan(slots, logical, block, transposedBlock, panelRoom);
    }
}
