using BackpropGen.Generator.Graph;

namespace BackpropGen.Generator.Lowering;

/// <summary>One tensor of parameters: what is drawn, packed, saved and shown.</summary>
/// <param name="Layer">Its layer.</param>
/// <param name="Value">W, b, γ.</param>
/// <param name="Offset">Where it stands in the parameter block: W as panels, vectors padded.</param>
/// <param name="LogicalOffset">Where it stands in the flat logical view, row by row.</param>
/// <param name="IsByUnits">Whether the panels are those of Wᵀ.</param>
internal sealed record ParameterTensor(Layer Layer, Value Value, int Offset, long LogicalOffset, bool IsByUnits = false)
{
    public int Rows => Value.Shape.Rows;

    public int Columns => Value.Shape.Columns;

    /// <summary>Whether it is a matrix: one row is no vector where a layer has one input.</summary>
    public bool IsMatrix => Value.Role == Role.Weights;

    public long Count => (long)Rows * Columns;

    /// <summary>The elements that it takes in the block.</summary>
    public long Stored(ElementType element) => IsByUnits ? (long)Columns * element.Padded(Rows) : (long)Rows * element.Padded(Columns);
}

/// <summary>Where the parameters of one dense layer stand, and Wᵀ.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Weights">W.</param>
/// <param name="Bias">b, or null.</param>
/// <param name="TransposedOffset">
/// Wᵀ in the block of transposed weights, as panels; of kernels, which transpose one panel at a time, the room for one; -1 where no step
/// multiplies by Wᵀ.
/// </param>
/// <param name="IsTransposedBefore">Whether all of Wᵀ is made before the backward pass.</param>
internal sealed record ParameterSlot(
    Layer Layer, ParameterTensor Weights, ParameterTensor? Bias, int TransposedOffset, bool IsTransposedBefore)
{
    /// <summary>Whether the panels of W in the parameter block are those of Wᵀ.</summary>
    public bool IsByUnits => Weights.IsByUnits;
}

/// <summary>
/// One block holds all parameters, and blocks of the same layout hold the gradients and the optimizer's state, so that an optimizer step is
/// one flat loop. Every matrix is stored as panels of 64-byte rows: [panel][input][column], the last panel half as wide where that is enough,
/// padding columns zero. A kernel then streams W in the order of its memory and never meets a column tail.
/// </summary>
/// <param name="Slots">The dense layers in order.</param>
/// <param name="Tensors">All tensors of parameters in their flat order.</param>
/// <param name="LogicalCount">The number of parameters.</param>
/// <param name="BlockLength">The length of the parameter block, a multiple of the panel width.</param>
/// <param name="TransposedLength">The length of the block of transposed weights.</param>
/// <param name="PanelRoom">
/// In a network for several threads, the room that each of them has for the panel it works on, of Wᵀ or of a copy of δ; 0 in others.
/// </param>
internal sealed record ParameterPlan(
    IReadOnlyList<ParameterSlot> Slots, IReadOnlyList<ParameterTensor> Tensors, int LogicalCount, int BlockLength, int TransposedLength, int PanelRoom)
{
    /// <summary>The layers whose Wᵀ is made before the backward pass.</summary>
    public IReadOnlyList<ParameterSlot> TransposedBefore => Slots.Where(slot => slot.IsTransposedBefore).ToList();

    public ParameterSlot SlotOf(Layer layer) => Slots.Single(slot => slot.Layer == layer);

    /// <summary>The tensors of a layer in their flat order.</summary>
    public IEnumerable<ParameterTensor> TensorsOf(Layer layer) => Tensors.Where(tensor => tensor.Layer == layer);

    /// <summary>Where a parameter stands in the parameter block, and its gradient in that of the gradients.</summary>
    public int OffsetOf(Value parameter) => Tensors.Single(tensor => tensor.Value == parameter).Offset;

    /// <summary>Where a gradient stands: as its parameter does.</summary>
    public int OffsetOfGradient(Value gradient) => Tensors.Single(tensor =>
        tensor.Layer.Number == gradient.Layer && tensor.Value.Role == Value.ParameterRoleOf(gradient.Role)).Offset;

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

        var tensors = new List<ParameterTensor>();
        foreach (Layer layer in context.Layers)
        {
            List<ParameterTensor> own = context.ParametersOf(layer).Select(Place).ToList();
            tensors.AddRange(own);
            if (layer.Dense is not null)
            {
                bool isBefore = before.Contains(layer);
                int transposed = isBefore ? Take(ref transposedBlock, (long)layer.Outputs * element.Padded(layer.Inputs)) : -1;
                slots.Add(new ParameterSlot(layer, own[0], own.ElementAtOrDefault(1), transposed, isBefore));
            }

            ParameterTensor Place(Value value)
            {
                bool isByUnits = value.Role == Role.Weights && context.ScheduleOf(layer) == Schedule.Narrow;
                var tensor = new ParameterTensor(layer, value, 0, logical, isByUnits);
                logical = checked((int)(logical + tensor.Count));
                return tensor with { Offset = Take(ref block, tensor.Stored(element)) };
            }
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

        return new ParameterPlan(slots, tensors, logical, block, transposedBlock, panelRoom);
    }
}
