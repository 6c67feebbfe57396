using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>
/// The matrix products of a layer of few units, written as the loops themselves. Vectors lie along the inputs, since a row of so few outputs
/// would leave most lanes empty; W stands unit by unit, that is as the panels of Wᵀ, which both directions read as they are.
/// </summary>
internal sealed class NarrowLoops
{
    /// <summary>Eight sums hide the latency of a multiply-add and leave registers for what is multiplied.</summary>
    private const int MostSums = 8;

    private readonly SourceWriter _writer;
    private readonly ElementType _element;
    private readonly Layer _layer;
    private readonly Func<Value, int> _stride;
    private readonly int _units;
    private readonly int _together;

    public NarrowLoops(SourceWriter writer, ElementType element, Layer layer, Func<Value, int> stride)
    {
        _writer = writer;
        _element = element;
        _layer = layer;
        _stride = stride;
        _units = layer.Outputs;

        // Several panels at once where that gives enough sums and divides the inputs.
        _together = new[] { 4, 2 }.FirstOrDefault(panels => panels * 2 * _units <= MostSums && layer.Inputs % (panels * element.PanelWidth) == 0);
        _together = Math.Max(1, _together);
    }

    private IEnumerable<int> Units => Enumerable.Range(0, _units);

    /// <summary>z = h·W + b: one sum of products per unit, then the sums across lanes of all units at once; h = f(z).</summary>
    public void Dense(DenseStep step)
    {
        using (_writer.Open("for (nint n = 0; n < batch; n++)"))
        {
            bool isLooped = Segments.Count > 1 || Segments[0].IsLoop;
            if (isLooped)
            {
                foreach (int unit in Units)
                {
                    foreach (int v in Enumerable.Range(0, Segments.Max(segment => segment.Vectors)))
                    {
                        _writer.Line($"var {Sum("sum", unit, v)} = {ActivationSyntax.Zero(_element)};");
                    }
                }
            }

            ForEachSegment(segment =>
            {
                LoadInputs(step.Input, segment, "n");
                foreach (int unit in Units)
                {
                    foreach (int v in segment.All)
                    {
                        string weights = $"Simd.Load(ref {step.Weights.Name}T, {Weight(segment, unit, v)})";
                        _writer.Line(isLooped
                            ? $"{Sum("sum", unit, v)} = Simd.MultiplyAdd({step.Input.Name}{Letter(v)}, {weights}, {Sum("sum", unit, v)});"
                            : $"var {Sum("sum", unit, v)} = {step.Input.Name}{Letter(v)} * {weights};");
                    }
                }
            });
            IEnumerable<string> sums = Units.Select(unit =>
                string.Join(" + ", Enumerable.Range(0, Segments.Max(segment => segment.Vectors)).Select(v => Sum("sum", unit, v))));
            _writer.Line($"var z = Simd.SumEach({string.Join(", ", sums)}){(step.Bias is null ? string.Empty : $" + Simd.Load(ref {step.Bias.Name}, 0)")};");
            if (step.PreActivation is { } z)
            {
                _writer.Line($"Simd.Store(z, ref {z.Name}, {Row("n", _stride(z))});");
            }

            if (step.Output is { } h)
            {
                _writer.Line($"Simd.Store({ActivationSyntax.Forward(_layer.Spec.Activation, "z", _element)}, ref {h.Name}, {Row("n", _stride(h))});");
            }
        }
    }

    /// <summary>∂h = δ·Wᵀ and, where fused, δ of the layer below = ∂h ⊙ f′(z).</summary>
    public void InputGradient(InputGradientStep step)
    {
        using (_writer.Open("for (nint n = 0; n < batch; n++)"))
        {
            LoadDeltas(step.Delta);
            ForEachSegment(segment =>
            {
                foreach (int v in segment.All)
                {
                    string at = Column("n", _stride(step.Result), segment, v);
                    string sum = string.Empty;
                    foreach (int unit in Units)
                    {
                        string weights = $"Simd.Load(ref {step.Weights.Name}T, {Weight(segment, unit, v)})";
                        string delta = Delta(step.Delta, unit);
                        sum = sum.Length == 0 ? $"{delta} * {weights}" : $"Simd.MultiplyAdd({delta}, {weights}, {sum})";
                    }

                    _writer.Line($"var dh{Letter(v)} = {sum};");
                    string value = $"dh{Letter(v)}";
                    if (step.Epilogue is { } epilogue)
                    {
                        value = ActivationSyntax.Gradient(
                            epilogue.Activation, value, Operand(epilogue.PreActivation, "z"), Operand(epilogue.Output, "h"), _element);
                    }

                    _writer.Line($"Simd.Store({value}, ref {step.Result.Name}, {at});");

                    string Operand(Value? operand, string name)
                    {
                        if (operand is null)
                        {
                            return string.Empty;
                        }

                        _writer.Line($"var {name}{Letter(v)} = Simd.Load(ref {operand.Name}, {Column("n", _stride(operand), segment, v)});");
                        return $"{name}{Letter(v)}";
                    }
                }
            });
        }
    }

