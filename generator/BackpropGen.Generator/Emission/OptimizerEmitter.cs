using BackpropGen.Generator.Emission.Optimizers;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission;

/// <summary>The file of the training step: TrainStep, Accumulate, ApplyGradients, and behind them the optimizer with its state.</summary>
internal sealed class OptimizerEmitter(LoweredProgram program, SourceWriter writer)
{
    private readonly OptimizerSpec _optimizer = program.Spec.Optimizer!;
    private readonly UpdateRule _rule = UpdateRules.Of(program.Spec.Optimizer!, program.Element);

    private string Type => program.Element.Keyword;

    /// <summary>The bytes that the optimizer keeps for each byte of parameters.</summary>
    public static int StateBlocks(LoweredProgram program) =>
        program.Spec.Optimizer is { } spec ? UpdateRules.Of(spec, program.Element).Planes.Count + (spec.Averages ? 1 : 0) : 0;

    /// <summary>Writes the check, where there is one, that training may go on.</summary>
    public static void EmitTrainingCheck(SourceWriter writer, LoweredProgram program)
    {
        if (program.Spec.Optimizer!.Averages)
        {
            writer.Line("NetworkGuard.Training(_averagesAreSwapped);");
        }
    }

    public void Emit()
    {
        var training = new TrainStepEmitter(program, writer);
        training.Emit();
        new AccumulateEmitter(program, writer, training.TileRows).Emit();
        EmitApply();
        EmitMembers();
        new OptimizerStateEmitter(program, writer, _rule).Emit();
        if (_optimizer.Averages)
        {
            new AverageEmitter(program, writer).Emit();
        }

        new StepEmitter(program, writer, _rule).Emit();
    }

    private void EmitApply()
    {
        writer.Blank();
        writer.Doc("summary", "Moves the parameters along the gradients of the last backward pass: one step of the optimizer.");
        writer.Doc("remarks", "What <c>Accumulate</c> has gathered is divided first, so that the gradients are those of the mean.");
        using (writer.Open("public void ApplyGradients()"))
        {
            EmitTrainingCheck(writer, program);
            writer.Line("ImportParameters();");
            writer.Line("ImportGradients();");
            writer.Line("FinishAccumulation();");
            writer.Line("OptimizerStep();");
            writer.Line("ExportParameters();");
        }
    }

    private void EmitMembers()
    {
        int length = program.Parameters.BlockLength;
        writer.Blank();
        writer.Line($"private {Type} _learningRate = {CSharpLiteral.Number(_optimizer.LearningRate, program.Element)};");
        foreach (StatePlane plane in _rule.Planes)
        {
            writer.Line($"private readonly AlignedBuffer<{Type}> {plane.Field} = new({length});");
        }

        foreach (StateNumber number in _rule.Numbers)
        {
            // What is zero anyway needs no initializer.
            string initial = number.Initial is "0" or "false" ? string.Empty : $" = {number.Initial}";
            string comment = number.Comment.Length > 0 ? $"  // {number.Comment}" : string.Empty;
            writer.Line($"private {number.Type} {number.Field}{initial};{comment}");
        }

        if (_optimizer.Clips)
        {
            writer.Line($"private {Type} _gradientNorm;");
        }

        writer.Blank();
        writer.Doc("summary", "The learning rate η of the steps to come.");
        writer.Doc("exception cref=\"ArgumentOutOfRangeException\"", "The rate is not a finite number above 0.");
        using (writer.Open($"public {Type} LearningRate"))
        {
            writer.Line("get => _learningRate;");
            writer.Line("set => _learningRate = NetworkGuard.LearningRate(value);");
        }

        if (_optimizer.Clips)
        {
            writer.Blank();
            writer.Doc("summary", "The L2 norm of the gradient of all parameters in the last step, before it was clipped.");
            writer.Line($"public {Type} GradientNorm => _gradientNorm;");
        }
    }
}
