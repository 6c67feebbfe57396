using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>
/// Writes the training step of a single sample of a small network as one method without loops: every row stays in a register or two, and
/// every row of W has a line. With one sample there is nothing to block over, so the time goes to calls, loops and waiting for sums: here
/// sums are dealt to chains, δ·Wᵀ reads the rows of W as they stand (no transpose), and nothing is called.
/// </summary>
/// <remarks>4-16-16-3 on Zen 4: 480 cycles against 740 of the passes over rows. From a few samples on the passes win: they reuse W.</remarks>
internal sealed partial class SampleStepEmitter(LoweredProgram program, SourceWriter writer)
{
    /// <summary>The most vectors of weights, with a line each in every product, that are written out: about 100 bytes of IL each, of the 8,000 that the tests allow.</summary>
    private const int MostVectors = 72;

    /// <summary>A multiply-add takes four cycles and two start in each: four chains of one or two vectors.</summary>
    private const int MostChains = 4;

    private readonly ElementType _element = program.Element;

    private string Type => _element.Keyword;

    private string Vector => $"Vector256<{Type}>";

    /// <summary>Whether the network is small enough: every row is one panel wide at most, and made by operations that act on registers.</summary>
    public static bool Fits(LoweredProgram program) =>
        program.Spec.Optimizer is not null
        && !program.Spec.KeepIntermediates
        && !program.IsParallel
        && program.Layers.All(layer => layer.Dense is not null)
        && program.Layers.All(layer => layer.Inputs <= program.Element.PanelWidth && layer.Outputs <= program.Element.PanelWidth)
        && program.Layers.Sum(layer => layer.Inputs * (program.Element.Padded(layer.Outputs) / program.Element.Lanes)) <= MostVectors
        && StepsOf(program).All(step => step is not (ActivateStep or ActivationGradientStep) || !LoweredProgram.RuleOf(LayerOf(step)).IsRowWise);

    /// <summary>The name of the method for one kind of targets.</summary>
    public static string Name(string suffix) => $"SampleStep{suffix}";

