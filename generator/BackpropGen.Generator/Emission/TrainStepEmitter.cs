using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>What a walk over the tiles of a batch is for.</summary>
internal enum TileUse
{
    /// <summary>A step of training: gradients of the loss, in place where possible.</summary>
    Step,

    /// <summary>A part of a larger batch: sums, added to what is there.</summary>
    Accumulate,
}

/// <summary>TrainStep: check everything, then the passes over tiles of the batch, or the one method of small networks for a sample or for all.</summary>
internal sealed class TrainStepEmitter(LoweredProgram program, SourceWriter writer)
{
    /// <summary>The elements of workspace that one tile of a training step may take: beyond it, memory would grow with the batch without need.</summary>
    private const int TileElements = 4 * 1024 * 1024;

    private string Type => program.Element.Keyword;

    /// <summary>The samples of a tile, a multiple of the largest block of rows.</summary>
    public int TileRows => Math.Max(252, Math.Min(4092, TileElements / program.Training.Columns / 12 * 12));

    public void Emit()
    {
        foreach ((string type, string name, string suffix) in BatchParameters.TargetsOf(program))
        {
            EmitTrainStep(type, name, suffix);
        }

        if (SampleStepEmitter.Fits(program))
        {
            foreach ((string type, string name, string suffix) in BatchParameters.TargetsOf(program))
            {
                new SampleStepEmitter(program, writer).Emit(type, name, suffix);
            }
        }
    }

    private void EmitTrainStep(string type, string name, string suffix)
    {
        writer.Blank();
        writer.Doc("summary", "One step of training: forward, loss, backward and one step of the optimizer.");
        BatchParameters.DocInputs(writer, program);
        BatchParameters.DocTargets(writer, program, name);
        writer.Doc("returns", "The loss of the batch before the step.");
        writer.Doc("exception cref=\"ArgumentException\"", BatchParameters.MisfitWords("the inputs", name));
        using (writer.Open($"public {Type} TrainStep(ReadOnlySpan<{Type}> inputs, {type} {name}, ReadOnlySpan<{Type}> sampleWeights = default)"))
        {
            bool inPlace = program.CanUpdateInPlace;
            OptimizerEmitter.EmitTrainingCheck(writer, program);
            if (program.Spec.KeepIntermediates)
            {
                // The layers offer z, h and δ of all samples afterwards, so the batch is not cut into tiles.
                writer.Line("int batch = NetworkGuard.BatchSize(inputs.Length, InputSize, nameof(inputs));");
                BatchParameters.EmitTargetChecks(writer, name);
                writer.Line("Forward(inputs);");
                writer.Line($"{Type} loss = Backward({name}, sampleWeights);");
            }
            else
            {
                writer.Line("int batch = NetworkGuard.BatchSize(inputs.Length, InputSize, nameof(inputs));");
                BatchParameters.EmitTargetChecks(writer, name);
                bool isSmall = SampleStepEmitter.Loops(program);
                if (isSmall)
                {
                    writer.Line("Reserve(batch, batch);");
                }
                else
                {
                    writer.Line($"const int TileRows = {TileRows};");
                    writer.Line("Reserve(batch, Math.Min(batch, TileRows));");
                }

                writer.Line("ImportParameters();");
                bool hasSampleStep = !isSmall && SampleStepEmitter.Fits(program);
                if (!isSmall && !hasSampleStep)
                {
                    EmitTranspose();
                }

                writer.Blank();
                writer.Line($"{Type} scale = LossScale({name}, sampleWeights, batch);");
                if (inPlace)
                {
                    writer.Blank();
                    writer.Line("// The backward pass is linear in δ: started from −η times the gradient of the loss, it adds −η·∂W to W itself, and nobody");
                    writer.Line(isSmall
                        ? "// needs ∂W, unless the caller looks at the gradients."
                        : "// needs ∂W. Not so for several tiles, which must all see the same W, nor where the caller looks at the gradients.");
                    writer.Line($"bool inPlace = {(isSmall ? string.Empty : "batch <= TileRows && ")}_gradientView is null;");
                    writer.Line($"{Type} gradientScale = inPlace ? -_learningRate * scale : scale;");
                }

                if (!program.IsParallel)
                {
                    writer.Line(inPlace
                        ? $"ref {Type} gradients = ref (inPlace ? ref _parameters.Origin : ref _gradients.Origin);"
                        : $"ref {Type} gradients = ref _gradients.Origin;");
                }

                writer.Blank();
                if (isSmall)
                {
                    EmitSmallStep(name, suffix, inPlace);
                }
                else
                {
                    EmitPasses(name, suffix, hasSampleStep);
                }

                writer.Blank();
                writer.Line("_lossCount = batch;");
                AccumulateEmitter.EmitEnd(writer, program);
                if (inPlace)
                {
                    using (writer.Open("if (!inPlace)"))
                    {
                        writer.Line("ExportGradients();");
                        writer.Line("OptimizerStep();");
                    }

                    writer.Blank();
                }
                else
                {
                    writer.Line("ExportGradients();");
                }
            }

            if (!inPlace || program.Spec.KeepIntermediates)
            {
                writer.Line("OptimizerStep();");
            }

            writer.Line("ExportParameters();");
            writer.Line("return loss;");
        }
    }

    private void EmitPasses(string name, string suffix, bool hasSampleStep)
    {
        writer.Line($"{Type} loss = 0;");
        if (hasSampleStep)
        {
            EmitSampleStep(name, suffix, program.CanUpdateInPlace);
        }

        using (IDisposable? otherwise = hasSampleStep ? writer.Open("else") : null)
        {
            if (hasSampleStep && TransposeEmitter.StepTransposes(program))
            {
                EmitTranspose();
                writer.Blank();
            }

            EmitTiles(name, suffix, TileUse.Step);
        }
    }

