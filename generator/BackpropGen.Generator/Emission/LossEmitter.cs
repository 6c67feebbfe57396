using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission;

/// <summary>
/// Writes the output layer of the derivation: for every sample its loss and the gradient that the backward pass starts from, one private
/// method per kind of target.
/// </summary>
internal sealed class LossEmitter(LoweredProgram program, SourceWriter writer)
{
    private readonly LossStep _step = program.Loss;
    private readonly ElementType _element = program.Element;
    private readonly RowLoops _rows = new(writer, program.Element, program.LastLayer.Outputs);

    /// <summary>Whether the text is that of one sample, n, whose rows are in registers, instead of a loop over the batch.</summary>
    private bool _isSample;

    private string Type => _element.Keyword;

    private LossSpec Loss => _step.Loss;

    /// <summary>What the gradient is multiplied by; apart from the loss's factor only where a training step may update in place.</summary>
    private string GradientScale => program.CanUpdateInPlace && !program.IsParallel ? "gradientScale" : "scale";

    /// <summary>Whether a label needs its whole target row: smoothing spreads it over all classes.</summary>
    private bool LabelsNeedRows => Loss.LabelSmoothing > 0;

    public void Emit()
    {
        LossRule rule = LossRules.Of(Loss.Kind);
        Reductions.Emit(writer, program);
        if (rule.TakesLabels)
        {
            EmitMethod("FromLabels", "ReadOnlySpan<int> labels");
        }

        if (rule.TakesRows)
        {
            EmitMethod("FromRows", $"ReadOnlySpan<{Type}> targets");
        }

        EmitWeights("ClassWeights", "The weight of each class.", Loss.ClassWeights);
        EmitWeights("PositiveWeights", "The weight of the positive term of each output, padded to whole vectors.", Loss.PositiveWeights);
    }

    /// <summary>Whether the loss reads target rows staged in the workspace.</summary>
    public bool UsesTargetRows(string suffix) => suffix == "FromRows" || (_step.Source == LossSource.Logits && LabelsNeedRows);

    /// <summary>
    /// Whether the loss of a sample whose rows are in registers finds z (or h) and the target row there and leaves its gradient there;
    /// losses that pick single elements want memory.
    /// </summary>
    public bool KeepsRowsInRegisters(string suffix) => _rows.IsOneVector && UsesTargetRows(suffix);

    /// <summary>Whether the gradient of such a sample stays in a register.</summary>
    public bool KeepsGradientInRegister(string suffix) => _rows.IsOneVector && (UsesTargetRows(suffix) || _step.Source == LossSource.Logits);

    /// <summary>Whether the target rows are staged in the workspace before the loss of such samples; else they are read where the caller has them.</summary>
    public bool StagesTargetRows(string suffix) => UsesTargetRows(suffix) && !(suffix == "FromRows" && _rows.IsOneVector);

    /// <summary>Stages the target rows of the methods that keep rows in registers.</summary>
    /// <param name="suffix">The kind of targets.</param>
    /// <param name="batch">The number of samples.</param>
    public void EmitSampleStage(string suffix, string batch)
    {
        if (StagesTargetRows(suffix))
        {
            EmitStage(suffix, batch);
        }
    }

    /// <summary>Writes the loss of sample n into the methods that keep its rows in registers.</summary>
    /// <param name="suffix">The kind of targets.</param>
    /// <param name="isOnly">Whether there is but one sample.</param>
    public void EmitSample(string suffix, bool isOnly)
    {
        _isSample = true;
        EmitEquations();
        if (isOnly)
        {
            writer.Line("const nint n = 0;  // the only sample");
        }

        if (KeepsRowsInRegisters(suffix))
        {
            string columns = CSharpLiteral.Int(_rows.Columns);
            writer.Line($"var {program.Target.Name}Row = " + (StagesTargetRows(suffix) ? $"{_rows.OnlyVector.Load(program.Target, Stride(program.Target))};"
                : _rows.OnlyVector.IsPartial ? $"Simd.LoadFirst(ref {program.Target.Name}, {_rows.OnlyVector.At(_rows.Columns)}, {columns});"
                : $"{_rows.OnlyVector.Load(program.Target, _rows.Columns)};"));
        }

        EmitBody(suffix);
    }

