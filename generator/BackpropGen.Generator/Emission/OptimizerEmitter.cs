using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission;

/// <summary>TrainStep, ApplyGradients, and the optimizer step itself: one flat loop, because parameters, gradients and state share one layout.</summary>
internal sealed class OptimizerEmitter(LoweredProgram program, SourceWriter writer)
{
    /// <summary>The elements of workspace that one tile of a training step may take: beyond it, memory would grow with the batch without need.</summary>
    private const int TileElements = 4 * 1024 * 1024;

    private readonly OptimizerSpec _optimizer = program.Spec.Optimizer!;
    private readonly ElementType _element = program.Element;

    private string Type => _element.Keyword;

    /// <summary>Whether the first step, which is not dampened, must be told from the others.</summary>
    private bool IsDampened => _optimizer is SgdSpec { Momentum: > 0, Dampening: > 0 };

    public void Emit()
    {
        foreach ((string type, string name, string suffix) in TrainingEmitter.TargetsOf(program))
        {
            EmitTrainStep(type, name, suffix);
        }

        if (SampleStepEmitter.Fits(program))
        {
            foreach ((string type, string name, string suffix) in TrainingEmitter.TargetsOf(program))
            {
                new SampleStepEmitter(program, writer).Emit(type, name, suffix);
            }
        }

        writer.Blank();
        writer.Doc("summary", "Moves the parameters along the gradients of the last backward pass: one step of the optimizer.");
        using (writer.Open("public void ApplyGradients()"))
        {
            writer.Line("ImportParameters();");
            writer.Line("ImportGradients();");
            writer.Line("OptimizerStep();");
            writer.Line("ExportParameters();");
        }

        EmitState();
        EmitStep();
    }

