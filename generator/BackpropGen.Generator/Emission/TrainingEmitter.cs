using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>The public members of training, each: check everything, then run the passes.</summary>
internal sealed class TrainingEmitter(LoweredProgram program, SourceWriter writer)
{
    private readonly LossRule _rule = LossRules.Of(program.Spec.Loss.Kind);

    private string Type => program.Element.Keyword;

    /// <summary>The kinds of targets the loss takes: parameter type, parameter name, suffix of the loss method.</summary>
    public static IEnumerable<(string Type, string Name, string Suffix)> TargetsOf(LoweredProgram program)
    {
        LossRule rule = LossRules.Of(program.Spec.Loss.Kind);
        if (rule.TakesLabels)
        {
            yield return ("ReadOnlySpan<int>", "labels", "FromLabels");
        }

        if (rule.TakesRows)
        {
            yield return ($"ReadOnlySpan<{program.Element.Keyword}>", "targets", "FromRows");
        }
    }

    /// <summary>Writes the checks of targets and weights; nothing has been modified before them.</summary>
    public static void EmitTargetChecks(SourceWriter writer, string name)
    {
        if (name == "labels")
        {
            writer.Line("NetworkGuard.Length(labels.Length, batch, nameof(labels), \"one label per sample\");");
            writer.Line("NetworkGuard.Labels(labels, OutputSize, nameof(labels));");
        }
        else
        {
            writer.Line("NetworkGuard.Length(targets.Length, batch, OutputSize, nameof(targets));");
        }

        writer.Line("NetworkGuard.SampleWeights(sampleWeights, batch, nameof(sampleWeights));");
    }

    /// <summary>The call of the pass from the gradient of the output to δ of the last layer.</summary>
    public static string OutputGradientCall(LoweredProgram program, string x, string workspace, string batch) =>
        $"OutputGradientPass({(OutputGradientReadsInput(program) ? x + ", " : string.Empty)}{workspace}, {batch});";

    /// <summary>Whether f′ of the last layer is taken at x: so it is where the network is a single activation layer.</summary>
    private static bool OutputGradientReadsInput(LoweredProgram program) => program.OutputGradient!.Reads.Contains(program.Input);

    /// <summary>The rows a pass covers, as (declaration, argument) pairs: all of a batch, or those of a part.</summary>
    private (string Declaration, string Argument)[] Rows => program.IsParallel
        ? [("nint samples", "samples"), ("nint first", "first"), ("nint batch", "batch")]
        : [("nint batch", "batch")];

    /// <summary>The same in words.</summary>
    private string OfRows => program.IsParallel ? " of batch rows from row first of samples" : string.Empty;

    /// <summary>Forward, and the pass behind it.</summary>
    public void EmitForward()
    {
        writer.Doc("summary", "Runs the network forward and keeps what the backward pass needs.");
        DocInputs();
        using (writer.Open($"public void Forward(ReadOnlySpan<{Type}> inputs)"))
        {
            writer.Line("int batch = NetworkGuard.BatchSize(inputs.Length, InputSize, nameof(inputs));");
            writer.Line("Reserve(batch, batch);");
            writer.Line("ReserveInputs(batch);");
            writer.Line("ImportParameters();");
            writer.Line("inputs.CopyTo(_inputs.Span);");
            writer.Line(program.IsParallel ? ThreadsEmitter.RunKept("Forward") : "ForwardPass(ref _inputs.Origin, ref _workspace.Origin, batch);");
            writer.Line("_batch = batch;");
            writer.Line("_hasForward = true;");
            writer.Line("_lossCount = 0;");
        }

        writer.Blank();
        writer.Doc("summary", $"Runs the network forward, keeps what the backward pass needs, and gives the outputs: {OutputWords()}.");
        DocInputs();
        writer.Doc("param name=\"outputs\"", $"Receives [N × {program.LastLayer.Outputs}].");
        using (writer.Open($"public void Forward(ReadOnlySpan<{Type}> inputs, Span<{Type}> outputs)"))
        {
            writer.Line("int batch = NetworkGuard.BatchSize(inputs.Length, InputSize, nameof(inputs));");
            writer.Line("NetworkGuard.Length(outputs.Length, batch, OutputSize, nameof(outputs));");
            writer.Line("Forward(inputs);");
            WorkspaceSlot slot = program.Training[program.Output];
            writer.Line($"ref {Type} {program.Output.Name} = ref Unsafe.Add(ref _workspace.Origin, (nint){slot.Column} * batch);");
            writer.Line($"RowMatrix.Unpad(ref {program.Output.Name}, {slot.Stride}, OutputSize, outputs);");
        }

        EmitReserve();
        new PassEmitter(program, program.Training, writer, ofPart: program.IsParallel).Emit(
            "ForwardPass",
            $"The forward pass{OfRows}: every layer from x to the output.",
            program.Forward,
            [($"ref {Type} x", "ref x"), ($"ref {Type} workspace", "ref workspace"), .. Rows]);
    }

