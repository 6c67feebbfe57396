using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>
/// Accumulate: the gradient of a large batch in parts of any sizes. Parts add up what the loss has not divided yet, and the divisor beside
/// it; the step divides.
/// </summary>
internal sealed class AccumulateEmitter(LoweredProgram program, SourceWriter writer, int tileRows)
{
    private string Type => program.Element.Keyword;

    /// <summary>Whether the loss of a batch is a sum, which nothing divides.</summary>
    private bool IsSum => program.Spec.Loss.Reduction == Reduction.Sum;

    /// <summary>Writes what a backward pass does to the parts gathered before it, where it has imported the gradients it adds to.</summary>
    public static void EmitEnd(SourceWriter writer, LoweredProgram program)
    {
        if (program.Spec.Optimizer is not null)
        {
            writer.Line("_isAccumulating = false;");
        }
    }

    public void Emit()
    {
        foreach ((string type, string name, string suffix) in BatchParameters.TargetsOf(program))
        {
            EmitAccumulate(type, name, suffix);
        }

        EmitFinish();
    }

    private void EmitAccumulate(string type, string name, string suffix)
    {
        writer.Blank();
        writer.Doc(
            "summary",
            "Forward, loss and backward of one part of a larger batch: adds sums that are not divided yet to <see cref=\"Gradients\"/>. The next "
            + "<see cref=\"ApplyGradients\"/> divides them, so that parts of any sizes make the step of all their samples in one batch, up to rounding.");
        writer.Doc(
            "remarks",
            "A backward pass that replaces the gradients, or a TrainStep, gives up the parts gathered so far; one that accumulates divides them first.\n"
            + "Forward, Predict and Evaluate leave them alone.");
        BatchParameters.DocInputs(writer, program);
        BatchParameters.DocTargets(writer, program, name);
        writer.Doc("returns", "The loss of the part.");
        writer.Doc("exception cref=\"ArgumentException\"", BatchParameters.MisfitWords("the inputs", name));
        using (writer.Open($"public {Type} Accumulate(ReadOnlySpan<{Type}> inputs, {type} {name}, ReadOnlySpan<{Type}> sampleWeights = default)"))
        {
            OptimizerEmitter.EmitTrainingCheck(writer, program);
            writer.Line("int batch = NetworkGuard.BatchSize(inputs.Length, InputSize, nameof(inputs));");
            BatchParameters.EmitTargetChecks(writer, name);

            // The layers offer z, h and δ of all samples afterwards where they are kept, so that the batch is then one tile.
            writer.Line(program.Spec.KeepIntermediates ? "int TileRows = batch;" : $"const int TileRows = {tileRows};");
            writer.Line(program.Spec.KeepIntermediates ? "Forward(inputs);" : "Reserve(batch, Math.Min(batch, TileRows));");
            if (!program.Spec.KeepIntermediates)
            {
                writer.Line("ImportParameters();");
            }

            if (TransposeEmitter.StepTransposes(program))
            {
                writer.Line("TransposeWeights(inputGradients: false);");
            }

            using (writer.Open("if (_isAccumulating)"))
            {
                writer.Line("ImportGradients();");
            }

            writer.Blank();
            writer.Line($"{Type} loss = 0;");
            writer.Blank();
            new TrainStepEmitter(program, writer).EmitTiles(name, suffix, TileUse.Accumulate);
            writer.Blank();
            EmitDivisor(name);
            writer.Line("_isAccumulating = true;");
            writer.Line("_lossCount = batch;");
            writer.Line("ExportGradients();");
            writer.Line(IsSum ? "return loss;" : "return divisor > 0 ? loss / divisor : 0;");
        }
    }

    private void EmitDivisor(string name)
    {
        if (!IsSum)
        {
            writer.Line($"{Type} divisor = {Reductions.Divisor(program, name)};");
            writer.Line("_divisor = _isAccumulating ? _divisor + divisor : divisor;");
        }
    }

    private void EmitFinish()
    {
        writer.Blank();
        writer.Line("// Whether the gradients are sums that Accumulate gathered" + (IsSum ? "." : ", and what divides them."));
        writer.Line("private bool _isAccumulating;");
        if (IsSum)
        {
            writer.Blank();
            writer.Doc("summary", "Ends a batch that was gathered in parts; the loss is a sum, so there is nothing to divide.");
            using (writer.Open("private void FinishAccumulation()"))
            {
                writer.Line("_isAccumulating = false;");
            }

            return;
        }

        writer.Line($"private {Type} _divisor;");
        writer.Blank();
        writer.Doc("summary", "Ends a batch that was gathered in parts: divides its gradients, which are 0 where the divisor is 0.");
        using (writer.Open("private void FinishAccumulation()"))
        {
            using (writer.Open("if (!_isAccumulating)"))
            {
                writer.Line("return;");
            }

            writer.Blank();
            writer.Line("_isAccumulating = false;");
            writer.Line($"ref {Type} gradients = ref _gradients.Origin;");
            writer.Line("var scale = Simd.Broadcast(_divisor > 0 ? 1 / _divisor : 0);");
            using (writer.Open($"for (nint i = 0; i < {program.Parameters.BlockLength}; i += {program.Element.Lanes})"))
            {
                writer.Line("Simd.Store(scale * Simd.Load(ref gradients, i), ref gradients, i);");
            }

            writer.Blank();
            writer.Line("ExportGradients();");
        }
    }
}