    /// <summary>∂Wᵀ = δᵀ·h, some panels of every unit at a time, and ∂b = Σ δ.</summary>
    public void WeightGradient(WeightGradientStep step)
    {
        string gradient = step.WeightGradient.Name + "T";
        ForEachSegment(segment =>
        {
            foreach (int unit in Units)
            {
                foreach (int v in segment.All)
                {
                    _writer.Line($"var {Sum(gradient, unit, v)} = accumulate ? Simd.Load(ref {gradient}, {Weight(segment, unit, v)}) : {ActivationSyntax.Zero(_element)};");
                }
            }

            using (_writer.Open("for (nint n = 0; n < batch; n++)"))
            {
                LoadInputs(step.Input, segment, "n");
                LoadDeltas(step.Delta);
                foreach (int unit in Units)
                {
                    foreach (int v in segment.All)
                    {
                        _writer.Line($"{Sum(gradient, unit, v)} = Simd.MultiplyAdd({Delta(step.Delta, unit)}, {step.Input.Name}{Letter(v)}, {Sum(gradient, unit, v)});");
                    }
                }
            }

            _writer.Blank();
            foreach (int unit in Units)
            {
                foreach (int v in segment.All)
                {
                    _writer.Line($"Simd.Store({Sum(gradient, unit, v)}, ref {gradient}, {Weight(segment, unit, v)});");
                }
            }
        });

        if (step.BiasGradient is { } bias)
        {
            _writer.Blank();
            InlineLoops.BiasGradient(_writer, _element, step, bias, _stride);
        }
    }

    /// <summary>The inputs in pieces: whole panels in a loop, then a last half panel.</summary>
    private IReadOnlyList<Segment> Segments
    {
        get
        {
            int step = _together * _element.PanelWidth;
            int looped = _layer.Inputs / step * step;
            var segments = new List<Segment>();
            if (looped > 0)
            {
                segments.Add(new Segment(0, looped, 2 * _together, looped > step));
            }

            if (looped < _layer.Inputs)
            {
                segments.Add(new Segment(looped, _layer.Inputs, 1, false));
            }

            return segments;
        }
    }

    private void ForEachSegment(Action<Segment> body)
    {
        foreach (Segment segment in Segments)
        {
            string loop = $"for (nint k = 0; k < {CSharpLiteral.Int(segment.End)}; k += {CSharpLiteral.Int(segment.Vectors * _element.Lanes)})";
            using (segment.IsLoop ? _writer.Open(loop) : Segments.Count > 1 ? _writer.Open() : (IDisposable?)null)
            {
                body(segment);
            }
        }
    }

    private void LoadInputs(Value input, Segment segment, string row)
    {
        foreach (int v in segment.All)
        {
            _writer.Line($"var {input.Name}{Letter(v)} = Simd.Load(ref {input.Name}, {Column(row, _stride(input), segment, v)});");
        }
    }

    private void LoadDeltas(Value delta)
    {
        foreach (int unit in Units)
        {
            string offset = unit == 0 ? string.Empty : $" + {CSharpLiteral.Int(unit)}";
            _writer.Line($"var {Delta(delta, unit)} = Simd.Broadcast(ref {delta.Name}, {Row("n", _stride(delta))}{offset});");
        }
    }

    private static string Delta(Value delta, int unit) => $"{delta.Name}n{CSharpLiteral.Int(unit)}";

    private static string Sum(string name, int unit, int vector) => $"{name}{CSharpLiteral.Int(unit)}{Letter(vector)}";

    private static char Letter(int vector) => (char)('a' + vector);

    private static string Row(string row, int stride) => stride == 1 ? row : $"{row} * {CSharpLiteral.Int(stride)}";

    /// <summary>Where vector v of a piece stands in a row of the batch.</summary>
    private string Column(string row, int stride, Segment segment, int vector)
    {
        int offset = segment.Start + (vector * _element.Lanes);
        string k = segment.IsLoop ? " + k" : string.Empty;
        return $"{Row(row, stride)}{k}{(offset == 0 ? string.Empty : $" + {CSharpLiteral.Int(offset)}")}";
    }

    /// <summary>Where it stands among the weights of a unit: [panel][unit][column].</summary>
    private string Weight(Segment segment, int unit, int vector)
    {
        int width = segment.Vectors == 1 ? _element.Lanes : _element.PanelWidth;
        int panel = vector / 2;
        int offset = (segment.Start * _units) + (panel * _element.PanelWidth * _units) + (unit * width) + (vector % 2 * _element.Lanes);
        return !segment.IsLoop ? CSharpLiteral.Int(offset)
            : offset == 0 ? $"k * {CSharpLiteral.Int(_units)}".Replace("k * 1", "k")
            : $"k * {CSharpLiteral.Int(_units)} + {CSharpLiteral.Int(offset)}".Replace("k * 1 ", "k ");
    }

    /// <summary>A piece of the inputs.</summary>
    /// <param name="Start">Its first input.</param>
    /// <param name="End">The first after it.</param>
    /// <param name="Vectors">The vectors of one turn.</param>
    /// <param name="IsLoop">Whether there is more than one turn.</param>
    private sealed record Segment(int Start, int End, int Vectors, bool IsLoop)
    {
        public IEnumerable<int> All => Enumerable.Range(0, Vectors);
    }
}
