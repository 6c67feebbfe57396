using BackpropGen.Generator.Emission.Kernels;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>
/// Writes the steps of a pass as one private method: first a name for every matrix it touches, then one block per step, each opened by its
/// line of mathematics. Very deep networks are split into several methods, because the JIT does not optimise a method beyond its limits.
/// </summary>
/// <param name="program">The network.</param>
/// <param name="plan">Where the rows stand.</param>
/// <param name="writer">Where to write.</param>
/// <param name="ofPart">Whether the pass covers <c>batch</c> rows from row <c>first</c> of <c>samples</c>, and not all.</param>
internal sealed class PassEmitter(LoweredProgram program, WorkspacePlan plan, SourceWriter writer, bool ofPart = false)
{
    /// <summary>
    /// The most steps in one method. The JIT gives up optimising at 60,000 bytes of IL or 2,000 basic blocks or locals; the largest inline
    /// step takes about 300 bytes and 4 blocks, so that a full method stays below a tenth of either.
    /// </summary>
    private const int StepsPerMethod = 16;

    private readonly ElementType _element = program.Element;

    /// <summary>The rows a pass covers, as (declaration, argument) pairs: all of a batch, or those of a part.</summary>
    public static (string Declaration, string Argument)[] Rows(LoweredProgram program) => program.IsParallel
        ? [("nint samples", "samples"), ("nint first", "first"), ("nint batch", "batch")]
        : [("nint batch", "batch")];

    /// <summary>The same in words.</summary>
    public static string OfRows(LoweredProgram program) => program.IsParallel ? " of batch rows from row first of samples" : string.Empty;

    /// <summary>Writes the pass.</summary>
    /// <param name="name">The name of the method.</param>
    /// <param name="summary">Its doc comment.</param>
    /// <param name="steps">The steps in order.</param>
    /// <param name="parameters">What it takes, as (declaration, argument) pairs; x and workspace and batch among them.</param>
    public void Emit(string name, string summary, IReadOnlyList<Step> steps, IReadOnlyList<(string Declaration, string Argument)> parameters)
    {
        string declarations = string.Join(", ", parameters.Select(parameter => parameter.Declaration));
        string arguments = string.Join(", ", parameters.Select(parameter => parameter.Argument));
        if (steps.Count <= StepsPerMethod)
        {
            EmitMethod(name, summary, steps, declarations);
            return;
        }

        var parts = steps.Select((step, index) => (step, index)).GroupBy(pair => pair.index / StepsPerMethod, pair => pair.step).ToList();
        writer.Blank();
        writer.Doc("summary", summary);
        using (writer.Open($"private void {name}({declarations})"))
        {
            foreach (IGrouping<int, Step> part in parts)
            {
                writer.Line($"{name}Part{part.Key + 1}({arguments});");
            }
        }

        foreach (IGrouping<int, Step> part in parts)
        {
            EmitMethod($"{name}Part{part.Key + 1}", $"{summary} Part {part.Key + 1} of {parts.Count}.", part.ToList(), declarations);
        }
    }

    private void EmitMethod(string name, string summary, IReadOnlyList<Step> steps, string declarations)
    {
        writer.Blank();
        writer.Doc("summary", summary);
        writer.Optimized();
        using (writer.Open($"private void {name}({declarations})"))
        {
            EmitNames(steps);
            int layer = 0;
            foreach (Step step in steps)
            {
                if (LayerOf(step) is { } current && current.Number != layer)
                {
                    layer = current.Number;
                    writer.Blank();
                    writer.Line($"// {Equations.Heading(current)}");
                }

                EmitStep(step);
            }
        }
    }

