using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission;

/// <summary>
/// Writes the kernels: the products of large layers, and sweeps of dear functions. A product walks the panels of its matrix and, within a panel, blocks of rows; a block is a
/// method of its own (<see cref="TileEmitter"/>) that keeps all its sums in registers.
/// </summary>
internal sealed class KernelEmitter(LoweredProgram program, SourceWriter writer)
{
    private readonly ElementType _element = program.Element;
    private readonly ProductKernelEmitter _products = new(writer, program.Element);

    /// <summary>Whether any step of the network calls a kernel.</summary>
    public static bool IsNeeded(LoweredProgram program) => Steps(program).Any(step => IsKernel(step, program));

    public void Emit()
    {
        foreach (Step kernel in Steps(program).Where(step => IsKernel(step, program)))
        {
            switch (kernel)
            {
                case DenseStep step:
                    EmitDense(step);
                    break;
                case ActivateStep step:
                    EmitSweep(step, KernelCalls.ActivateName(step), KernelCalls.ActivateArguments(step), () => Sweeps.Activate(writer, _element, step, Stride));
                    break;
                case ActivationGradientStep step:
                    EmitSweep(
                        step,
                        KernelCalls.ActivationGradientName(step),
                        KernelCalls.ActivationGradientArguments(step),
                        () => Sweeps.ActivationGradient(writer, _element, step, Stride));
                    break;
                case WeightGradientStep step:
                    new WeightGradientKernelEmitter(program, writer, step).Emit();
                    break;
                case InputGradientStep step:
                    EmitInputGradient(step);
                    break;
            }
        }
    }

    /// <summary>The steps of all passes in order; inference has no others.</summary>
    private static IEnumerable<Step> Steps(LoweredProgram program) =>
        program.Forward.Concat(new[] { program.OutputGradient }.OfType<Step>()).Concat(program.Backward);

    private static bool IsKernel(Step step, LoweredProgram program) => step switch
    {
        DenseStep s => program.ScheduleOf(s) == Schedule.Tiled,
        ActivateStep s => KernelCalls.IsKernel(s),
        ActivationGradientStep s => KernelCalls.IsKernel(s),
        WeightGradientStep s => program.ScheduleOf(s) == Schedule.Tiled,
        InputGradientStep s => program.ScheduleOf(s) == Schedule.Tiled,
        _ => false,
    };

    /// <summary>Both plans give a value the same rows, so that one kernel serves training and inference.</summary>
    private int Stride(Value value) => value == program.Input ? program.Spec.Inputs : program.Training[value].Stride;

    private void EmitSweep(Step step, string name, IReadOnlyList<string> arguments, Action body)
    {
        writer.Blank();
        writer.Doc("summary", string.Join(" ", Equations.Of(step, program).Select(equation => $"{equation.Text}   {equation.Shape}")));
        writer.Optimized();
        using (writer.OpenMethod($"private static void {name}", arguments.Select(argument => $"ref {_element.Keyword} {argument}").Append("nint batch").ToArray()))
        {
            body();
        }
    }

    private void EmitDense(DenseStep step)
    {
        Layer layer = step.Layer;
        WorkspacePlan plan = program.Training;
        var outputs = new List<TileOutput>();
        if (step.PreActivation is { } z)
        {
            outputs.Add(new TileOutput(z.Name, plan[z].Stride, sum => sum));
        }

        if (step.Output is { } h)
        {
            outputs.Add(new TileOutput(h.Name, plan[h].Stride, sum => ActivationSyntax.Forward(layer.Spec.Activation, sum, _element)));
        }

        _products.Emit(new ProductKernel(
            KernelCalls.DenseName(step),
            string.Join(" ", Equations.Of(step, program).Select(equation => equation.Text)),
            step.Input.Name,
            step.Input == program.Input ? layer.Inputs : plan[step.Input].Stride,
            layer.Inputs,
            step.Weights.Name,
            null,
            layer.Outputs,
            step.Bias?.Name,
            [],
            outputs));
    }

    private void EmitInputGradient(InputGradientStep step)
    {
        Layer layer = step.Layer;
        WorkspacePlan plan = program.Training;
        var operands = new List<TileOperand>();
        Func<string, string> finish = sum => sum;
        if (step.Epilogue is { } epilogue)
        {
            string z = epilogue.PreActivation?.Name ?? string.Empty;
            string h = epilogue.Output?.Name ?? string.Empty;
            foreach (Value value in new[] { epilogue.PreActivation, epilogue.Output }.OfType<Value>())
            {
                operands.Add(new TileOperand(value.Name, plan[value].Stride));
            }

            finish = sum => ActivationSyntax.Gradient(epilogue.Activation, sum, $"{{{z}}}", $"{{{h}}}", _element);
        }

        _products.Emit(new ProductKernel(
            KernelCalls.InputGradientName(step),
            string.Join(" ", Equations.Of(step, program).Select(equation => equation.Text)),
            step.Delta.Name,
            plan[step.Delta].Stride,
            layer.Outputs,
            step.Weights.Name + "T",
            step.Weights.Name,
            layer.Inputs,
            null,
            operands,
            [new TileOutput(step.Result.Name, plan[step.Result].Stride, finish)]));
    }
}
