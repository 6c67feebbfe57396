using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>Backward, BackwardFrom, and behind them the loss and the passes, in the order of the derivation.</summary>
internal sealed class BackwardEmitter(LoweredProgram program, SourceWriter writer)
{
    private readonly LossRule _rule = LossRules.Of(program.Spec.Loss.Kind);

    private string Type => program.Element.Keyword;

    /// <summary>Writes the members.</summary>
    public void Emit()
    {
        foreach ((string type, string name, string suffix) in BatchParameters.TargetsOf(program))
        {
            writer.Blank();
            writer.Doc("summary", "The backward pass of the last <see cref=\"Forward(ReadOnlySpan&lt;" + Type + "&gt;)\"/>: fills <see cref=\"Gradients\"/>"
                + (program.Spec.InputGradients ? " and <see cref=\"InputGradients\"/>" : string.Empty) + ".");
            BatchParameters.DocTargets(writer, program, name);
            writer.Doc("param name=\"accumulate\"", "Whether to add to the gradients instead of replacing them.");
            writer.Doc("returns", "The loss of the batch; the gradients are of this number.");
            writer.Doc("exception cref=\"InvalidOperationException\"", "There was no Forward before.");
            writer.Doc("exception cref=\"ArgumentException\"", BatchParameters.MisfitWords("the last Forward", name));
            using (writer.Open($"public {Type} Backward({type} {name}, ReadOnlySpan<{Type}> sampleWeights = default, bool accumulate = false)"))
            {
                writer.Line("int batch = CheckForward();");
                BatchParameters.EmitTargetChecks(writer, name);
                writer.Line($"{Type} scale = LossScale({name}, sampleWeights, batch);");
                writer.Line("_lossCount = batch;");
                if (program.IsParallel)
                {
                    EmitParts($"Loss{suffix}", "scale", ThreadsEmitter.Targets(name, name, "sampleWeights"));
                    writer.Line("return TotalLoss(_sampleLosses.AsSpan(0, batch)) * scale;");
                    continue;
                }

                string scales = program.CanUpdateInPlace ? "scale, scale" : "scale";
                writer.Line(
                    $"{Type} loss = Loss{suffix}({name}, sampleWeights, {scales}, ref _workspace.Origin, batch, _sampleLosses.AsSpan(0, batch));");
                if (program.LossGivesOutputGradient)
                {
                    writer.Line("OutputGradientPass(ref _workspace.Origin, batch);");
                }

                writer.Line("RunBackward(batch, accumulate);");
                writer.Line("return loss;");
            }
        }

        EmitBackwardFrom();
        EmitResults();
        new LossEmitter(program, writer).Emit();
        if (program.OutputGradient is { } outputGradient)
        {
            new PassEmitter(program, program.Training, writer, ofPart: program.IsParallel).Emit(
                "OutputGradientPass",
                "From the gradient of the output to δ of the last layer.",
                [outputGradient],
                [($"ref {Type} workspace", "ref workspace"), .. PassEmitter.Rows(program)]);
        }

        if (program.IsParallel)
        {
            EmitParallelPasses();
            EmitCheck();
            EmitStartAndFinish();
        }
        else
        {
            EmitBackwardPass();
            EmitCheck();
            EmitRun();
        }

        TransposeEmitter.Emit(program, writer);
    }

    private void EmitBackwardPass() =>
        new PassEmitter(program, program.Training, writer).Emit(
            "BackwardPass",
            "The backward pass from δ of the last layer down: each layer reuses the δ of the layer above it.",
            program.Backward,
            [
                ($"ref {Type} x", "ref x"),
                ($"ref {Type} workspace", "ref workspace"),
                ($"ref {Type} gradients", "ref gradients"),
                ("nint batch", "batch"),
                ("bool accumulate", "accumulate"),
                ("bool inputGradients", "inputGradients"),
            ]);

    /// <summary>The backward pass in two: what every thread does with its own samples, and what sums over the samples of all.</summary>
    private void EmitParallelPasses()
    {
        (string, string)[] panels = program.Parameters.PanelRoom > 0 ? [($"ref {Type} panels", "ref panels")] : [];
        if (ThreadsEmitter.HasDeltas(program))
        {
            new PassEmitter(program, program.Training, writer, ofPart: true).Emit(
                "DeltaPass",
                $"The first half of the backward pass{PassEmitter.OfRows(program)}: from δ of the last layer down, each layer reuses the δ of the layer above it.",
                program.Deltas,
                [
                    ($"ref {Type} x", "ref x"),
                    ($"ref {Type} workspace", "ref workspace"),
                    .. panels,
                    .. PassEmitter.Rows(program),
                    ("bool inputGradients", "inputGradients"),
                ]);
        }

        new PassEmitter(program, program.Training, writer).Emit(
            "GradientPass",
            "The second half of the backward pass, once every δ is there: sums over all samples, each of them in one part.",
            program.WeightGradients,
            [
                ($"ref {Type} x", "ref x"),
                ($"ref {Type} workspace", "ref workspace"),
                ($"ref {Type} gradients", "ref gradients"),
                .. panels,
                ("nint batch", "batch"),
                ("bool accumulate", "accumulate"),
                ("PassPart part", "part"),
            ]);
    }

    /// <summary>The statements that run the backward pass in parts, from <paramref name="pass"/> on.</summary>
    private void EmitParts(string? pass, string scale, string targets)
    {
        writer.Line("StartBackward(accumulate);");
        writer.Line($"_pass = ({scale}, 0, InputGradients: {InputGradientsLiteral}, accumulate, InPlace: false);");
        if (pass is not null)
        {
            writer.Line(ThreadsEmitter.RunKept(pass, targets));
        }

        writer.Line(ThreadsEmitter.RunKept("Gradient"));
        writer.Line("FinishBackward(batch);");
    }