    /// <summary>The whole step in one call: a sample takes so little workspace that the batch is not cut into tiles.</summary>
    private void EmitSmallStep(string name, string suffix, bool inPlace)
    {
        EmitClear(inPlace);
        writer.Line($"ref {Type} x = ref MemoryMarshal.GetReference(inputs);");
        writer.Line($"Span<{Type}> sampleLosses = _sampleLosses.AsSpan(0, batch);");
        string scales = inPlace ? "scale, gradientScale" : "scale";
        string arguments = $"ref x, {name}, sampleWeights, {scales}, ref _workspace.Origin, ref gradients, batch, sampleLosses";
        writer.Line($"{Type} loss = {SampleStepEmitter.Call(program, suffix, arguments)};");
    }

    private void EmitTranspose()
    {
        if (TransposeEmitter.StepTransposes(program))
        {
            writer.Line("TransposeWeights(inputGradients: false);");
        }
    }

    private void EmitSampleStep(string name, string suffix, bool inPlace)
    {
        using (writer.Open("if (batch == 1)"))
        {
            EmitClear(inPlace);
            writer.Line($"ref {Type} x = ref MemoryMarshal.GetReference(inputs);");
            string scales = inPlace ? "scale, gradientScale" : "scale";
            string arguments = $"ref x, {name}, sampleWeights, {scales}, ref _workspace.Origin, ref gradients, _sampleLosses";
            writer.Line($"loss = {SampleStepEmitter.Call(program, suffix, arguments)};");
        }
    }

    /// <summary>The methods of small networks add to the gradients.</summary>
    private void EmitClear(bool inPlace)
    {
        using (inPlace ? writer.Open("if (!inPlace)") : default)
        {
            writer.Line("_gradients.Span.Clear();");
        }

        writer.Blank();
    }

    /// <summary>Writes the walk over the tiles of a batch; what it finds in <c>loss</c> it adds to.</summary>
    public void EmitTiles(string name, string suffix, TileUse use)
    {
        writer.Line("// Large batches are walked in tiles; the gradients add up over them.");
        using (writer.Open("for (int first = 0; first < batch; first += TileRows)"))
        {
            writer.Line("int rows = Math.Min(TileRows, batch - first);");
            if (program.IsParallel)
            {
                EmitParallelTile(name, suffix, use);
            }
            else
            {
                EmitTile(name, suffix, use);
            }
        }
    }

    private void EmitTile(string name, string suffix, TileUse use)
    {
        writer.Line($"ref {Type} x = ref MemoryMarshal.GetReference(inputs.Slice(first * InputSize));");
        writer.Line($"ref {Type} workspace = ref _workspace.Origin;");
        InferenceEmitter.EmitTileTargets(writer, program, name);
        writer.Line($"Span<{Type}> sampleLosses = _sampleLosses.AsSpan(first, rows);");
        writer.Blank();
        writer.Line("ForwardPass(ref x, ref workspace, rows);");
        string scales = use == TileUse.Accumulate
            ? program.CanUpdateInPlace ? "scale: 1, gradientScale: 1" : "scale: 1"
            : program.CanUpdateInPlace ? "scale, gradientScale" : "scale";
        writer.Line($"loss += Loss{suffix}({name}OfTile, weightsOfTile, {scales}, ref workspace, rows, sampleLosses);");
        if (program.LossGivesOutputGradient)
        {
            writer.Line("OutputGradientPass(ref workspace, rows);");
        }

        string gradients = use == TileUse.Accumulate ? "ref _gradients.Origin" : "ref gradients";
        writer.Line($"BackwardPass(ref x, ref workspace, {gradients}, rows, accumulate: {AddsUp(use)}, inputGradients: false);");
    }

    /// <summary>The passes of a tile one after the other, each in parts on several threads.</summary>
    private void EmitParallelTile(string name, string suffix, TileUse use)
    {
        bool isPart = use == TileUse.Accumulate;
        bool inPlace = program.CanUpdateInPlace && !isPart;
        InferenceEmitter.EmitTileTargets(writer, program, name);
        string targets = ThreadsEmitter.Targets(name, $"{name}OfTile", "weightsOfTile");
        writer.Line($"var tile = new PassData<{Type}> {{ Batch = rows, Inputs = inputs.Slice(first * InputSize, rows * InputSize){targets} }};");
        string scale = isPart ? "1" : inPlace ? "gradientScale" : "scale";
        writer.Line($"_pass = ({scale}, first, InputGradients: false, Accumulate: {AddsUp(use)}, InPlace: {(inPlace ? "inPlace" : "false")});");
        writer.Line("int parts = PartsOf(rows);");
        writer.Blank();
        writer.Line("ForwardParts.Run(parts, tile);");
        writer.Line($"Loss{suffix}Parts.Run(parts, tile);");
        writer.Line("GradientParts.Run(parts, tile);");
        writer.Line($"loss += TotalLoss(_sampleLosses.AsSpan(first, rows)){(isPart ? string.Empty : " * scale")};");
    }

    /// <summary>When a tile adds to the gradients instead of replacing them.</summary>
    private string AddsUp(TileUse use) => use == TileUse.Accumulate ? "_isAccumulating || first > 0"
        : program.CanUpdateInPlace ? "inPlace || first > 0"
        : "first > 0";
}