    /// <summary>One ref local per matrix: where it stands in its block, and its shape.</summary>
    private void EmitNames(IReadOnlyList<Step> steps)
    {
        var lines = new List<(string Code, string Comment)>();
        foreach (DenseStep step in steps.OfType<DenseStep>())
        {
            ParameterSlot slot = program.Parameters.SlotOf(step.Layer);
            lines.Add(Weights(step.Weights, "parameters", slot));
            if (step.Bias is not null)
            {
                lines.Add(Name(step.Bias.Name, "parameters", slot.Bias!.Offset, Notation.ShapeOf(step.Bias)));
            }
        }

        foreach (Value value in steps.OfType<KernelStep>().SelectMany(step => step.Op.Operands.Concat(step.Op.Results)).Distinct())
        {
            if (value.IsParameter)
            {
                lines.Add(Name(value.Name, "parameters", program.Parameters.OffsetOf(value), Notation.ShapeOf(value)));
            }
            else if (value.Role is Role.WeightGradient or Role.BiasGradient or Role.ScaleGradient)
            {
                lines.Add(Name(value.Name, "gradients", program.Parameters.OffsetOfGradient(value), Notation.ShapeOf(value)));
            }
        }

        foreach (WeightGradientStep step in steps.OfType<WeightGradientStep>())
        {
            ParameterSlot slot = program.Parameters.SlotOf(step.Layer);
            lines.Add(Weights(step.WeightGradient, "gradients", slot));
            if (step.BiasGradient is not null)
            {
                lines.Add(Name(step.BiasGradient.Name, "gradients", slot.Bias!.Offset, Notation.ShapeOf(step.BiasGradient)));
            }

            if (step.PackedDelta is { Shape.IsBatched: false } copy)
            {
                lines.Add(Name(copy.Name, "panels", 0, "a copy in the order of reading"));
            }
        }

        foreach (InputGradientStep step in steps.OfType<InputGradientStep>())
        {
            ParameterSlot slot = program.Parameters.SlotOf(step.Layer);
            if (slot.IsByUnits)
            {
                lines.Add(Weights(step.Weights, "parameters", slot));
                continue;
            }

            string shape = step.Weights.Shape.Transposed.ToString();
            if (!slot.IsTransposedBefore)
            {
                lines.Add(Name(step.Weights.Name, "parameters", slot.Weights.Offset, Notation.ShapeOf(step.Weights)));
            }

            string room = slot.IsTransposedBefore || !program.IsParallel ? "transposed" : "panels";
            lines.Add(Name(step.Weights.Name + "T", room, slot.TransposedOffset, slot.IsTransposedBefore ? shape : $"one panel of {shape}"));
        }

        foreach (string block in new[] { "parameters", "transposed" })
        {
            if (lines.Any(line => line.Code.Contains($"ref {block},")))
            {
                writer.Line($"ref {_element.Keyword} {block} = ref _{block}.Origin;");
            }
        }

        foreach (Value value in steps.SelectMany(step => step.Writes.Concat(step.Reads)).Distinct().Where(plan.Contains).OrderBy(value => value.Id))
        {
            WorkspaceSlot slot = plan[value];
            string place = ofPart
                ? $"{CSharpLiteral.Int(slot.Column)} * samples + first * {CSharpLiteral.Int(slot.Stride)}"
                : $"{CSharpLiteral.Int(slot.Column)} * batch";
            lines.Add((
                $"ref {_element.Keyword} {value.Name} = ref Unsafe.Add(ref workspace, {place});",
                value.Role == Role.Packed ? "a copy in the order of reading" : $"{value.Shape}, rows of {CSharpLiteral.Int(slot.Stride)}"));
        }

        int width = lines.Count == 0 ? 0 : lines.Max(line => line.Code.Length);
        foreach ((string code, string comment) in lines)
        {
            writer.Line($"{code.PadRight(width)}  // {comment}");
        }

        (string Code, string Comment) Weights(Value value, string block, ParameterSlot slot) => slot.IsByUnits
            ? Name(value.Name + "T", block, slot.Weights.Offset, value.Shape.Transposed.ToString())
            : Name(value.Name, block, slot.Weights.Offset, Notation.ShapeOf(value));

        (string Code, string Comment) Name(string name, string block, int offset, string shape) =>
            ($"ref {_element.Keyword} {name} = ref Unsafe.Add(ref {block}, {CSharpLiteral.Int(offset)});", shape);
    }

    private void EmitStep(Step step)
    {
        writer.Blank();
        foreach (Equation equation in Equations.Of(step, program))
        {
            writer.Line($"// {equation.ToComment()}");
        }

        int Stride(Value value) => value == program.Input ? program.Spec.Inputs : plan[value].Stride;
        switch (step)
        {
            case KernelStep kernel:
                KernelTexts.Of(kernel).Write(kernel, new KernelWriter(writer, _element, kernel, Stride));
                break;
            case DenseStep dense when program.ScheduleOf(dense) == Schedule.Inline:
                InlineLoops.Dense(writer, _element, dense, Stride);
                break;
            case DenseStep dense when program.ScheduleOf(dense) == Schedule.Narrow:
                new NarrowLoops(writer, _element, dense.Layer, Stride).Dense(dense);
                break;
            case DenseStep dense:
                writer.Line(KernelCalls.Dense(dense));
                break;
            case ActivateStep activate when KernelCalls.IsKernel(activate):
                writer.Line(KernelCalls.Activate(activate));
                break;
            case ActivateStep activate:
                Sweeps.Activate(writer, _element, activate, Stride);
                break;
            case ActivationGradientStep gradient when KernelCalls.IsKernel(gradient):
                writer.Line(KernelCalls.ActivationGradient(gradient));
                break;
            case ActivationGradientStep gradient:
                Sweeps.ActivationGradient(writer, _element, gradient, Stride);
                break;
            case WeightGradientStep gradient when program.ScheduleOf(gradient) == Schedule.Tiled:
                writer.Line(KernelCalls.WeightGradient(gradient, program.IsParallel));
                break;
            case WeightGradientStep gradient:
                // Too little to divide: one thread sums over the samples of all.
                using (program.IsParallel ? writer.Open("if (part.IsFirst)") : default)
                {
                    EmitWeightGradient(gradient);
                }

                break;
            case InputGradientStep product when product.Result.Role == Role.InputGradient:
                using (writer.Open("if (inputGradients)"))
                {
                    EmitProduct(product);
                }

                break;
            case InputGradientStep product:
                EmitProduct(product);
                break;
            default:
                throw new InvalidOperationException($"No text for {step}.");
        }

        void EmitWeightGradient(WeightGradientStep gradient)
        {
            if (program.ScheduleOf(gradient) == Schedule.Inline)
            {
                InlineLoops.WeightGradient(writer, _element, gradient, Stride);
            }
            else
            {
                new NarrowLoops(writer, _element, gradient.Layer, Stride).WeightGradient(gradient);
            }
        }

        void EmitProduct(InputGradientStep product)
        {
            switch (program.ScheduleOf(product))
            {
                case Schedule.Inline:
                    InlineLoops.InputGradient(writer, _element, product, Stride);
                    break;
                case Schedule.Narrow:
                    new NarrowLoops(writer, _element, product.Layer, Stride).InputGradient(product);
                    break;
                default:
                    writer.Line(KernelCalls.InputGradient(product));
                    break;
            }
        }
    }

    private static Layer? LayerOf(Step step) => step switch
    {
        DenseStep s => s.Layer,
        KernelStep s => s.Layer,
        ActivateStep s => s.Layer,
        WeightGradientStep s => s.Layer,
        ActivationGradientStep s => s.Layer,
        InputGradientStep { Result.Role: Role.InputGradient } => null,
        InputGradientStep => null,
        _ => null,
    };
}
