using BackpropGen.Generator.Emission.Optimizers;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission;

/// <summary>
/// The step of the optimizer: one flat loop, because parameters, gradients and state share one layout. It is divided among threads where it
/// is long enough, and runs range by range where parameters differ in their weight decay. Clipping and decay come before the rule of the
/// optimizer, the average after it, all in the same round of the loop.
/// </summary>
internal sealed class StepEmitter(LoweredProgram program, SourceWriter writer, UpdateRule rule)
{
    private readonly OptimizerSpec _optimizer = program.Spec.Optimizer!;
    private readonly ElementType _element = program.Element;
    private readonly IReadOnlyList<DecayRange> _ranges = DecayRange.Of(program.Parameters, program.Spec.Optimizer!);

    private string Type => _element.Keyword;

    private int Length => program.Parameters.BlockLength;

    /// <summary>Whether the loop is long enough for several threads.</summary>
    private bool IsParted => ThreadsEmitter.OptimizerParts(program) > 1;

    /// <summary>Whether parameters differ in their weight decay.</summary>
    private bool HasRanges => _ranges.Count > 1;

    private bool Decays => _ranges.Any(range => range.Decay > 0);

    public void Emit()
    {
        writer.Blank();
        writer.Doc("summary", Summary());
        if (IsParted)
        {
            EmitWhole(() => writer.Line(
                $"OptimizerParts.Run(Math.Min({CSharpLiteral.Int(ThreadsEmitter.OptimizerParts(program))}, _parallelism), default);"));
            writer.Blank();
            ThreadsEmitter.EmitPass(writer, Type, "Optimizer");
            writer.Blank();
            writer.Doc("summary", "The step of one range of parameters.");
            EmitPart();
        }
        else if (HasRanges)
        {
            StatementList calls = RangeCalls(range => CSharpLiteral.Int(range.Start), range => CSharpLiteral.Int(range.End), string.Empty, string.Empty);
            EmitWhole(calls.EmitStatements);
            calls.EmitParts();
        }
        else
        {
            writer.Optimized();
            EmitWhole(() => EmitLoop("0", CSharpLiteral.Int(Length)));
            return;
        }

        if (HasRanges)
        {
            writer.Blank();
            writer.Doc("summary", "The step of the parameters from start to end, which share one weight decay; none where start is not before end.");
            writer.Optimized();
            using (writer.Open($"private void OptimizerRange(nint start, nint end, {Type} weightDecay)"))
            {
                EmitLoop("start", "end");
            }
        }
    }

    /// <summary>The step as a whole: what happens once, and between it the loop.</summary>
    private void EmitWhole(Action emitLoop)
    {
        using (writer.Open("private void OptimizerStep()"))
        {
            if (_optimizer.Averages)
            {
                AverageEmitter.EmitStart(writer);
                writer.Blank();
            }

            if (_optimizer.Clips)
            {
                writer.Line("_gradientNorm = ParameterBlock.Norm(_gradients);");
                if (rule.Before.Count > 0)
                {
                    writer.Blank();
                }
            }

            EmitLines(rule.Before);
            writer.Blank();
            emitLoop();
            if (rule.After.Count > 0)
            {
                writer.Blank();
                EmitLines(rule.After);
            }
        }
    }

    private void EmitPart()
    {
        if (!HasRanges)
        {
            writer.Optimized();
        }

        string start = $"part.Start({Length}, {_element.PanelWidth})";
        string end = $"part.End({Length}, {_element.PanelWidth})";
        StatementList? calls = null;
        using (writer.Open($"private void OptimizerPart(PassPart part, in PassData<{Type}> data)"))
        {
            writer.Line($"nint start = {start};");
            writer.Line($"nint end = {end};");
            if (HasRanges)
            {
                calls = RangeCalls(
                    range => $"(nint)Math.Max(start, {range.Start})", range => $"(nint)Math.Min(end, {range.End})", "nint start, nint end", "start, end");
                calls.EmitStatements();
            }
            else
            {
                EmitLoop("start", "end");
            }
        }

        calls?.EmitParts();
    }