    private void EmitMethod(string suffix, string targets)
    {
        writer.Blank();
        writer.Doc(
            "summary",
            "The output layer: the loss of every sample, and the gradient the backward pass starts from."
                + (program.IsParallel ? string.Empty : " Returns the loss of the batch."));
        writer.Optimized();
        var parameters = new List<string> { targets, $"ReadOnlySpan<{Type}> sampleWeights", $"{Type} scale" };
        if (program.CanUpdateInPlace && !program.IsParallel)
        {
            parameters.Add($"{Type} gradientScale");
        }

        string[] rows = program.IsParallel ? ["nint samples", "nint first", "nint batch"] : ["nint batch"];
        parameters.AddRange([$"ref {Type} workspace", .. rows, $"Span<{Type}> sampleLosses"]);
        using (writer.OpenMethod($"private static {(program.IsParallel ? "void" : Type)} Loss{suffix}", parameters.ToArray()))
        {
            Value[] values = UsesTargetRows(suffix) ? [_step.Input, program.Target, _step.Gradient] : [_step.Input, _step.Gradient];
            foreach (Value value in values)
            {
                writer.Line($"ref {Type} {value.Name} = ref Unsafe.Add(ref workspace, {Place(value)});  // {value.Shape}, rows of {Stride(value)}");
            }

            if (_step is { Totals: { } totals, Margins: { } margins } && !UsesTargetRows(suffix))
            {
                writer.Line($"ref {Type} totals = ref Unsafe.Add(ref workspace, {Place(totals)});  // [N], Σe");
                writer.Line($"ref {Type} margins = ref Unsafe.Add(ref workspace, {Place(margins)});  // [N], the largest logit less that of the label");
            }

            EmitStage(suffix, "batch");
            writer.Blank();
            EmitEquations();
            EmitBody(suffix);
            if (program.IsParallel)
            {
                return;
            }

            writer.Blank();
            writer.Line($"{Type} loss = 0;");
            using (writer.Open("for (int n = 0; n < sampleLosses.Length; n++)"))
            {
                writer.Line("loss += sampleLosses[n];");
            }

            writer.Blank();
            writer.Line("return loss * scale;");
        }
    }

    /// <summary>Where the rows of a value begin in the workspace; those of a thread's own samples where several share a pass.</summary>
    private string Place(Value value)
    {
        string column = CSharpLiteral.Int(program.Training[value].Column);
        return program.IsParallel ? $"{column} * samples + first * {Stride(value)}" : $"{column} * batch";
    }

    /// <summary>Target rows, padded; or labels as target rows where a label needs its whole row.</summary>
    private void EmitStage(string suffix, string batch)
    {
        if (suffix == "FromRows")
        {
            writer.Line($"RowMatrix.Pad(targets, {_rows.Columns}, ref y, {Stride(program.Target)}, {batch});");
        }
        else if (UsesTargetRows(suffix))
        {
            writer.Line($"RowMatrix.OneHot<{Type}>(labels, {_rows.Columns}, ref y, {Stride(program.Target)});");
        }
    }

    private void EmitEquations()
    {
        foreach (Equation equation in Equations.Of(_step, program))
        {
            writer.Line($"// {equation.ToComment()}");
        }
    }

    private void EmitBody(string suffix)
    {
        if (UsesTargetRows(suffix))
        {
            FromRows();
            return;
        }

        switch (_step.Source)
        {
            case LossSource.Output:
                MultiMargin();
                break;
            case LossSource.LogProbabilities:
                LogProbabilitiesFromLabels();
                break;
            default:
                SoftmaxFromLabels();
                break;
        }
    }

    /// <summary>The loop over the batch; nothing where there is one sample.</summary>
    private IDisposable? OpenSamples() => _isSample ? null : writer.Open("for (nint n = 0; n < batch; n++)");

