using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission;

/// <summary>ApplyGradients, and the optimizer step itself: one flat loop, because parameters, gradients and state share one layout.</summary>
internal sealed class OptimizerEmitter(LoweredProgram program, SourceWriter writer)
{
    private readonly OptimizerSpec _optimizer = program.Spec.Optimizer!;
    private readonly ElementType _element = program.Element;

    private string Type => _element.Keyword;

    /// <summary>Whether the first step, which is not dampened, must be told from the others.</summary>
    private bool IsDampened => _optimizer is SgdSpec { Momentum: > 0, Dampening: > 0 };

    public void Emit()
    {
        new TrainStepEmitter(program, writer).Emit();
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