    private string InputGradientsLiteral => program.Spec.InputGradients ? "true" : "false";

    private void EmitBackwardFrom()
    {
        Value start = program.OutputGradient?.Upstream ?? program.Loss.Gradient;
        WorkspaceSlot slot = program.Training[start];
        writer.Blank();
        writer.Doc("summary", $"The backward pass of the last Forward from any gradient of its outputs ({LossSyntax.OutputWords(_rule)}): for losses of your own, "
            + "reinforcement learning, networks in series.");
        writer.Doc("param name=\"outputGradients\"", $"∂L/∂output, [N × {program.LastLayer.Outputs}]; with any factor 1/N already in it.");
        writer.Doc("param name=\"accumulate\"", "Whether to add to the gradients instead of replacing them.");
        writer.Doc("exception cref=\"InvalidOperationException\"", "There was no Forward before.");
        writer.Doc("exception cref=\"ArgumentException\"", "The length does not fit the last Forward.");
        using (writer.Open($"public void BackwardFrom(ReadOnlySpan<{Type}> outputGradients, bool accumulate = false)"))
        {
            writer.Line("int batch = CheckForward();");
            writer.Line("NetworkGuard.Length(outputGradients.Length, batch, OutputSize, nameof(outputGradients));");
            writer.Line($"ref {Type} {start.Name} = ref Unsafe.Add(ref _workspace.Origin, (nint){slot.Column} * batch);");
            writer.Line($"RowMatrix.Pad(outputGradients, OutputSize, ref {start.Name}, {slot.Stride}, batch);");
            if (program.IsParallel)
            {
                bool hasRows = program.OutputGradient is not null || ThreadsEmitter.HasDeltas(program);
                EmitParts(hasRows ? "OutputGradient" : null, "1", string.Empty);
                return;
            }

            if (program.OutputGradient is not null)
            {
                writer.Line("OutputGradientPass(ref _workspace.Origin, batch);");
            }

            writer.Line("RunBackward(batch, accumulate);");
        }
    }

    private void EmitResults()
    {
        if (program.Spec.InputGradients)
        {
            writer.Blank();
            writer.Doc("summary", $"∂L/∂x of the last Backward or BackwardFrom, [N × {program.Spec.Inputs}].");
            writer.Line($"public ReadOnlySpan<{Type}> InputGradients => _inputGradients.AsSpan(0, _hasForward ? _batch * InputSize : 0);");
        }

        writer.Blank();
        writer.Doc("summary", "The loss of each sample of the last Backward" + (program.Spec.Optimizer is null ? string.Empty : " or TrainStep")
            + ", [N]: times its weight, not divided" + (_rule.IsElementwise ? ", summed over the outputs" : string.Empty)
            + ". Empty after a Forward that no Backward followed.");
        writer.Line($"public ReadOnlySpan<{Type}> SampleLosses => _sampleLosses.AsSpan(0, _lossCount);");
    }

    private void EmitCheck()
    {
        writer.Blank();
        writer.Doc("summary", "The number of samples of the last Forward; throws where there was none.");
        using (writer.Open("private int CheckForward()"))
        {
            writer.Line("NetworkGuard.Backward(_hasForward ? _batch : 0);");
            writer.Line("return _batch;");
        }
    }

    private void EmitStartAndFinish()
    {
        writer.Blank();
        writer.Doc("summary", "What goes before a backward pass over the kept samples.");
        using (writer.Open("private void StartBackward(bool accumulate)"))
        {
            EmitImports();
            if (program.Parameters.TransposedBefore.Count > 0)
            {
                writer.Blank();
                writer.Line($"TransposeWeights(inputGradients: {InputGradientsLiteral});");
            }
        }

        writer.Blank();
        writer.Doc("summary", "What the caller sees of a backward pass.");
        using (writer.Open("private void FinishBackward(int batch)"))
        {
            EmitExports();
        }
    }

    private void EmitImports()
    {
        writer.Line("ImportParameters();");
        using (writer.Open("if (accumulate)"))
        {
            writer.Line("ImportGradients();");
            if (program.Spec.Optimizer is not null)
            {
                writer.Line("FinishAccumulation();");
            }
        }

        if (program.Spec.Optimizer is not null)
        {
            writer.Blank();
            AccumulateEmitter.EmitEnd(writer, program);
        }
    }

    private void EmitExports()
    {
        if (InputGradient is { } dx)
        {
            WorkspaceSlot slot = program.Training[dx];
            writer.Line($"ref {Type} dx = ref Unsafe.Add(ref _workspace.Origin, (nint){slot.Column} * batch);");
            writer.Line($"RowMatrix.Unpad(ref dx, {slot.Stride}, InputSize, _inputGradients.AsSpan(0, batch * InputSize));");
        }

        writer.Line("ExportGradients();");
    }

    private void EmitRun()
    {
        writer.Blank();
        string inputGradients = InputGradientsLiteral;
        writer.Doc("summary", "The backward pass over the kept samples, and what the caller sees of it.");
        using (writer.Open("private void RunBackward(int batch, bool accumulate)"))
        {
            EmitImports();
            writer.Blank();
            if (program.Parameters.TransposedBefore.Count > 0)
            {
                writer.Line($"TransposeWeights(inputGradients: {inputGradients});");
            }

            writer.Line($"BackwardPass(ref _inputs.Origin, ref _workspace.Origin, ref _gradients.Origin, batch, accumulate, inputGradients: {inputGradients});");
            EmitExports();
        }
    }

    private Value? InputGradient => program.Graph.Backward.Select(op => op.Result).SingleOrDefault(value => value.Role == Role.InputGradient);
}
