using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>
/// Writes the training step of small networks as one method: every row of a sample stays in a register or two, and every row of W has a line.
/// With so little arithmetic the time goes to calls, loops and waiting for sums: here sums are dealt to chains, δ·Wᵀ reads the rows of W as
/// they stand (no transpose), and nothing is called. Where the gradients fit into registers too, the method loops over any number of samples
/// (SmallStep); where they do not, it is for a single sample (SampleStep), and adds to the gradients in memory.
/// </summary>
/// <remarks>
/// On Zen 4, 4-16-16-3 with one sample: 450 cycles against 740 of the passes over rows, which win from a few samples on, because they reuse
/// W. 2-8-1 with 4 and with 32 samples: 170 and 930 cycles against 240 and 1,450.
/// </remarks>
internal sealed partial class SampleStepEmitter(LoweredProgram program, SourceWriter writer)
{
    /// <summary>The most vectors of weights, with a line each in every product, that are written out: about 100 bytes of IL each, of the 8,000 that the tests allow.</summary>
    private const int MostVectors = 72;

    /// <summary>The most vectors of gradients that stay in registers, of 16 where there are fewest; the others are for the sample.</summary>
    private const int MostGradientVectors = 10;

    /// <summary>A multiply-add takes four cycles and two start in each: four chains of one or two vectors.</summary>
    private const int MostChains = 4;

    private readonly ElementType _element = program.Element;

    private readonly LossEmitter _loss = new(program, writer);

    private readonly bool _loops = Loops(program);

    /// <summary>The rows that are in registers at this point of the text; all others are loaded where they are used first.</summary>
    private readonly HashSet<string> _registers = new();

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

    /// <summary>Whether the method is for any number of samples: all gradients stay in registers from the first to the last.</summary>
    public static bool Loops(LoweredProgram program) => Fits(program) && program.Parameters.Tensors.Sum(
        tensor => tensor.Stored(program.Element)) <= MostGradientVectors * program.Element.Lanes;

    /// <summary>The call for one kind of targets; it ends with the arguments given.</summary>
    public static string Call(LoweredProgram program, string suffix, string arguments) => $"{Name(program, suffix)}({arguments})";

    private static string Name(LoweredProgram program, string suffix) => $"{(Loops(program) ? "SmallStep" : "SampleStep")}{suffix}";

    /// <summary>Writes the method for one kind of targets.</summary>
    public void Emit(string targetType, string targetName, string suffix)
    {
        var parameters = new List<string> { $"ref {Type} x", $"{targetType} {targetName}", $"ReadOnlySpan<{Type}> sampleWeights", $"{Type} scale" };
        if (program.CanUpdateInPlace)
        {
            parameters.Add($"{Type} gradientScale");
        }

        parameters.AddRange([$"ref {Type} workspace", $"ref {Type} gradients"]);
        if (_loops)
        {
            parameters.Add("nint batch");
        }

        parameters.Add($"Span<{Type}> sampleLosses");
        writer.Blank();
        writer.Doc("summary", _loops
            ? "Forward, loss and backward pass of any number of samples, written out; adds to the gradients and returns the loss."
            : "Forward, loss and backward pass of one sample, written out; adds to the gradients and returns the loss.");
        writer.Optimized();
        using (writer.OpenMethod($"private {Type} {Name(program, suffix)}", parameters.ToArray()))
        {
            EmitNames(suffix);
            _loss.EmitSampleStage(suffix, _loops ? "batch" : "1");
            if (_loops)
            {
                EmitLoops(suffix);
            }
            else
            {
                EmitSteps(HandDownFirst(StepsOf(program)), suffix);
                writer.Blank();
                writer.Line("return sampleLosses[0] * scale;");
            }
        }
    }

