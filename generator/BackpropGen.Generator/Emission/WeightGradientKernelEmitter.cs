using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Lowering.Passes;

namespace BackpropGen.Generator.Emission;

/// <summary>Writes the kernel of ∂W = hᵀ·δ and ∂b = Σ δ: every block of inputs of every panel of ∂W, summed over the samples.</summary>
internal sealed class WeightGradientKernelEmitter(LoweredProgram program, SourceWriter writer, WeightGradientStep step)
{
    private const int SamplesTogether = PackOperands.SamplesTogether;

    private readonly ElementType _element = program.Element;
    private readonly TileEmitter _tiles = new(writer, program.Element);
    private readonly string _name = KernelCalls.WeightGradientName(step);
    private readonly string _input = step.Input.Name;
    private readonly string _delta = step.Delta.Name;
    private readonly string _gradient = step.WeightGradient.Name;
    private readonly int _inputStride = step.Input == program.Input ? step.Layer.Inputs : program.Training[step.Input].Stride;
    private readonly int _deltaStride = program.Training[step.Delta].Stride;
    private readonly IReadOnlyList<(int Start, int Rows)> _blocks = RowBlocks.Split(step.Layer.Inputs);

    private string Type => _element.Keyword;

    private int Padded => _element.Padded(step.Layer.Outputs);

    /// <summary>The columns in whole panels.</summary>
    private int Full => Padded / _element.PanelWidth * _element.PanelWidth;

    private bool HasHalf => Padded > Full;

    /// <summary>The inputs in whole blocks, which are copied; what is left over is read as it stands.</summary>
    private int Blocked => _blocks.Count(block => block.Rows == RowBlocks.Largest) * RowBlocks.Largest;

    public void Emit()
    {
        Layer layer = step.Layer;
        writer.Blank();
        writer.Doc("summary", $"{string.Join(", ", Equations.Of(step, program).Select(equation => equation.Text))}   [{layer.Inputs} × {layer.Outputs}]");
        writer.Doc("remarks", Remarks());
        writer.Optimized();
        string[] matrices = KernelCalls.WeightGradientArguments(step).Select(name => $"ref {Type} {name}").ToArray();
        string[] part = program.IsParallel ? ["PassPart part"] : [];
        using (writer.OpenMethod($"private static void {_name}", [.. matrices, "nint batch", "bool accumulate", .. part]))
        {
            if (program.IsParallel)
            {
                EmitRange();
            }

            if (step.PackedDelta is null)
            {
                EmitPanels("batch", "accumulate");
            }
            else
            {
                using (writer.Open($"for (nint first = 0; first < batch; first += {SamplesTogether})"))
                {
                    writer.Line($"nint rows = (nint)Math.Min({SamplesTogether}, batch - first);");
                    writer.Line("bool add = accumulate || first > 0;");
                    writer.Line($"ref {Type} {_input}Rows = ref Unsafe.Add(ref {_input}, first * {_inputStride});");
                    writer.Line($"ref {Type} {_delta}Rows = ref Unsafe.Add(ref {_delta}, first * {_deltaStride});");
                    if (step.PackedInput is { } packed)
                    {
                        writer.Line(program.IsParallel
                            ? $"PanelMatrix.PackBlocks(ref Unsafe.Add(ref {_input}Rows, begin), {_inputStride}, end - begin, ref blocks, rows);"
                            : $"PanelMatrix.PackBlocks(ref {_input}Rows, {_inputStride}, {Blocked}, ref {packed.Name}, rows);");
                    }

                    writer.Blank();
                    EmitPanels("rows", "add");
                }
            }
        }

        foreach (int vectors in new[] { 2, 1 }.Where(vectors => vectors == 2 ? Full > 0 : HasHalf))
        {
            int width = vectors * _element.Lanes;
            foreach (int rows in _blocks.Select(block => block.Rows).Distinct())
            {
                int leftStride = step.PackedInput is not null && rows == RowBlocks.Largest ? RowBlocks.Largest : _inputStride;
                var kernel = new OuterProductKernel(_name, leftStride, step.PackedDelta is null ? _deltaStride : width);
                _tiles.EmitOuterProduct(kernel, rows, vectors);
                if (TileEmitter.HasWide(writer, rows, vectors))
                {
                    _tiles.EmitWideOuterProduct(kernel, rows);
                }
            }
        }
    }

    /// <summary>Which blocks of inputs fall to a part. Every element of ∂W has its whole sum in one part, whatever their number.</summary>
    private void EmitRange()
    {
        string rest = Blocked < step.Layer.Inputs ? ", the inputs that are left over to the last" : string.Empty;
        writer.Line($"// The blocks of inputs of this part.{(step.BiasGradient is null && rest.Length == 0 ? string.Empty : $" ∂b falls to the first part{rest}.")}");
        writer.Line($"nint begin = part.Start({Blocked}, {RowBlocks.Largest});");
        writer.Line($"nint end = part.End({Blocked}, {RowBlocks.Largest});");
        if (step.PackedInput is { } packed)
        {
            writer.Line($"ref {Type} blocks = ref Unsafe.Add(ref {packed.Name}, begin * (nint)Math.Min({SamplesTogether}, batch));");
        }

        writer.Blank();
    }