    /// <summary>p − y for class labels: y is 1 at the label and 0 elsewhere, so only one element of each row of p changes.</summary>
    private void SoftmaxFromLabels()
    {
        Value z = _step.Input;
        Value d = _step.Gradient;
        _rows.DeclareLanes();
        using (OpenSamples())
        {
            writer.Line("int label = labels[(int)n];");
            writer.Line($"{Type} weight = {SampleWeight(Loss.ClassWeights.Count > 0)};");
            SoftmaxRows.Exponentials(_rows, z, _rows.IsOneVector ? null : d, Stride, InRegister ? $"{z.Name}Row" : null);
            writer.Blank();
            string atLabel = $"Unsafe.Add(ref {z.Name}, n * {Stride(z)} + label)";
            if (_isSample)
            {
                // The difference first: of large logits, the logarithm would be lost in either of them.
                writer.Line($"sampleLosses[(int)n] = weight * ((shift.ToScalar() - {atLabel}) + VectorMath.LogOfTotal(total));");
            }
            else
            {
                writer.Line("Unsafe.Add(ref totals, n) = total;");
                writer.Line($"Unsafe.Add(ref margins, n) = shift.ToScalar() - {atLabel};");
            }

            writer.Line($"var factor = Simd.Broadcast(weight * {GradientScale} / total);");
            if (_rows.IsOneVector)
            {
                if (!_isSample)
                {
                    writer.Line("// A store to one element would make the load of the whole row wait.");
                }

                writer.Line(Store(_rows.OnlyVector, $"e * factor - Simd.InLane(label, weight * {GradientScale})", d));
            }
            else
            {
                _rows.ForEach(isMasked: false, vector => writer.Line(vector.Store($"{Exponential(vector, d)} * factor", d, Stride(d))));
                writer.Line($"Unsafe.Add(ref {d.Name}, n * {Stride(d)} + label) -= weight * {GradientScale};");
            }
        }

        if (!_isSample)
        {
            LogarithmsOfTotals();
        }
    }

    /// <summary>
    /// −ln p = ln Σe − (z − shift). A logarithm in the loop over the rows would keep the processor from having several rows in flight, so all
    /// are taken after it, one vector of samples at a time; beyond the last sample it works on what lies there. The sample losses are written
    /// last, each after its weight has been read: the weights may be those of the last step themselves.
    /// </summary>
    private void LogarithmsOfTotals()
    {
        writer.Blank();
        writer.Line("// −ln p = ln Σe − (z − shift): the logarithms apart, so that the rows above overlap.");
        using (writer.Open($"for (nint n = 0; n < batch; n += {_element.Lanes})"))
        {
            writer.Line("Simd.Store(VectorMath.Log(Simd.Load(ref totals, n)), ref totals, n);");
        }

        writer.Blank();
        using (writer.Open("for (nint n = 0; n < batch; n++)"))
        {
            if (Loss.ClassWeights.Count > 0)
            {
                writer.Line("int label = labels[(int)n];");
            }

            writer.Line($"{Type} weight = {SampleWeight(Loss.ClassWeights.Count > 0)};");
            writer.Line("sampleLosses[(int)n] = weight * (Unsafe.Add(ref margins, n) + Unsafe.Add(ref totals, n));");
        }
    }

    /// <summary>eʰ − y for class labels and log-probabilities h.</summary>
    private void LogProbabilitiesFromLabels()
    {
        Value h = _step.Input;
        Value d = _step.Gradient;
        _rows.DeclareLanes();
        using (OpenSamples())
        {
            writer.Line("int label = labels[(int)n];");
            writer.Line($"{Type} weight = {SampleWeight(Loss.ClassWeights.Count > 0)};");
            writer.Line($"sampleLosses[(int)n] = -weight * Unsafe.Add(ref {h.Name}, n * {Stride(h)} + label);");
            writer.Line($"var factor = Simd.Broadcast(weight * {GradientScale});");
            _rows.ForEach(isMasked: true, vector => writer.Line(vector.Store(
                vector.Masked($"VectorMath.ExpNonPositive({vector.Load(h, Stride(h))}) * factor"), d, Stride(d))));
            writer.Line($"Unsafe.Add(ref {d.Name}, n * {Stride(d)} + label) -= weight * {GradientScale};");
        }
    }

    private void FromRows()
    {
        _rows.DeclareLanes();
        using (OpenSamples())
        {
            writer.Line($"{Type} weight = {SampleWeight(withClassWeight: false)};");
            switch (_step.Source)
            {
                case LossSource.Logits:
                    SoftmaxFromRow();
                    break;
                case LossSource.LogProbabilities:
                    LogProbabilitiesFromRow();
                    break;
                default:
                    ElementwiseFromRow();
                    break;
            }
        }
    }

