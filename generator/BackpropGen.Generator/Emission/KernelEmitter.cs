using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission;

/// <summary>
/// Writes the matrix kernels of large layers. A kernel walks the panels of its matrix and, within a panel, blocks of rows; a block is a
/// method of its own (<see cref="TileEmitter"/>) that keeps all its sums in registers.
/// </summary>
internal sealed class KernelEmitter(LoweredProgram program, SourceWriter writer)
{
    private readonly ElementType _element = program.Element;
    private readonly ProductKernelEmitter _products = new(writer, program.Element);

    /// <summary>Whether any step of the network calls a kernel.</summary>
    public static bool IsNeeded(LoweredProgram program) =>
        program.Forward.OfType<DenseStep>().Any(step => program.ScheduleOf(step) == Schedule.Tiled)
        || program.Backward.OfType<InputGradientStep>().Any(step => program.ScheduleOf(step) == Schedule.Tiled);

    public void Emit()
    {
        foreach (DenseStep step in program.Forward.OfType<DenseStep>().Where(step => program.ScheduleOf(step) == Schedule.Tiled))
        {
            EmitDense(step);
        }

        foreach (Step step in program.Backward)
        {
            switch (step)
            {
                case WeightGradientStep s when program.ScheduleOf(s) == Schedule.Tiled:
                    new WeightGradientKernelEmitter(program, writer, s).Emit();
                    break;
                case InputGradientStep s when program.ScheduleOf(s) == Schedule.Tiled:
                    EmitInputGradient(s);
                    break;
            }
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