    /// <summary>Writes the method for one kind of targets.</summary>
    public void Emit(string targetType, string targetName, string suffix)
    {
        string gradientScale = program.CanUpdateInPlace ? $"{Type} gradientScale" : string.Empty;
        var parameters = new[]
        {
            $"ref {Type} x", $"{targetType} {targetName}", $"ReadOnlySpan<{Type}> sampleWeights", $"{Type} scale", gradientScale,
            $"ref {Type} workspace", $"ref {Type} gradients", $"Span<{Type}> sampleLosses",
        };
        writer.Blank();
        writer.Doc("summary", "Forward, loss and backward pass of one sample, written out; adds to the gradients and returns the loss.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.OpenMethod($"private {Type} {Name(suffix)}", parameters.Where(parameter => parameter.Length > 0).ToArray()))
        {
            EmitNames(suffix);
            int layer = 0;
            foreach (Step step in HandDownFirst(StepsOf(program)))
            {
                if (step is DenseStep or WeightGradientStep && LayerOf(step).Number != layer)
                {
                    layer = LayerOf(step).Number;
                    writer.Blank();
                    writer.Line($"// {Equations.Heading(LayerOf(step))}");
                }

                writer.Blank();
                if (step is LossStep)
                {
                    new LossEmitter(program, writer).EmitSample(suffix);
                    layer = 0;
                    continue;
                }

                foreach (Equation equation in Equations.Of(step, program))
                {
                    writer.Line($"// {equation.ToComment()}");
                }

                EmitStep(step);
            }

            writer.Blank();
            writer.Line("return sampleLosses[0] * scale;");
        }
    }

    /// <summary>The steps of a training step; ∂x is nobody's business in it.</summary>
    private static IEnumerable<Step> StepsOf(LoweredProgram program)
    {
        var steps = new List<Step>(program.Forward) { program.Loss };
        if (program.LossGivesOutputGradient)
        {
            steps.Add(program.OutputGradient!);
        }

        steps.AddRange(program.Backward.Where(step => step is not InputGradientStep { Result.Role: Role.InputGradient }));
        return steps;
    }

    /// <summary>The gradients may be the parameters themselves, so δ·Wᵀ is computed before ∂W of the same layer.</summary>
    private static IEnumerable<Step> HandDownFirst(IEnumerable<Step> steps)
    {
        WeightGradientStep? waiting = null;
        foreach (Step step in steps)
        {
            if (waiting is not null && !(step is InputGradientStep product && product.Layer == waiting.Layer))
            {
                yield return waiting;
                waiting = null;
            }

            if (step is WeightGradientStep gradient)
            {
                waiting = gradient;
                continue;
            }

            yield return step;
        }

        if (waiting is not null)
        {
            yield return waiting;
        }
    }

    private static Layer LayerOf(Step step) => step switch
    {
        DenseStep s => s.Layer,
        ActivateStep s => s.Layer,
        ActivationGradientStep s => s.Layer,
        WeightGradientStep s => s.Layer,
        InputGradientStep s => s.Layer,
        LossStep s => s.Layer,
        _ => throw new InvalidOperationException($"{step} belongs to no layer."),
    };

    private void EmitNames(string suffix)
    {
        writer.Line($"ref {Type} parameters = ref _parameters.Origin;");
        foreach (ParameterSlot slot in program.Parameters.Slots)
        {
            string number = CSharpLiteral.Int(slot.Layer.Number);
            Name($"W{number}{(slot.IsByUnits ? "T" : string.Empty)}", "parameters", slot.WeightOffset);
            if (slot.BiasOffset >= 0)
            {
                Name($"b{number}", "parameters", slot.BiasOffset);
            }
        }

        foreach (ParameterSlot slot in program.Parameters.Slots)
        {
            string number = CSharpLiteral.Int(slot.Layer.Number);
            Name($"dW{number}{(slot.IsByUnits ? "T" : string.Empty)}", "gradients", slot.WeightOffset);
            if (slot.BiasOffset >= 0)
            {
                Name($"db{number}", "gradients", slot.BiasOffset);
            }
        }

        foreach (Value value in InMemory(suffix).OrderBy(value => value.Id))
        {
            Name(value.Name, "workspace", program.Training[value].Column);
        }

        void Name(string name, string block, int offset) =>
            writer.Line($"ref {Type} {name} = ref Unsafe.Add(ref {block}, {CSharpLiteral.Int(offset)});");
    }

    /// <summary>The rows that also stand in memory: those whose elements are read one by one, and what the loss reads and writes.</summary>
    private IEnumerable<Value> InMemory(string suffix)
    {
        IEnumerable<Value> values = ReadByElement.Concat([program.Loss.Input, program.Loss.Gradient]);
        if (new LossEmitter(program, writer).UsesTargetRows(suffix))
        {
            values = values.Append(program.Target);
        }

        return values.Where(value => value != program.Input).Distinct();
    }

    /// <summary>What a product multiplies by a row of W element by element: its input, or, where W stands unit by unit, δ.</summary>
    private IEnumerable<Value> ReadByElement =>
        program.Forward.OfType<DenseStep>().Where(step => !IsByUnits(step.Layer)).Select(step => step.Input)
            .Concat(program.Backward.OfType<WeightGradientStep>().Where(step => IsByUnits(step.Layer)).Select(step => step.Delta));

    private bool IsByUnits(Layer layer) => program.Parameters.SlotOf(layer).IsByUnits;

    private void EmitStep(Step step)
    {
        switch (step)
        {
            case DenseStep dense when IsByUnits(dense.Layer):
                EmitNarrowDense(dense);
                break;
            case InputGradientStep product when IsByUnits(product.Layer):
                EmitNarrowInputGradient(product);
                break;
            case WeightGradientStep gradient when IsByUnits(gradient.Layer):
                EmitNarrowWeightGradient(gradient);
                break;
            case DenseStep dense:
                EmitDense(dense);
                break;
            case ActivateStep activate:
                foreach (Lane lane in LanesOf(activate.Output))
                {
                    Define(activate.Output, lane, ActivationSyntax.Forward(activate.Activation, Row(activate.Input, lane), _element));
                }

                break;
            case ActivationGradientStep gradient:
                foreach (Lane lane in LanesOf(gradient.Result))
                {
                    LoadIfStored(gradient.Upstream, lane);
                    Define(gradient.Result, lane, Gradient(gradient, Row(gradient.Upstream, lane), lane));
                }

                break;
            case InputGradientStep product:
                EmitInputGradient(product);
                break;
            case WeightGradientStep gradient:
                EmitWeightGradient(gradient);
                break;
            default:
                throw new InvalidOperationException($"No text for {step}.");
        }
    }

    /// <summary>z = b + Σ x[k]·W[k], the terms dealt to chains.</summary>
    private void EmitDense(DenseStep step)
    {
        Layer layer = step.Layer;
        int width = _element.Padded(layer.Outputs);
        string z = step.PreActivation?.Name ?? $"z{CSharpLiteral.Int(layer.Number)}";
        IReadOnlyList<Lane> lanes = Lanes(layer.Outputs);
        int chains = layer.Inputs <= 2 ? 1 : Math.Min(MostChains, (layer.Inputs + 1) / 2);
        for (int k = 0; k < layer.Inputs; k++)
        {
            string factor = Element(step.Input, k);
            foreach (Lane lane in lanes)
            {
                string sum = Chain(z, lane, k % chains);
                string row = $"Simd.Load(ref {step.Weights.Name}, {CSharpLiteral.Int((k * width) + int.Parse(lane.Offset))})";
                string start = k == 0 && step.Bias is { } bias ? $"Simd.Load(ref {bias.Name}, {lane.Offset})" : string.Empty;
                writer.Line(k >= chains ? $"{sum} = Simd.MultiplyAdd({factor}, {row}, {sum});"
                    : start.Length > 0 ? $"var {sum} = Simd.MultiplyAdd({factor}, {row}, {start});"
                    : $"var {sum} = {factor} * {row};");
            }
        }

        foreach (Lane lane in lanes)
        {
            if (chains > 1)
            {
                string pair = $"{Chain(z, lane, 0)} + {Chain(z, lane, 1)}";
                string others = string.Join(" + ", Enumerable.Range(2, chains - 2).Select(chain => Chain(z, lane, chain)));
                writer.Line($"{Chain(z, lane, 0)} = {(others.Length == 0 ? pair : $"({pair}) + ({others})")};");
            }

            if (step.PreActivation is { } kept)
            {
                StoreIfRead(kept, lane);
            }

            if (step.Output is { } h)
            {
                Define(h, lane, ActivationSyntax.Forward(layer.Spec.Activation, Chain(z, lane, 0), _element));
            }
        }
    }

    /// <summary>∂h[k] = W[k]·δ: a product and a sum across lanes for each row of W, the sums of one vector's worth of rows at once.</summary>
    private void EmitInputGradient(InputGradientStep step)
    {
        Layer layer = step.Layer;
        int width = _element.Padded(layer.Outputs);
        IReadOnlyList<Lane> lanes = Lanes(layer.Outputs);
        foreach (Lane lane in lanes)
        {
            LoadIfStored(step.Delta, lane);
        }

        string upstream = step.Epilogue is null ? step.Result.Name : $"dh{CSharpLiteral.Int(step.Epilogue.Layer.Number)}";
        foreach (Lane part in Lanes(layer.Inputs))
        {
            int first = int.Parse(part.Offset);
            int last = Math.Min(first + _element.Lanes, layer.Inputs);
            var sums = new List<string>();
            for (int k = first; k < last; k++)
            {
                string product = string.Empty;
                foreach (Lane lane in lanes)
                {
                    string row = $"Simd.Load(ref {step.Weights.Name}, {CSharpLiteral.Int((k * width) + int.Parse(lane.Offset))})";
                    product = product.Length == 0 ? $"{Row(step.Delta, lane)} * {row}" : $"Simd.MultiplyAdd({Row(step.Delta, lane)}, {row}, {product})";
                }

                string name = $"{upstream}k{CSharpLiteral.Int(k)}";
                writer.Line($"var {name} = {product};");
                sums.Add(name);
            }

            sums.AddRange(Enumerable.Repeat($"{Vector}.Zero", _element.Lanes - sums.Count));
            string sum = $"Simd.SumEach({string.Join(", ", sums)})";
            if (step.Epilogue is { } epilogue)
            {
                writer.Line($"var {upstream}{Suffix(part, layer.Inputs)} = {sum};");
                Define(step.Result, part, Gradient(epilogue, $"{upstream}{Suffix(part, layer.Inputs)}", part));
            }
            else
            {
                Define(step.Result, part, sum);
            }
        }
    }

    /// <summary>∂W[k] += x[k]·δ and ∂b += δ.</summary>
    private void EmitWeightGradient(WeightGradientStep step)
    {
        Layer layer = step.Layer;
        int width = _element.Padded(layer.Outputs);
        IReadOnlyList<Lane> lanes = Lanes(layer.Outputs);
        foreach (Lane lane in lanes)
        {
            LoadIfStored(step.Delta, lane);
        }

        for (int k = 0; k < layer.Inputs; k++)
        {
            foreach (Lane lane in lanes)
            {
                string at = $"ref {step.WeightGradient.Name}, {CSharpLiteral.Int((k * width) + int.Parse(lane.Offset))}";
                writer.Line($"Simd.Store(Simd.MultiplyAdd({Element(step.Input, k)}, {Row(step.Delta, lane)}, Simd.Load({at})), {at});");
            }
        }

        EmitBiasGradient(step);
    }

    private void EmitBiasGradient(WeightGradientStep step)
    {
        if (step.BiasGradient is { } bias)
        {
            foreach (Lane lane in Lanes(step.Layer.Outputs))
            {
                LoadIfStored(step.Delta, lane);
                writer.Line($"Simd.Store(Simd.Load(ref {bias.Name}, {lane.Offset}) + {Row(step.Delta, lane)}, ref {bias.Name}, {lane.Offset});");
            }
        }
    }

    private string Gradient(ActivationGradientStep step, string upstream, Lane lane) => ActivationSyntax.Gradient(
        step.Activation,
        upstream,
        step.PreActivation is { } z ? Row(z, lane) : string.Empty,
        step.Output is { } h ? Row(h, lane) : string.Empty,
        _element);

    /// <summary>Binds a row's register, and stores the row where its elements are read one by one or the loss reads it.</summary>
    private void Define(Value value, Lane lane, string expression)
    {
        writer.Line($"var {Row(value, lane)} = {expression};");
        StoreIfRead(value, lane);
    }

    private void StoreIfRead(Value value, Lane lane)
    {
        bool isRead = program.Loss.Input == value || ReadByElement.Contains(value);
        if (isRead)
        {
            writer.Line($"Simd.Store({Row(value, lane)}, ref {value.Name}, {lane.Offset});");
        }
    }

    private readonly HashSet<string> _loaded = new();

    /// <summary>The loss leaves its gradient in memory; everything else is in registers already.</summary>
    private void LoadIfStored(Value value, Lane lane)
    {
        if (value == program.Loss.Gradient && _loaded.Add(Row(value, lane)))
        {
            writer.Line($"var {Row(value, lane)} = Simd.Load(ref {value.Name}, {lane.Offset});");
        }
    }

    /// <summary>One element of a row in every lane, loaded anew each time: sixteen of them in registers would push everything else out.</summary>
    private static string Element(Value value, int k) => $"Simd.Broadcast(ref {value.Name}, {CSharpLiteral.Int(k)})";

    private IReadOnlyList<Lane> LanesOf(Value value) => Lanes(value.Shape.Columns);

    private IReadOnlyList<Lane> Lanes(int columns) => Lane.Of(_element.Padded(columns), _element);

    /// <summary>The register that holds one vector of a row: h1Low, or h1Row where the row is one vector.</summary>
    private string Row(Value value, Lane lane) => $"{value.Name}{Suffix(lane, value.Shape.Columns)}";

    private string Suffix(Lane lane, int columns) => _element.Padded(columns) == _element.Lanes ? "Row" : lane.Suffix;

    private static string Chain(string z, Lane lane, int chain) =>
        $"{z}{(lane.Suffix.Length == 0 ? "Row" : lane.Suffix)}{(chain == 0 ? string.Empty : ((char)('A' + chain)).ToString())}";
}