    /// <summary>
    /// A loop for each hidden layer, and one for the way from the last layer to ∂W. In a single loop the steps of a sample wait for each other
    /// so long that the processor cannot look far enough ahead to begin the samples that follow: 2-8-1 takes 39 cycles a sample against 29.
    /// </summary>
    private void EmitLoops(string suffix)
    {
        List<Step> steps = StepsOf(program).ToList();
        List<Step> last = steps.SkipWhile(step => LayerOf(step) != program.LastLayer).ToList();
        foreach (IGrouping<Layer, Step> layer in steps.Take(steps.Count - last.Count).GroupBy(LayerOf))
        {
            writer.Blank();
            writer.Line($"// {Equations.Heading(layer.Key)}");
            writer.Blank();
            _keptRows = new HashSet<Value>(steps.Where(step => LayerOf(step) != layer.Key || last.Contains(step)).SelectMany(step => step.Reads));
            using (writer.Open("for (nint n = 0; n < batch; n++)"))
            {
                EmitSteps(layer, suffix, headings: false);
            }
        }

        _keptRows = [];
        writer.Blank();
        writer.Line("// The last layer, and the way back. The gradients stay in registers from the first sample to the last.");
        foreach ((string name, string matrix, int offset) in GradientRows())
        {
            writer.Line($"var {name} = Simd.Load(ref {matrix}, {CSharpLiteral.Int(offset)});");
        }

        writer.Blank();
        using (writer.Open("for (nint n = 0; n < batch; n++)"))
        {
            EmitSteps(last, suffix);
        }

        writer.Blank();
        foreach ((string name, string matrix, int offset) in GradientRows())
        {
            writer.Line($"Simd.Store({name}, ref {matrix}, {CSharpLiteral.Int(offset)});");
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

    private void EmitSteps(IEnumerable<Step> steps, string suffix, bool headings = true)
    {
        _registers.Clear();
        int layer = 0;
        foreach (Step step in steps)
        {
            if (headings && step is DenseStep or WeightGradientStep && LayerOf(step).Number != layer)
            {
                layer = LayerOf(step).Number;
                writer.Blank();
                writer.Line($"// {Equations.Heading(LayerOf(step))}");
            }

            writer.Blank();
            if (step is LossStep loss)
            {
                _loss.EmitSample(suffix, isOnly: !_loops);
                layer = 0;
                if (_loss.KeepsGradientInRegister(suffix))
                {
                    _registers.Add(Row(loss.Gradient, LanesOf(loss.Gradient)[0]));
                }

                continue;
            }

            foreach (Equation equation in Equations.Of(step, program))
            {
                writer.Line($"// {equation.ToComment()}");
            }

            EmitStep(step, suffix);
        }
    }

    /// <summary>The vectors of ∂W and ∂b, layer by layer: the register, the matrix and where it stands in it.</summary>
    private IEnumerable<(string Name, string Matrix, int Offset)> GradientRows()
    {
        foreach (WeightGradientStep step in program.Backward.OfType<WeightGradientStep>().OrderBy(step => step.Layer.Number))
        {
            bool byUnits = IsByUnits(step.Layer);
            string matrix = step.WeightGradient.Name + (byUnits ? "T" : string.Empty);
            for (int row = 0; row < (byUnits ? step.Layer.Outputs : step.Layer.Inputs); row++)
            {
                int columns = byUnits ? step.Layer.Inputs : step.Layer.Outputs;
                foreach (Lane lane in Lanes(columns))
                {
                    yield return (GradientRow(matrix, row, lane), matrix, (row * _element.Padded(columns)) + int.Parse(lane.Offset));
                }
            }

            if (step.BiasGradient is { } bias)
            {
                foreach (Lane lane in Lanes(step.Layer.Outputs))
                {
                    yield return ($"{bias.Name}{Suffix(lane, step.Layer.Outputs)}", bias.Name, int.Parse(lane.Offset));
                }
            }
        }
    }

    private static string GradientRow(string matrix, int row, Lane lane) => $"{matrix}Row{CSharpLiteral.Int(row)}{lane.Suffix}";

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

    /// <summary>One ref local per matrix: where it stands, and its shape.</summary>
    private void EmitNames(string suffix)
    {
        var lines = new List<(string Code, string Shape)>();
        foreach (DenseStep step in program.Forward.OfType<DenseStep>())
        {
            Parameters("parameters", step.Layer, step.Weights, step.Bias);
        }

        foreach (WeightGradientStep step in program.Backward.OfType<WeightGradientStep>().OrderBy(step => step.Layer.Number))
        {
            Parameters("gradients", step.Layer, step.WeightGradient, step.BiasGradient);
        }

        foreach (Value value in InMemory(suffix).OrderBy(value => value.Id))
        {
            string place = CSharpLiteral.Int(program.Training[value].Column) + (_loops ? " * batch" : string.Empty);
            lines.Add(($"ref {Type} {value.Name} = ref Unsafe.Add(ref workspace, {place});", $"{value.Shape}, rows of {CSharpLiteral.Int(Stride(value))}"));
        }

        if (_loss.KeepsRowsInRegisters(suffix) && !_loss.StagesTargetRows(suffix))
        {
            Value y = program.Target;
            lines.Add(($"ref {Type} {y.Name} = ref MemoryMarshal.GetReference(targets);", $"{y.Shape}"));
        }

        writer.Line($"ref {Type} parameters = ref _parameters.Origin;");
        int width = lines.Max(line => line.Code.Length);
        foreach ((string code, string shape) in lines)
        {
            writer.Line($"{code.PadRight(width)}  // {shape}");
        }

        void Parameters(string block, Layer layer, Value weights, Value? bias)
        {
            ParameterSlot slot = program.Parameters.SlotOf(layer);
            Name(slot.IsByUnits ? weights.Name + "T" : weights.Name, slot.Weights.Offset, slot.IsByUnits ? weights.Shape.Transposed.ToString() : Notation.ShapeOf(weights));
            if (bias is not null)
            {
                Name(bias.Name, slot.Bias!.Offset, Notation.ShapeOf(bias));
            }

            void Name(string name, int offset, string shape) =>
                lines.Add(($"ref {Type} {name} = ref Unsafe.Add(ref {block}, {CSharpLiteral.Int(offset)});", shape));
        }
    }

    /// <summary>
    /// The rows that also stand in memory: those whose elements are read one by one, those of another loop, and what the loss wants there.
    /// </summary>
    private IEnumerable<Value> InMemory(string suffix)
    {
        IEnumerable<Value> values = ReadByElement;
        if (_loops)
        {
            IEnumerable<Value> forward = program.Forward.Where(step => LayerOf(step) != program.LastLayer).SelectMany(step => step.Writes);
            values = values.Concat(forward.Where(value => StepsOf(program).Any(step => !program.Forward.Contains(step) && step.Reads.Contains(value))));
        }

        if (!_loss.KeepsRowsInRegisters(suffix))
        {
            values = values.Append(program.Loss.Input);
        }

        if (!_loss.KeepsGradientInRegister(suffix))
        {
            values = values.Append(program.Loss.Gradient);
        }

        if (_loss.StagesTargetRows(suffix))
        {
            values = values.Append(program.Target);
        }

        return values.Where(value => value != program.Input).Distinct();
    }

    /// <summary>What a product multiplies by a row of W element by element: its input, where W does not stand unit by unit.</summary>
    private IEnumerable<Value> ReadByElement => program.Forward.OfType<DenseStep>().Where(step => !IsByUnits(step.Layer)).Select(step => step.Input);

    private bool IsByUnits(Layer layer) => program.Parameters.SlotOf(layer).IsByUnits;

    private int Stride(Value value) => value == program.Input ? program.Spec.Inputs : program.Training[value].Stride;

    /// <summary>The offset of a column of the row of this sample.</summary>
    private string At(Value value, int column)
    {
        string offset = CSharpLiteral.Int(column);
        if (!_loops)
        {
            return offset;
        }

        string row = Stride(value) == 1 ? "n" : $"n * {CSharpLiteral.Int(Stride(value))}";
        return column == 0 ? row : $"{row} + {offset}";
    }

    private void EmitStep(Step step, string suffix)
    {
        switch (step)
        {
            case DenseStep dense when IsByUnits(dense.Layer):
                EmitNarrowDense(dense, suffix);
                break;
            case InputGradientStep product when IsByUnits(product.Layer):
                EmitNarrowInputGradient(product);
                break;
            case WeightGradientStep gradient when IsByUnits(gradient.Layer):
                EmitNarrowWeightGradient(gradient);
                break;
            case DenseStep dense:
                EmitDense(dense, suffix);
                break;
            case ActivateStep activate:
                foreach (Lane lane in LanesOf(activate.Output))
                {
                    Define(activate.Output, lane, ActivationSyntax.Forward(activate.Activation, Use(activate.Input, lane), _element));
                    StoreIfRead(activate.Output, lane, suffix);
                }

                break;
            case ActivationGradientStep gradient:
                foreach (Lane lane in LanesOf(gradient.Result))
                {
                    Define(gradient.Result, lane, Gradient(gradient, Use(gradient.Upstream, lane), lane));
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

    private string Gradient(ActivationGradientStep step, string upstream, Lane lane) => ActivationSyntax.Gradient(
        step.Activation,
        upstream,
        step.PreActivation is { } z ? Use(z, lane) : string.Empty,
        step.Output is { } h ? Use(h, lane) : string.Empty,
        _element);

    /// <summary>Binds a row's register.</summary>
    private void Define(Value value, Lane lane, string expression)
    {
        writer.Line($"var {Row(value, lane)} = {expression};");
        _registers.Add(Row(value, lane));
    }

    /// <summary>The rows that other loops read.</summary>
    private HashSet<Value> _keptRows = [];

    /// <summary>Stores a row where its elements are read one by one, where another loop reads it, or where the loss wants it.</summary>
    private void StoreIfRead(Value value, Lane lane, string suffix)
    {
        bool isRead = ReadByElement.Contains(value) || _keptRows.Contains(value)
            || (program.Loss.Input == value && !_loss.KeepsRowsInRegisters(suffix));
        if (isRead)
        {
            writer.Line($"Simd.Store({Row(value, lane)}, ref {value.Name}, {At(value, int.Parse(lane.Offset))});");
        }
    }

    /// <summary>The register of a row; where the row is in memory only, writes its load first.</summary>
    private string Use(Value value, Lane lane)
    {
        string row = Row(value, lane);
        if (_registers.Add(row))
        {
            writer.Line($"var {row} = Simd.Load(ref {value.Name}, {At(value, int.Parse(lane.Offset))});");
        }

        return row;
    }

    /// <summary>One element of a row in every lane, loaded anew each time: sixteen of them in registers would push everything else out.</summary>
    private string Element(Value value, int k) => $"Simd.Broadcast(ref {value.Name}, {At(value, k)})";

    /// <summary>The statement that adds a product to a vector of a gradient: in its register where there are loops, else in memory.</summary>
    private string Add(string product, string register, string matrix, int offset)
    {
        if (_loops)
        {
            return $"{register} = Simd.MultiplyAdd({product}, {register});";
        }

        string at = $"ref {matrix}, {CSharpLiteral.Int(offset)}";
        return $"Simd.Store(Simd.MultiplyAdd({product}, Simd.Load({at})), {at});";
    }

    private IReadOnlyList<Lane> LanesOf(Value value) => Lanes(value.Shape.Columns);

    private IReadOnlyList<Lane> Lanes(int columns) => Lane.Of(_element.Padded(columns), _element);

    /// <summary>The register that holds one vector of a row: h1Low, or h1Row where the row is one vector.</summary>
    private string Row(Value value, Lane lane) => $"{value.Name}{Suffix(lane, value.Shape.Columns)}";

    private string Suffix(Lane lane, int columns) => _element.Padded(columns) == _element.Lanes ? "Row" : lane.Suffix;
}