    private string Remarks()
    {
        string text = $"Blocks of {RowBlocks.Largest} inputs × {_element.PanelWidth} units: their sums stay in registers while n runs over the samples.";
        return (step.PackedInput, step.PackedDelta) switch
        {
            (null, null) => text,
            (null, { } delta) => $"{text}\nA panel of {Notation.Of(step.Delta)} is first copied to {delta.Name}: every block of the panel then reads it from the first-level cache.",
            ({ } input, { } delta) => $"{text}\n{_input} is first copied to {input.Name}, {RowBlocks.Largest} columns after the other, and a panel of {Notation.Of(step.Delta)} to {delta.Name}:"
                + "\nevery block then walks straight through memory.",
            _ => throw new InvalidOperationException("δ is copied wherever h is."),
        };
    }

    private void EmitPanels(string rows, string accumulate)
    {
        if (Full > 0)
        {
            using (writer.Open($"for (nint j = 0; j < {Full}; j += {_element.PanelWidth})"))
            {
                EmitPanel("j", 2, rows, accumulate);
            }
        }

        if (HasHalf)
        {
            if (Full > 0)
            {
                writer.Blank();
            }

            using (Full > 0 ? writer.Open() : writer.Open("// One panel, one vector wide."))
            {
                EmitPanel(CSharpLiteral.Int(Full), 1, rows, accumulate);
            }
        }
    }

    private void EmitPanel(string column, int vectors, string rows, string accumulate)
    {
        EmitDeltas(column, vectors, rows, accumulate);
        int width = vectors * _element.Lanes;
        string panel = $"ref {_gradient}";
        if (column != "0")
        {
            writer.Line($"ref {Type} panel = ref Unsafe.Add(ref {_gradient}, {column} * {step.Layer.Inputs});");
            panel = "ref panel";
        }

        string input = step.PackedDelta is null ? _input : $"{_input}Rows";
        string delta = step.PackedDelta is { } packed ? $"ref {packed.Name}" : column == "0" ? $"ref {_delta}" : $"ref Unsafe.Add(ref {_delta}, {column})";
        if (Blocked > 0)
        {
            string range = program.IsParallel ? "nint i = begin; i < end" : $"nint i = 0; i < {Blocked}";
            using (writer.Open($"for ({range}; i += {RowBlocks.Largest})"))
            {
                string left = step.PackedInput is not { } blocks ? $"ref Unsafe.Add(ref {input}, i)"
                    : program.IsParallel ? "ref Unsafe.Add(ref blocks, (i - begin) * rows)"
                    : $"ref Unsafe.Add(ref {blocks.Name}, i * rows)";
                EmitCall(RowBlocks.Largest, left, $"ref Unsafe.Add({panel}, i * {width})");
            }
        }

        if (Blocked > 0 && Blocked < step.Layer.Inputs)
        {
            writer.Blank();
        }

        using (program.IsParallel && Blocked < step.Layer.Inputs ? writer.Open("if (part.IsLast)") : default)
        {
            foreach ((int start, int count) in _blocks.Where(block => block.Rows != RowBlocks.Largest))
            {
                EmitCall(count, $"ref Unsafe.Add(ref {input}, {start})", $"ref Unsafe.Add({panel}, {start * width})");
            }
        }

        void EmitCall(int count, string left, string result) =>
            TileEmitter.EmitCall(writer, _name, count, vectors, $"{left}, {delta}, {result}, {rows}, {accumulate}");
    }

    /// <summary>One pass over a panel of δ: its column sums, and its copy.</summary>
    private void EmitDeltas(string column, int vectors, string rows, string accumulate)
    {
        if (step.BiasGradient is null && step.PackedDelta is null)
        {
            return;
        }

        string delta = step.PackedDelta is null ? _delta : $"{_delta}Rows";
        var lanes = Enumerable.Range(0, vectors).Select(v => (Vector: v, Offset: v * _element.Lanes)).ToList();
        if (step.BiasGradient is { } bias)
        {
            foreach ((int v, int offset) in lanes)
            {
                writer.Line($"var sum{v} = {accumulate} ? Simd.Load(ref {bias.Name}, {Sum(column, offset)}) : {ActivationSyntax.Zero(_element)};");
            }
        }

        using (writer.Open($"for (nint n = 0; n < {rows}; n++)"))
        {
            foreach ((int v, int offset) in lanes)
            {
                writer.Line($"var part{v} = Simd.Load(ref {delta}, {Sum($"n * {_deltaStride}", Sum(column, offset))});");
                if (step.PackedDelta is { } packed)
                {
                    writer.Line($"Simd.Store(part{v}, ref {packed.Name}, {Sum($"n * {vectors * _element.Lanes}", CSharpLiteral.Int(offset))});");
                }

                if (step.BiasGradient is not null)
                {
                    writer.Line($"sum{v} += part{v};");
                }
            }
        }

        writer.Blank();
        if (step.BiasGradient is { } result)
        {
            using (program.IsParallel ? writer.Open("if (part.IsFirst)") : default)
            {
                foreach ((int v, int offset) in lanes)
                {
                    writer.Line($"Simd.Store(sum{v}, ref {result.Name}, {Sum(column, offset)});");
                }
            }

            writer.Blank();
        }
    }

    private static string Sum(string left, int right) => Sum(left, CSharpLiteral.Int(right));

    private static string Sum(string left, string right) =>
        right == "0" ? left : left == "0" ? right
        : int.TryParse(left, out int a) && int.TryParse(right, out int b) ? CSharpLiteral.Int(a + b) : $"{left} + {right}";
}