    /// <summary>p·Σa − a, where a is the target row after label smoothing and class weights.</summary>
    private void SoftmaxFromRow()
    {
        Value z = _step.Input;
        Value y = program.Target;
        Value d = _step.Gradient;
        AdjustTargets(y);
        SoftmaxRows.Exponentials(_rows, z, _rows.IsOneVector ? null : d, Stride, InRegister ? $"{z.Name}Row" : null);
        writer.Line($"var logTotal = Simd.Broadcast(VectorMath.LogOfTotal(total));");
        SumOfTargets(y);
        _rows.Sum("losses", isMasked: false, vector =>
            $"{Load(vector, y)} * (logTotal - ({Load(vector, z)} - shift))");
        writer.Line("sampleLosses[(int)n] = weight * Simd.Sum(losses);");
        writer.Line($"var factor = Simd.Broadcast(weight * {GradientScale});");
        writer.Line("var probability = ySum / Simd.Broadcast(total);");
        _rows.ForEach(isMasked: false, vector => writer.Line(Store(
            vector, $"({Exponential(vector, d)} * probability - {Load(vector, y)}) * factor", d)));
    }

    /// <summary>Declares <c>ySum</c>, Σ y of row n in every lane: 1 for probabilities, but a target row may hold anything.</summary>
    private void SumOfTargets(Value y)
    {
        _rows.Sum("ys", isMasked: false, vector => Load(vector, y));
        writer.Line("var ySum = Simd.Broadcast(Simd.Sum(ys));");
    }

    /// <summary>eʰ·Σy − y for target rows and log-probabilities h.</summary>
    private void LogProbabilitiesFromRow()
    {
        Value h = _step.Input;
        Value y = program.Target;
        Value d = _step.Gradient;
        SumOfTargets(y);
        _rows.Sum("losses", isMasked: true, vector => vector.Masked(
            $"VectorMath.KullbackLeibler({Load(vector, h)}, {Load(vector, y)})"));
        writer.Line("sampleLosses[(int)n] = weight * Simd.Sum(losses);");
        writer.Line($"var factor = Simd.Broadcast(weight * {GradientScale});");
        _rows.ForEach(isMasked: true, vector => writer.Line(Store(
            vector, vector.Masked($"(VectorMath.ExpNonPositive({Load(vector, h)}) * ySum - {Load(vector, y)}) * factor"), d)));
    }

    private void ElementwiseFromRow()
    {
        bool isScalar = InRegister && _rows.Columns == 1;
        Value h = _step.Input;
        Value y = program.Target;
        Value d = _step.Gradient;
        writer.Line($"var factor = Simd.Broadcast(weight * {GradientScale});");
        _rows.Sum("losses", isMasked: true, vector =>
        {
            string column = vector.Column ?? "0";
            foreach (string statement in LossSyntax.Prologue(Loss, Load(vector, h), Load(vector, y), column, _element))
            {
                writer.Line(statement);
            }

            string gradient = vector.Masked($"({LossSyntax.Gradient(Loss, _element)}) * factor");
            writer.Line(Store(vector, gradient, d));
            return isScalar ? LossSyntax.Value(Loss, _element) : vector.Masked(LossSyntax.Value(Loss, _element));
        });
        writer.Line($"sampleLosses[(int)n] = weight * {(isScalar ? "losses.ToScalar()" : "Simd.Sum(losses)")};");
    }