    private StatementList RangeCalls(Func<DecayRange, string> start, Func<DecayRange, string> end, string declarations, string arguments) => new(
        writer,
        "OptimizerRanges",
        declarations,
        arguments,
        "private",
        _ranges.Select(range =>
            $"OptimizerRange({start(range)}, {end(range)}, {CSharpLiteral.Number(range.Decay, _element)});  // {range.Words}").ToList());

    private void EmitLoop(string start, string end)
    {
        writer.Line($"ref {Type} parameters = ref _parameters.Origin;");
        writer.Line($"ref {Type} gradients = ref _gradients.Origin;");
        foreach (StatePlane plane in rule.Planes)
        {
            writer.Line($"ref {Type} {plane.Local} = ref {plane.Field}.Origin;");
        }

        if (_optimizer.Averages)
        {
            writer.Line($"ref {Type} averages = ref _averages.Origin;");
        }

        EmitLines(rule.Constants);
        EmitSharedConstants();
        writer.Blank();
        using (writer.Open($"for (nint i = {start}; i < {end}; i += {_element.Lanes})"))
        {
            EmitGradient();
            EmitLines(rule.Body);
            EmitResult();
        }
    }

    private void EmitSharedConstants()
    {
        string Literal(double value) => CSharpLiteral.Number(value, _element);

        if (_optimizer.ClipNorm > 0)
        {
            writer.Line($"var clip = Simd.Broadcast(Math.Min(1, {Literal(_optimizer.ClipNorm)} / (_gradientNorm + {Literal(1e-6)})));");
        }
        else if (_optimizer.ClipValue > 0)
        {
            writer.Line($"var limit = Simd.Broadcast({Literal(_optimizer.ClipValue)});");
        }

        if (Decays)
        {
            string decay = HasRanges ? "weightDecay" : Literal(_ranges[0].Decay);
            writer.Line($"var decay = Simd.Broadcast({(_optimizer.DecoupledWeightDecay ? $"1 - _learningRate * {decay}" : decay)});");
        }

        if (_optimizer.Averages)
        {
            writer.Line($"var averageDecay = Simd.Broadcast({Literal(_optimizer.AverageDecay)});");
            writer.Line($"var averageShare = Simd.Broadcast({Literal(1 - _optimizer.AverageDecay)});");
        }
    }

    /// <summary>θ and g as the rule finds them: g clipped, and the decay in one of the two.</summary>
    private void EmitGradient()
    {
        writer.Line("var theta = Simd.Load(ref parameters, i);");
        writer.Line(_optimizer.ClipNorm > 0 ? "var g = clip * Simd.Load(ref gradients, i);" : "var g = Simd.Load(ref gradients, i);");
        if (_optimizer.ClipValue > 0)
        {
            writer.Line("g = Vector256.Max(-limit, Vector256.Min(limit, g));");
        }

        if (Decays)
        {
            writer.Line(_optimizer.DecoupledWeightDecay ? "theta *= decay;" : "g = Simd.MultiplyAdd(decay, theta, g);");
        }
    }

    private void EmitResult()
    {
        if (!_optimizer.Averages)
        {
            writer.Line($"Simd.Store({rule.Result}, ref parameters, i);");
            return;
        }

        writer.Line($"theta = {rule.Result};");
        writer.Line("Simd.Store(theta, ref parameters, i);");
        writer.Line("Simd.Store(Simd.MultiplyAdd(averageDecay, Simd.Load(ref averages, i), averageShare * theta), ref averages, i);");
    }

    private void EmitLines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            writer.Line(line);
        }
    }

    private string Summary()
    {
        string clip = _optimizer.ClipNorm > 0 ? "g ← g·min(1, c/(‖g‖ + 10⁻⁶)), then "
            : _optimizer.ClipValue > 0 ? "g ← min(c, max(−c, g)), then "
            : string.Empty;
        string decay = !Decays ? string.Empty : _optimizer.DecoupledWeightDecay ? "θ ← θ − η·λ·θ, then " : "g ← g + λ·θ, then ";
        string average = _optimizer.Averages ? "; then the average θ̄ ← d·θ̄ + (1 − d)·θ" : string.Empty;
        return $"One step of {rule.Title}: {clip}{decay}{rule.Formula}{average}.";
    }
}
