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
            EmitFromLabels();
        }

        if (rule.TakesRows)
        {
            EmitMethod(
                "FromRows",
                $"ReadOnlySpan<{Type}> targets",
                () => writer.Line($"RowMatrix.Pad(targets, {_rows.Columns}, ref y, {Stride(program.Target)}, batch);"),
                FromRows,
                usesTargetRows: true);
        }

        EmitWeights("ClassWeights", "The weight of each class.", Loss.ClassWeights);
        EmitWeights("PositiveWeights", "The weight of the positive term of each output, padded to whole vectors.", Loss.PositiveWeights);
    }

    private void EmitFromLabels()
    {
        const string Labels = "ReadOnlySpan<int> labels";
        switch (_step.Source)
        {
            case LossSource.Output:
                EmitMethod("FromLabels", Labels, null, MultiMargin, usesTargetRows: false);
                break;
            case LossSource.LogProbabilities:
                EmitMethod("FromLabels", Labels, null, LogProbabilitiesFromLabels, usesTargetRows: false);
                break;
            case LossSource.Logits when LabelsNeedRows:
                EmitMethod(
                    "FromLabels",
                    Labels,
                    () => writer.Line($"RowMatrix.OneHot<{Type}>(labels, {_rows.Columns}, ref y, {Stride(program.Target)});"),
                    FromRows,
                    usesTargetRows: true);
                break;
            default:
                EmitMethod("FromLabels", Labels, null, SoftmaxFromLabels, usesTargetRows: false);
                break;
        }
    }

    private void EmitMethod(string suffix, string targets, Action? stage, Action body, bool usesTargetRows)
    {
        writer.Blank();
        writer.Doc(
            "summary",
            "The output layer: the loss of every sample, and the gradient the backward pass starts from."
                + (program.IsParallel ? string.Empty : " Returns the loss of the batch."));
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        var parameters = new List<string> { targets, $"ReadOnlySpan<{Type}> sampleWeights", $"{Type} scale" };
        if (program.CanUpdateInPlace && !program.IsParallel)
        {
            parameters.Add($"{Type} gradientScale");
        }

        string[] rows = program.IsParallel ? ["nint samples", "nint first", "nint batch"] : ["nint batch"];
        parameters.AddRange([$"ref {Type} workspace", .. rows, $"Span<{Type}> sampleLosses"]);
        using (writer.OpenMethod($"private static {(program.IsParallel ? "void" : Type)} Loss{suffix}", parameters.ToArray()))
        {
            Value[] values = usesTargetRows ? [_step.Input, program.Target, _step.Gradient] : [_step.Input, _step.Gradient];
            foreach (Value value in values)
            {
                int column = program.Training[value].Column;
                string place = program.IsParallel ? $"{column} * samples + first * {Stride(value)}" : $"{column} * batch";
                writer.Line($"ref {Type} {value.Name} = ref Unsafe.Add(ref workspace, {place});  // {value.Shape}, rows of {Stride(value)}");
            }

            stage?.Invoke();
            writer.Blank();
            foreach (Equation equation in Equations.Of(_step, program))
            {
                writer.Line($"// {equation.ToComment()}");
            }

            body();
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

    /// <summary>p − y for class labels: y is 1 at the label and 0 elsewhere, so only one element of each row of p changes.</summary>
    private void SoftmaxFromLabels()
    {
        Value z = _step.Input;
        Value d = _step.Gradient;
        _rows.DeclareLanes();
        using (writer.Open("for (nint n = 0; n < batch; n++)"))
        {
            writer.Line("int label = labels[(int)n];");
            writer.Line($"{Type} weight = {SampleWeight(Loss.ClassWeights.Count > 0)};");
            SoftmaxRows.Exponentials(_rows, z, _rows.IsOneVector ? null : d, Stride);
            writer.Blank();
            writer.Line($"{Type} lnp = Unsafe.Add(ref {z.Name}, n * {Stride(z)} + label) - shift.ToScalar() - {Math("Log")}(total);");
            writer.Line("sampleLosses[(int)n] = -weight * lnp;");
            writer.Line($"var factor = Simd.Broadcast(weight * {GradientScale} / total);");
            if (_rows.IsOneVector)
            {
                writer.Line("// A store to one element would make the load of the whole row wait.");
                writer.Line(_rows.OnlyVector.Store($"e * factor - Simd.InLane(label, weight * {GradientScale})", d, Stride(d)));
            }
            else
            {
                _rows.ForEach(isMasked: false, vector => writer.Line(vector.Store($"{Exponential(vector, d)} * factor", d, Stride(d))));
                writer.Line($"Unsafe.Add(ref {d.Name}, n * {Stride(d)} + label) -= weight * {GradientScale};");
            }
        }
    }

    /// <summary>eʰ − y for class labels and log-probabilities h.</summary>
    private void LogProbabilitiesFromLabels()
    {
        Value h = _step.Input;
        Value d = _step.Gradient;
        _rows.DeclareLanes();
        using (writer.Open("for (nint n = 0; n < batch; n++)"))
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
        using (writer.Open("for (nint n = 0; n < batch; n++)"))
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
        SoftmaxRows.Exponentials(_rows, z, _rows.IsOneVector ? null : d, Stride);
        writer.Line($"var logTotal = Simd.Broadcast({Math("Log")}(total));");
        SumOfTargets(y);
        _rows.Sum("losses", isMasked: false, vector =>
            $"{vector.Load(y, Stride(y))} * (logTotal - ({vector.Load(z, Stride(z))} - shift))");
        writer.Line("sampleLosses[(int)n] = weight * Simd.Sum(losses);");
        writer.Line($"var factor = Simd.Broadcast(weight * {GradientScale});");
        writer.Line("var probability = ySum / Simd.Broadcast(total);");
        _rows.ForEach(isMasked: false, vector => writer.Line(vector.Store(
            $"({Exponential(vector, d)} * probability - {vector.Load(y, Stride(y))}) * factor", d, Stride(d))));
    }

    /// <summary>Declares <c>ySum</c>, Σ y of row n in every lane: 1 for probabilities, but a target row may hold anything.</summary>
    private void SumOfTargets(Value y)
    {
        _rows.Sum("ys", isMasked: false, vector => vector.Load(y, Stride(y)));
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
            $"VectorMath.KullbackLeibler({vector.Load(h, Stride(h))}, {vector.Load(y, Stride(y))})"));
        writer.Line("sampleLosses[(int)n] = weight * Simd.Sum(losses);");
        writer.Line($"var factor = Simd.Broadcast(weight * {GradientScale});");
        _rows.ForEach(isMasked: true, vector => writer.Line(vector.Store(
            vector.Masked($"(VectorMath.ExpNonPositive({vector.Load(h, Stride(h))}) * ySum - {vector.Load(y, Stride(y))}) * factor"), d, Stride(d))));
    }

    private void ElementwiseFromRow()
    {
        Value h = _step.Input;
        Value y = program.Target;
        Value d = _step.Gradient;
        writer.Line($"var factor = Simd.Broadcast(weight * {GradientScale});");
        _rows.Sum("losses", isMasked: true, vector =>
        {
            string column = vector.Column ?? "0";
            foreach (string statement in LossSyntax.Prologue(Loss, vector.Load(h, Stride(h)), vector.Load(y, Stride(y)), column, _element))
            {
                writer.Line(statement);
            }

            string gradient = vector.Masked($"({LossSyntax.Gradient(Loss, _element)}) * factor");
            writer.Line(vector.Store(gradient, d, Stride(d)));
            return vector.Masked(LossSyntax.Value(Loss, _element));
        });
        writer.Line("sampleLosses[(int)n] = weight * Simd.Sum(losses);");
    }

    /// <summary>max(0, margin − h[label] + h[j])ᵖ over the other classes; a hinge moves few elements, so the loop is scalar.</summary>
    private void MultiMargin()
    {
        Value h = _step.Input;
        Value d = _step.Gradient;
        string classes = CSharpLiteral.Int(_rows.Columns);
        string margin = CSharpLiteral.Number(Loss.Parameter, _element);
        bool squared = Loss.Power == 2;
        using (writer.Open("for (nint n = 0; n < batch; n++)"))
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
            string row = vector.Load(y, Stride(y));
            if (Loss.LabelSmoothing > 0)
            {
                row = $"{row} * {CSharpLiteral.Number(keep, _element)} + Simd.Broadcast({CSharpLiteral.Number(spread, _element)})";
            }

            if (Loss.ClassWeights.Count > 0)
            {
                row = $"({row}) * Vector256.Create(PaddedClassWeights.Slice((int){vector.Column ?? "0"}, {_element.Lanes}))";
            }

            writer.Line(vector.Store(vector.Masked(row), y, Stride(y)));
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

    /// <summary>e^(z − shift): at hand where the row is one vector, stored in the gradient's place where it is longer.</summary>
    private string Exponential(RowVector vector, Value gradient) => _rows.IsOneVector ? "e" : vector.Load(gradient, Stride(gradient));

    private string SampleWeight(bool withClassWeight) => withClassWeight
        ? "(sampleWeights.IsEmpty ? 1 : sampleWeights[(int)n]) * ClassWeights[label]"
        : "sampleWeights.IsEmpty ? 1 : sampleWeights[(int)n]";

    private string Math(string function) => _element == ElementType.Double ? $"Math.{function}" : $"MathF.{function}";

    private int Stride(Value value) => program.Training[value].Stride;
}