    /// <summary>max(0, margin − h[label] + h[j])ᵖ over the other classes; a hinge moves few elements, so the loop is scalar.</summary>
    private void MultiMargin()
    {
        Value h = _step.Input;
        Value d = _step.Gradient;
        string classes = CSharpLiteral.Int(_rows.Columns);
        string margin = CSharpLiteral.Number(Loss.Parameter, _element);
        bool squared = Loss.Power == 2;
        using (OpenSamples())
        {
            writer.Line($"ref {Type} hn = ref Unsafe.Add(ref {h.Name}, n * {Stride(h)});");
            writer.Line($"ref {Type} dn = ref Unsafe.Add(ref {d.Name}, n * {Stride(d)});");
            writer.Line("nint label = labels[(int)n];");
            writer.Line($"{Type} weight = ({SampleWeight(Loss.ClassWeights.Count > 0)}) / {classes};");
            writer.Line($"{Type} sum = 0;");
            writer.Line($"{Type} atLabel = 0;");
            using (writer.Open($"for (nint j = 0; j < {_element.Padded(_rows.Columns)}; j++)"))
            {
                writer.Line($"{Type} hinge = {margin} - Unsafe.Add(ref hn, label) + Unsafe.Add(ref hn, j);");
                writer.Line($"{Type} gradient = 0;");
                using (writer.Open($"if (j < {classes} && j != label && hinge > 0)"))
                {
                    writer.Line(squared ? "sum += hinge * hinge;" : "sum += hinge;");
                    writer.Line(squared ? $"gradient = 2 * hinge * weight * {GradientScale};" : $"gradient = weight * {GradientScale};");
                    writer.Line("atLabel -= gradient;");
                }

                writer.Blank();
                writer.Line("Unsafe.Add(ref dn, j) = gradient;");
            }

            writer.Blank();
            writer.Line("Unsafe.Add(ref dn, label) = atLabel;");
            writer.Line("sampleLosses[(int)n] = weight * sum;");
        }
    }

    /// <summary>y ← w ⊙ ((1 − ε)·y + ε/K), where smoothing or class weights were asked for.</summary>
    private void AdjustTargets(Value y)
    {
        if (Loss.LabelSmoothing == 0 && Loss.ClassWeights.Count == 0)
        {
            return;
        }

        double keep = 1 - Loss.LabelSmoothing;
        double spread = Loss.LabelSmoothing / _rows.Columns;
        _rows.ForEach(isMasked: true, vector =>
        {
            string row = Load(vector, y);
            if (Loss.LabelSmoothing > 0)
            {
                row = $"{row} * {CSharpLiteral.Number(keep, _element)} + Simd.Broadcast({CSharpLiteral.Number(spread, _element)})";
            }

            if (Loss.ClassWeights.Count > 0)
            {
                row = $"({row}) * Vector256.Create(PaddedClassWeights.Slice((int){vector.Column ?? "0"}, {_element.Lanes}))";
            }

            writer.Line(Store(vector, vector.Masked(row), y));
        });
        writer.Blank();
    }

    private void EmitWeights(string name, string summary, IReadOnlyList<double> weights)
    {
        if (weights.Count == 0)
        {
            return;
        }

        if (name == "ClassWeights")
        {
            EmitSpan(name, summary, weights);
            EmitSpan("PaddedClassWeights", "The weight of each class, padded to whole vectors.", Padded(weights));
        }
        else
        {
            EmitSpan(name, summary, Padded(weights));
        }

        IReadOnlyList<double> Padded(IReadOnlyList<double> values) =>
            values.Concat(Enumerable.Repeat(0.0, _element.Padded(values.Count) - values.Count)).ToList();

        void EmitSpan(string property, string text, IReadOnlyList<double> values)
        {
            writer.Blank();
            writer.Doc("summary", text);
            string list = string.Join(", ", values.Select(value => CSharpLiteral.Number(value, _element)));
            writer.Line($"private static ReadOnlySpan<{Type}> {property} => new {Type}[] {{ {list} }};");
        }
    }

    /// <summary>Whether the row that is worked on is one vector, in a register named after it.</summary>
    private bool InRegister => _isSample && _rows.IsOneVector;

    private string Load(RowVector vector, Value value) => InRegister ? $"{value.Name}Row" : vector.Load(value, Stride(value));

    private string Store(RowVector vector, string expression, Value value) =>
        InRegister ? $"{(value == _step.Gradient ? "var " : string.Empty)}{value.Name}Row = {expression};" : vector.Store(expression, value, Stride(value));

    /// <summary>e^(z − shift): at hand where the row is one vector, stored in the gradient's place where it is longer.</summary>
    private string Exponential(RowVector vector, Value gradient) => _rows.IsOneVector ? "e" : vector.Load(gradient, Stride(gradient));

    private string SampleWeight(bool withClassWeight) => withClassWeight
        ? "(sampleWeights.IsEmpty ? 1 : sampleWeights[(int)n]) * ClassWeights[label]"
        : "sampleWeights.IsEmpty ? 1 : sampleWeights[(int)n]";

    private int Stride(Value value) => program.Training[value].Stride;
}