    /// <summary>Backward, BackwardFrom, and behind them the loss and the pass, in the order of the derivation.</summary>
    public void EmitBackward()
    {
        foreach ((string type, string name, string suffix) in TargetsOf(program))
        {
            writer.Blank();
            writer.Doc("summary", "The backward pass of the last <see cref=\"Forward(ReadOnlySpan&lt;" + Type + "&gt;)\"/>: fills <see cref=\"Gradients\"/>"
                + (program.Spec.InputGradients ? " and <see cref=\"InputGradients\"/>" : string.Empty) + ".");
            DocTargets(name);
            writer.Doc("param name=\"accumulate\"", "Whether to add to the gradients instead of replacing them.");
            writer.Doc("returns", "The loss of the batch; the gradients are of this number.");
            writer.Doc("exception cref=\"InvalidOperationException\"", "There was no Forward before.");
            writer.Doc("exception cref=\"ArgumentException\"", MisfitWords("the last Forward", name));
            using (writer.Open($"public {Type} Backward({type} {name}, ReadOnlySpan<{Type}> sampleWeights = default, bool accumulate = false)"))
            {
                writer.Line("int batch = CheckForward();");
                EmitTargetChecks(writer, name);
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
                    writer.Line(OutputGradientCall(program, "ref _inputs.Origin", "ref _workspace.Origin", "batch"));
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
                OutputGradientReadsInput(program)
                    ? [($"ref {Type} x", "ref x"), ($"ref {Type} workspace", "ref workspace"), .. Rows]
                    : [($"ref {Type} workspace", "ref workspace"), .. Rows]);
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

        EmitTranspose();
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
                $"The first half of the backward pass{OfRows}: from δ of the last layer down, each layer reuses the δ of the layer above it.",
                program.Deltas,
                [
                    ($"ref {Type} x", "ref x"),
                    ($"ref {Type} workspace", "ref workspace"),
                    .. panels,
                    .. Rows,
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
        writer.Doc("summary", $"The backward pass of the last Forward from any gradient of its outputs ({OutputWords()}): for losses of your own, "
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
                writer.Line(OutputGradientCall(program, "ref _inputs.Origin", "ref _workspace.Origin", "batch"));
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

    private void EmitReserve()
    {
        writer.Blank();
        writer.Doc("summary", "Makes room for a pass, rows samples at a time; memory is taken only where the batch is larger than any before.");
        using (writer.Open("private void Reserve(int batch, int rows)"))
        {
            writer.Line($"int length = NetworkGuard.WorkspaceLength({program.Training.Columns}, rows);");
            using (writer.Open("if (_workspace.Length < length)"))
            {
                writer.Line($"_workspace = new AlignedBuffer<{Type}>(length);");
            }

            writer.Blank();
            using (writer.Open("if (_sampleLosses.Length < batch)"))
            {
                writer.Line($"_sampleLosses = new {Type}[batch];");
            }

            writer.Blank();
            writer.Line("// Whatever was kept is about to be overwritten.");
            writer.Line("_hasForward = false;");
        }

        writer.Blank();
        writer.Doc("summary", "Makes room for what a backward pass of its own needs beside the workspace: x, and ∂x.".Replace(
            ", and ∂x", program.Spec.InputGradients ? ", and ∂x" : string.Empty));
        using (writer.Open("private void ReserveInputs(int batch)"))
        {
            writer.Line("int length = NetworkGuard.WorkspaceLength(InputSize, batch);");
            using (writer.Open("if (_inputs.Length < length)"))
            {
                writer.Line($"_inputs = new AlignedBuffer<{Type}>(length);");
                if (program.Spec.InputGradients)
                {
                    writer.Line($"_inputGradients = new {Type}[length];");
                }
            }
        }
    }

    private void EmitTranspose()
    {
        if (program.Parameters.TransposedBefore.Count == 0)
        {
            return;
        }

        List<ParameterSlot> inner = program.Parameters.TransposedBefore.Where(slot => !IsForInputGradient(slot)).ToList();
        var transposes = new StatementList(writer, "TransposeWeights", string.Empty, string.Empty, "private", inner.ConvertAll(Transpose));
        writer.Blank();
        writer.Doc("summary", "Brings Wᵀ of every layer that hands a gradient down up to date.");
        using (writer.Open("private void TransposeWeights(bool inputGradients)"))
        {
            transposes.EmitStatements();
            foreach (ParameterSlot first in program.Parameters.TransposedBefore.Except(inner))
            {
                using (writer.Open("if (inputGradients)"))
                {
                    writer.Line(Transpose(first));
                }
            }
        }

        transposes.EmitParts();

        // Such a Wᵀ is one panel.
        string Transpose(ParameterSlot slot) =>
            $"PanelMatrix.TransposePanel(ref Unsafe.Add(ref _parameters.Origin, {slot.WeightOffset}), {slot.Layer.Inputs}, {slot.Layer.Outputs}, 0, "
            + $"ref Unsafe.Add(ref _transposed.Origin, {slot.TransposedOffset}));";
    }

    /// <summary>Whether only ∂x is computed from a Wᵀ.</summary>
    private bool IsForInputGradient(ParameterSlot slot) => IsForInputGradient(program, slot);

    /// <summary>Whether a training step, which computes no ∂x, reads some Wᵀ that is made beforehand.</summary>
    public static bool StepTransposes(LoweredProgram program) =>
        program.Parameters.TransposedBefore.Any(slot => !IsForInputGradient(program, slot));

    private static bool IsForInputGradient(LoweredProgram program, ParameterSlot slot) =>
        program.Backward.OfType<InputGradientStep>().Any(step => step.Layer == slot.Layer && step.Result.Role == Role.InputGradient);

    private void DocInputs()
    {
        writer.Doc("param name=\"inputs\"", $"[N × {program.Spec.Inputs}], one sample per row, N ≥ 1.");
    }

    private void DocTargets(string name) => DocTargets(writer, program, name);

    /// <summary>When a method that takes targets refuses them, in words.</summary>
    /// <param name="measure">What the lengths are measured by.</param>
    /// <param name="name">The parameter: labels or targets.</param>
    public static string MisfitWords(string measure, string name) => name == "labels"
        ? $"A length does not fit {measure}, a label is not a class, or a weight is negative or not finite."
        : $"A length does not fit {measure}, or a weight is negative or not finite.";

    /// <summary>The doc comments of targets and sample weights.</summary>
    public static void DocTargets(SourceWriter writer, LoweredProgram program, string name)
    {
        int outputs = program.LastLayer.Outputs;
        writer.Doc($"param name=\"{name}\"", name == "labels"
            ? $"[N], the class of each sample, 0 to {outputs - 1}."
            : $"[N × {outputs}], one target row per sample.");
        writer.Doc("param name=\"sampleWeights\"", "[N], one weight ≥ 0 per sample; empty for none.");
    }

    private string OutputWords() => _rule.Output switch
    {
        OutputMeaning.Logits => "logits",
        OutputMeaning.Probabilities => "probabilities",
        OutputMeaning.LogProbabilities => "log-probabilities",
        OutputMeaning.LogRate => "logarithms of the rates",
        OutputMeaning.Scores => "scores",
        _ => "the last layer's h",
    };
}