    private void EmitTrainStep(string type, string name, string suffix)
    {
        writer.Blank();
        writer.Doc("summary", "One step of training: forward, loss, backward and one step of the optimizer.");
        writer.Doc("param name=\"inputs\"", $"[N × {program.Spec.Inputs}], one sample per row, N ≥ 1.");
        TrainingEmitter.DocTargets(writer, program, name);
        writer.Doc("returns", "The loss of the batch before the step.");
        writer.Doc("exception cref=\"ArgumentException\"", "A length does not fit the inputs, a label is not a class, or a weight is negative or not finite.");
        using (writer.Open($"public {Type} TrainStep(ReadOnlySpan<{Type}> inputs, {type} {name}, ReadOnlySpan<{Type}> sampleWeights = default)"))
        {
            bool inPlace = program.CanUpdateInPlace;
            if (program.Spec.KeepIntermediates)
            {
                // The layers offer z, h and δ of all samples afterwards, so the batch is not cut into tiles.
                writer.Line("int batch = NetworkGuard.BatchSize(inputs.Length, InputSize, nameof(inputs));");
                TrainingEmitter.EmitTargetChecks(writer, name);
                writer.Line("Forward(inputs);");
                writer.Line($"{Type} loss = Backward({name}, sampleWeights);");
            }
            else
            {
                writer.Line("int batch = NetworkGuard.BatchSize(inputs.Length, InputSize, nameof(inputs));");
                TrainingEmitter.EmitTargetChecks(writer, name);
                writer.Line($"const int TileRows = {TileRows};");
                writer.Line("Reserve(batch, Math.Min(batch, TileRows));");
                writer.Line("ImportParameters();");
                bool hasSampleStep = SampleStepEmitter.Fits(program);
                if (!hasSampleStep)
                {
                    EmitTranspose();
                }

                writer.Blank();
                writer.Line($"{Type} scale = LossScale({name}, sampleWeights, batch);");
                if (inPlace)
                {
                    writer.Blank();
                    writer.Line("// The backward pass is linear in δ: started from −η times the gradient of the loss, it adds −η·∂W to W itself, and nobody");
                    writer.Line("// needs ∂W. Not so for several tiles, which must all see the same W, nor where the caller looks at the gradients.");
                    writer.Line("bool inPlace = batch <= TileRows && _gradientView is null;");
                    writer.Line($"{Type} gradientScale = inPlace ? -_learningRate * scale : scale;");
                }

                if (!program.IsParallel)
                {
                    writer.Line(inPlace
                        ? $"ref {Type} gradients = ref (inPlace ? ref _parameters.Origin : ref _gradients.Origin);"
                        : $"ref {Type} gradients = ref _gradients.Origin;");
                }

                writer.Blank();
                writer.Line($"{Type} loss = 0;");
                if (hasSampleStep)
                {
                    EmitSampleStep(name, suffix, inPlace);
                }

                using (IDisposable? otherwise = hasSampleStep ? writer.Open("else") : null)
                {
                    if (hasSampleStep && TrainingEmitter.StepTransposes(program))
                    {
                        EmitTranspose();
                        writer.Blank();
                    }

                    EmitTiles(name, suffix);
                }

                writer.Blank();
                writer.Line("_batch = batch;");
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

    private void EmitTranspose()
    {
        if (TrainingEmitter.StepTransposes(program))
        {
            writer.Line("TransposeWeights(inputGradients: false);");
        }
    }

    private void EmitSampleStep(string name, string suffix, bool inPlace)
    {
        using (writer.Open("if (batch == 1)"))
        {
            if (!inPlace)
            {
                writer.Line("_gradients.Span.Clear();");
            }
            else
            {
                using (writer.Open("if (!inPlace)"))
                {
                    writer.Line("_gradients.Span.Clear();");
                }

                writer.Blank();
            }

            writer.Line($"ref {Type} x = ref MemoryMarshal.GetReference(inputs);");
            string scales = inPlace ? "scale, gradientScale" : "scale";
            writer.Line(
                $"loss = {SampleStepEmitter.Name(suffix)}(ref x, {name}, sampleWeights, {scales}, ref _workspace.Origin, ref gradients, _sampleLosses);");
        }
    }

    private void EmitTiles(string name, string suffix)
    {
        writer.Line("// Large batches are walked in tiles; the gradients add up over them.");
        using (writer.Open("for (int first = 0; first < batch; first += TileRows)"))
        {
            writer.Line("int rows = Math.Min(TileRows, batch - first);");
            if (program.IsParallel)
            {
                EmitParallelTile(name, suffix);
            }
            else
            {
                EmitTile(name, suffix);
            }
        }
    }

    private void EmitTile(string name, string suffix)
    {
        bool inPlace = program.CanUpdateInPlace;
        writer.Line($"ref {Type} x = ref MemoryMarshal.GetReference(inputs.Slice(first * InputSize));");
        writer.Line($"ref {Type} workspace = ref _workspace.Origin;");
        InferenceEmitter.EmitTileTargets(writer, program, name);
        writer.Line($"Span<{Type}> sampleLosses = _sampleLosses.AsSpan(first, rows);");
        writer.Blank();
        writer.Line("ForwardPass(ref x, ref workspace, rows);");
        writer.Line($"loss += Loss{suffix}({name}OfTile, weightsOfTile, {(inPlace ? "scale, gradientScale" : "scale")}, ref workspace, rows, sampleLosses);");
        if (program.LossGivesOutputGradient)
        {
            writer.Line(TrainingEmitter.OutputGradientCall(program, "ref x", "ref workspace", "rows"));
        }

        string accumulate = inPlace ? "inPlace || first > 0" : "first > 0";
        writer.Line($"BackwardPass(ref x, ref workspace, ref gradients, rows, accumulate: {accumulate}, inputGradients: false);");
    }

    /// <summary>The passes of a tile one after the other, each in parts on several threads.</summary>
    private void EmitParallelTile(string name, string suffix)
    {
        bool inPlace = program.CanUpdateInPlace;
        InferenceEmitter.EmitTileTargets(writer, program, name);
        string targets = ThreadsEmitter.Targets(name, $"{name}OfTile", "weightsOfTile");
        writer.Line($"var tile = new PassData<{Type}> {{ Batch = rows, Inputs = inputs.Slice(first * InputSize, rows * InputSize){targets} }};");
        string accumulate = inPlace ? "inPlace || first > 0" : "first > 0";
        writer.Line($"_pass = ({(inPlace ? "gradientScale" : "scale")}, first, InputGradients: false, Accumulate: {accumulate}, InPlace: {(inPlace ? "inPlace" : "false")});");
        writer.Line("int parts = PartsOf(rows);");
        writer.Blank();
        writer.Line("ForwardParts.Run(parts, tile);");
        writer.Line($"Loss{suffix}Parts.Run(parts, tile);");
        writer.Line("GradientParts.Run(parts, tile);");
        writer.Line("loss += TotalLoss(_sampleLosses.AsSpan(first, rows)) * scale;");
    }

    private int TileRows => Math.Max(252, Math.Min(4092, TileElements / program.Training.Columns / 12 * 12));

    private void EmitState()
    {
        int length = program.Parameters.BlockLength;
        writer.Blank();
        writer.Line($"private {Type} _learningRate = {CSharpLiteral.Number(_optimizer.LearningRate, _element)};");
        switch (_optimizer)
        {
            case AdamSpec:
                writer.Line($"private readonly AlignedBuffer<{Type}> _firstMoments = new({length});");
                writer.Line($"private readonly AlignedBuffer<{Type}> _secondMoments = new({length});");
                writer.Line("private double _beta1Power = 1;  // β₁ᵗ after t steps");
                writer.Line("private double _beta2Power = 1;  // β₂ᵗ");
                break;
            case SgdSpec { Momentum: > 0 }:
                writer.Line($"private readonly AlignedBuffer<{Type}> _velocity = new({length});");
                if (IsDampened)
                {
                    writer.Line("private bool _hasVelocity;");
                }

                break;
        }

        writer.Blank();
        writer.Doc("summary", "The learning rate η of the steps to come.");
        writer.Doc("exception cref=\"ArgumentOutOfRangeException\"", "The rate is not a finite number above 0.");
        using (writer.Open($"public {Type} LearningRate"))
        {
            writer.Line("get => _learningRate;");
            writer.Line("set => _learningRate = NetworkGuard.LearningRate(value);");
        }

        writer.Blank();
        writer.Doc("summary", "Forgets what the optimizer gathered in earlier steps; the learning rate stays.");
        using (writer.Open("private void ResetOptimizer()"))
        {
            switch (_optimizer)
            {
                case AdamSpec:
                    writer.Line("_firstMoments.Span.Clear();");
                    writer.Line("_secondMoments.Span.Clear();");
                    writer.Line("_beta1Power = 1;");
                    writer.Line("_beta2Power = 1;");
                    break;
                case SgdSpec { Momentum: > 0 }:
                    writer.Line("_velocity.Span.Clear();");
                    if (IsDampened)
                    {
                        writer.Line("_hasVelocity = false;");
                    }

                    break;
                default:
                    writer.Line("// Plain gradient descent remembers nothing.");
                    break;
            }
        }
    }

    private void EmitStep()
    {
        writer.Blank();
        writer.Doc("summary", Summary());
        if (IsParted)
        {
            EmitParts();
        }

        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Open(IsParted ? $"private void OptimizerPart(PassPart part, in PassData<{Type}> data)" : "private void OptimizerStep()"))
        {
            writer.Line($"ref {Type} parameters = ref _parameters.Origin;");
            writer.Line($"ref {Type} gradients = ref _gradients.Origin;");
            switch (_optimizer)
            {
                case AdamSpec adam:
                    EmitAdam(adam);
                    break;
                case SgdSpec sgd:
                    EmitSgd(sgd);
                    break;
                default:
                    throw new InvalidOperationException($"No text for {_optimizer}.");
            }
        }
    }

    /// <summary>Whether the loop is long enough for several threads.</summary>
    private bool IsParted => ThreadsEmitter.OptimizerParts(program) > 1;

    /// <summary>The step as a whole: what happens once, and the loop in parts.</summary>
    private void EmitParts()
    {
        using (writer.Open("private void OptimizerStep()"))
        {
            EmitPowers();
            writer.Line($"OptimizerParts.Run(Math.Min({CSharpLiteral.Int(ThreadsEmitter.OptimizerParts(program))}, _parallelism), default);");
            if (IsDampened)
            {
                writer.Line("_hasVelocity = true;");
            }
        }

        writer.Blank();
        ThreadsEmitter.EmitPass(writer, Type, "Optimizer");
        writer.Blank();
        writer.Doc("summary", "The step of one range of parameters.");
    }

    private void EmitPowers()
    {
        if (_optimizer is AdamSpec adam)
        {
            writer.Line("// Both moments start at zero; the corrections undo the bias of the first steps.");
            writer.Line($"_beta1Power *= {CSharpLiteral.Number(adam.Beta1, ElementType.Double)};");
            writer.Line($"_beta2Power *= {CSharpLiteral.Number(adam.Beta2, ElementType.Double)};");
        }
    }

    private string Summary() => _optimizer switch
    {
        AdamSpec { DecoupledDecay: true } => "One step of AdamW: θ ← θ − η·λ·θ, then m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², θ ← θ − η/(1 − β₁ᵗ)·m / (√v/√(1 − β₂ᵗ) + ε).",
        AdamSpec => "One step of Adam: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², θ ← θ − η/(1 − β₁ᵗ)·m / (√v/√(1 − β₂ᵗ) + ε).",
        SgdSpec { Nesterov: true } => "One step of gradient descent with Nesterov momentum: v ← μ·v + g, θ ← θ − η·(g + μ·v).",
        SgdSpec { Momentum: > 0 } => "One step of gradient descent with momentum: v ← μ·v + (1 − dampening)·g, θ ← θ − η·v.",
        _ => "One step of gradient descent: θ ← θ − η·g.",
    };

    private void EmitSgd(SgdSpec sgd)
    {
        bool hasMomentum = sgd.Momentum > 0;
        if (hasMomentum)
        {
            writer.Line($"ref {Type} velocity = ref _velocity.Origin;");
        }

        writer.Line("var rate = Simd.Broadcast(_learningRate);");
        if (hasMomentum)
        {
            writer.Line($"var momentum = Simd.Broadcast({CSharpLiteral.Number(sgd.Momentum, _element)});");
            if (IsDampened)
            {
                writer.Line($"var share = Simd.Broadcast(_hasVelocity ? {CSharpLiteral.Number(1 - sgd.Dampening, _element)} : 1);  // the first step is not dampened");
                if (!IsParted)
                {
                    writer.Line("_hasVelocity = true;");
                }
            }
        }

        EmitDecay();
        using (OpenLoop())
        {
            EmitGradient(coupledDecay: true);
            if (hasMomentum)
            {
                string g = IsDampened ? "share * g" : "g";
                writer.Line($"var v = Simd.MultiplyAdd(momentum, Simd.Load(ref velocity, i), {g});");
                writer.Line("Simd.Store(v, ref velocity, i);");
                if (sgd.Nesterov)
                {
                    writer.Line("v = Simd.MultiplyAdd(momentum, v, g);");
                }
            }

            writer.Line($"Simd.Store(Simd.NegateMultiplyAdd(rate, {(hasMomentum ? "v" : "g")}, theta), ref parameters, i);");
        }
    }

    private void EmitAdam(AdamSpec adam)
    {
        string Literal(double value) => CSharpLiteral.Number(value, _element);
        string math = _element == ElementType.Double ? string.Empty : "(float)";
        writer.Line($"ref {Type} firstMoments = ref _firstMoments.Origin;");
        writer.Line($"ref {Type} secondMoments = ref _secondMoments.Origin;");
        writer.Line($"var beta1 = Simd.Broadcast({Literal(adam.Beta1)});");
        writer.Line($"var beta2 = Simd.Broadcast({Literal(adam.Beta2)});");
        writer.Line($"var share1 = Simd.Broadcast({Literal(1 - adam.Beta1)});  // 1 − β₁");
        writer.Line($"var share2 = Simd.Broadcast({Literal(1 - adam.Beta2)});  // 1 − β₂");
        writer.Line($"var epsilon = Simd.Broadcast({Literal(adam.Epsilon)});");
        if (!IsParted)
        {
            writer.Blank();
            EmitPowers();
        }

        writer.Line($"var rate = Simd.Broadcast({math}(_learningRate / (1 - _beta1Power)));");
        writer.Line($"var correction = Simd.Broadcast({math}(1 / Math.Sqrt(1 - _beta2Power)));");
        EmitDecay(decoupled: adam.DecoupledDecay);
        using (OpenLoop())
        {
            EmitGradient(coupledDecay: !adam.DecoupledDecay);
            writer.Line("var m = Simd.MultiplyAdd(beta1, Simd.Load(ref firstMoments, i), share1 * g);");
            writer.Line("var v = Simd.MultiplyAdd(beta2, Simd.Load(ref secondMoments, i), share2 * (g * g));");
            writer.Line("Simd.Store(m, ref firstMoments, i);");
            writer.Line("Simd.Store(v, ref secondMoments, i);");
            if (adam.DecoupledDecay && adam.WeightDecay > 0)
            {
                writer.Line("theta *= decay;");
            }

            writer.Line("var scale = Simd.MultiplyAdd(Vector256.Sqrt(v), correction, epsilon);");
            writer.Line("Simd.Store(Simd.NegateMultiplyAdd(rate, m / scale, theta), ref parameters, i);");
        }
    }

    private void EmitDecay(bool decoupled = false)
    {
        if (_optimizer.WeightDecay > 0)
        {
            string lambda = CSharpLiteral.Number(_optimizer.WeightDecay, _element);
            writer.Line(decoupled ? $"var decay = Simd.Broadcast(1 - _learningRate * {lambda});" : $"var decay = Simd.Broadcast({lambda});");
        }
    }

    private SourceWriter.Block OpenLoop()
    {
        writer.Blank();
        int length = program.Parameters.BlockLength;
        if (!IsParted)
        {
            return writer.Open($"for (nint i = 0; i < {length}; i += {_element.Lanes})");
        }

        writer.Line($"nint end = part.End({length}, {_element.PanelWidth});");
        return writer.Open($"for (nint i = part.Start({length}, {_element.PanelWidth}); i < end; i += {_element.Lanes})");
    }

    private void EmitGradient(bool coupledDecay)
    {
        writer.Line("var theta = Simd.Load(ref parameters, i);");
        writer.Line("var g = Simd.Load(ref gradients, i);");
        if (coupledDecay && _optimizer.WeightDecay > 0)
        {
            writer.Line("g = Simd.MultiplyAdd(decay, theta, g);");
        }
    }
}
