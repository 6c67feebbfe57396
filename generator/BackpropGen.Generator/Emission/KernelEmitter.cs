using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission;

/// <summary>
/// Writes the matrix kernels of large layers. A kernel walks the panels of its matrix and, within a panel, blocks of rows; a block is a
/// method of its own (<see cref="TileEmitter"/>) that keeps all its sums in registers.
/// </summary>
internal sealed class KernelEmitter(LoweredProgram program, SourceWriter writer)
{
    private readonly ElementType _element = program.Element;
    private readonly TileEmitter _tiles = new(writer, program.Element);

    private string Type => _element.Keyword;

    /// <summary>Whether any step of the network calls a kernel.</summary>
    public static bool IsNeeded(LoweredProgram program) =>
        program.Forward.OfType<DenseStep>().Any(step => program.ScheduleOf(step) == Schedule.Tiled)
        || program.Backward.OfType<InputGradientStep>().Any(step => program.ScheduleOf(step) == Schedule.Tiled);

    public void Emit()
    {
        foreach (DenseStep step in program.Forward.OfType<DenseStep>().Where(step => program.ScheduleOf(step) == Schedule.Tiled))
        {
            EmitDense(step, program.Training, KernelCalls.DenseName(step));
        }

        foreach (Step step in program.Backward)
        {
            switch (step)
            {
                case WeightGradientStep s when program.ScheduleOf(s) == Schedule.Tiled:
                    EmitWeightGradient(s);
                    break;
                case InputGradientStep s when program.ScheduleOf(s) == Schedule.Tiled:
                    EmitInputGradient(s);
                    break;
            }
        }
    }

    private void EmitDense(DenseStep step, WorkspacePlan plan, string name)
    {
        Layer layer = step.Layer;
        var outputs = new List<TileOutput>();
        if (step.PreActivation is { } z)
        {
            outputs.Add(new TileOutput(z.Name, plan[z].Stride, sum => sum));
        }

        if (step.Output is { } h)
        {
            outputs.Add(new TileOutput(h.Name, plan[h].Stride, sum => ActivationSyntax.Forward(layer.Spec.Activation, sum, _element)));
        }

        EmitProduct(new ProductKernel(
            name,
            string.Join(" ", Equations.Of(step, program).Select(equation => equation.Text)),
            step.Input.Name,
            step.Input == program.Input ? layer.Inputs : plan[step.Input].Stride,
            layer.Inputs,
            step.Weights.Name,
            layer.Outputs,
            step.Bias?.Name,
            [],
            outputs));
    }

    private void EmitInputGradient(InputGradientStep step)
    {
        Layer layer = step.Layer;
        WorkspacePlan plan = program.Training;
        var operands = new List<TileOperand>();
        Func<string, string> finish = sum => sum;
        if (step.Epilogue is { } epilogue)
        {
            string z = epilogue.PreActivation?.Name ?? string.Empty;
            string h = epilogue.Output?.Name ?? string.Empty;
            foreach (Value value in new[] { epilogue.PreActivation, epilogue.Output }.OfType<Value>())
            {
                operands.Add(new TileOperand(value.Name, plan[value].Stride));
            }

            finish = sum => ActivationSyntax.Gradient(epilogue.Activation, sum, $"{{{z}}}", $"{{{h}}}", _element);
        }

        EmitProduct(new ProductKernel(
            KernelCalls.InputGradientName(step),
            string.Join(" ", Equations.Of(step, program).Select(equation => equation.Text)),
            step.Delta.Name,
            plan[step.Delta].Stride,
            layer.Outputs,
            step.Weights.Name + "T",
            layer.Inputs,
            null,
            operands,
            [new TileOutput(step.Result.Name, plan[step.Result].Stride, finish)]));
    }

    /// <summary>The driver of a product rows × panels: every block of rows of every panel, then the same for a last half panel.</summary>
    private void EmitProduct(ProductKernel kernel)
    {
        int padded = _element.Padded(kernel.Columns);
        int full = padded / _element.PanelWidth * _element.PanelWidth;
        bool hasHalf = padded > full;
        var parameters = new[] { kernel.Left, kernel.Panels, kernel.Bias }
            .Concat(kernel.Operands.Select(o => o.Name)).Concat(kernel.Outputs.Select(o => o.Name))
            .Where(name => name is not null).Select(name => $"ref {Type} {name}").Append("nint batch").ToList();

        writer.Blank();
        writer.Doc("summary", $"{kernel.Equation}   [N × {kernel.Columns}]");
        writer.Doc(
            "remarks",
            $"Blocks of {RowBlocks.Largest} samples × {_element.PanelWidth} columns: their sums stay in registers while k runs over {CSharpLiteral.Count(kernel.Terms)} terms,\n"
            + $"one cache line of {kernel.Panels} and one element of {kernel.Left} per sample at a time.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.OpenMethod($"private static void {kernel.Name}", parameters.ToArray()))
        {
            if (full > 0)
            {
                using (writer.Open($"for (nint j = 0; j < {full}; j += {_element.PanelWidth})"))
                {
                    EmitRowBlocks("j", 2);
                }
            }

            if (hasHalf)
            {
                if (full > 0)
                {
                    writer.Blank();
                }

                using (full > 0 ? writer.Open() : writer.Open("// One panel, one vector wide."))
                {
                    EmitRowBlocks(CSharpLiteral.Int(full), 1);
                }
            }
        }

        foreach (int vectors in new[] { 2, 1 }.Where(vectors => vectors == 2 ? full > 0 : hasHalf))
        {
            foreach (int rows in RowBlocks.Sizes)
            {
                _tiles.EmitProduct(kernel, rows, vectors);
            }
        }

        void EmitRowBlocks(string column, int vectors)
        {
            string at = column == "0" ? string.Empty : $" + {column}";
            string panel = column == "0" ? $"ref {kernel.Panels}" : "ref panel";
            if (column != "0")
            {
                writer.Line($"ref {Type} panel = ref Unsafe.Add(ref {kernel.Panels}, {column} * {kernel.Terms});");
            }

            writer.Line("nint n = 0;");
            foreach (int rows in RowBlocks.Sizes)
            {
                string name = TileEmitter.Name(kernel.Name, rows, vectors);
                string start = kernel.Bias is null ? string.Empty : column == "0" ? $"ref {kernel.Bias}, " : $"ref Unsafe.Add(ref {kernel.Bias}, {column}), ";
                string left = $"ref Unsafe.Add(ref {kernel.Left}, n * {kernel.LeftStride})";
                IEnumerable<string> others = kernel.Operands.Select(o => (o.Name, o.Stride)).Concat(kernel.Outputs.Select(o => (o.Name, o.Stride)))
                    .Select(o => $"ref Unsafe.Add(ref {o.Name}, n * {o.Stride}{at})");
                string call = $"{name}({left}, {panel}, {start}{string.Join(", ", others)});";
                string head = rows == RowBlocks.Largest ? $"for (; n <= batch - {rows}; n += {rows})" : $"if (n <= batch - {rows})";
                if (rows != RowBlocks.Largest)
                {
                    writer.Blank();
                }

                using (writer.Open(head))
                {
                    writer.Line(call);
                    if (rows != RowBlocks.Largest && rows != 1)
                    {
                        writer.Line($"n += {rows};");
                    }
                }
            }
        }
    }

    private void EmitWeightGradient(WeightGradientStep step)
    {
        Layer layer = step.Layer;
        WorkspacePlan plan = program.Training;
        string name = KernelCalls.WeightGradientName(step);
        string x = step.Input.Name;
        string d = step.Delta.Name;
        string dW = step.WeightGradient.Name;
        int leftStride = step.Input == program.Input ? layer.Inputs : plan[step.Input].Stride;
        int deltaStride = plan[step.Delta].Stride;
        int padded = _element.Padded(layer.Outputs);
        int full = padded / _element.PanelWidth * _element.PanelWidth;
        bool hasHalf = padded > full;
        string bias = step.BiasGradient is { } db ? $", ref {Type} {db.Name}" : string.Empty;
        IReadOnlyList<(int Start, int Rows)> blocks = RowBlocks.Split(layer.Inputs);

        writer.Blank();
        writer.Doc("summary", $"{string.Join(", ", Equations.Of(step, program).Select(equation => equation.Text))}   [{layer.Inputs} × {layer.Outputs}]");
        writer.Doc(
            "remarks",
            $"Blocks of {RowBlocks.Largest} inputs × {_element.PanelWidth} units: their sums stay in registers while n runs over the samples.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Open($"private static void {name}(ref {Type} {x}, ref {Type} {d}, ref {Type} {dW}{bias}, nint batch, bool accumulate)"))
        {
            if (full > 0)
            {
                using (writer.Open($"for (nint j = 0; j < {full}; j += {_element.PanelWidth})"))
                {
                    EmitBlocks("j", 2);
                }
            }

            if (hasHalf)
            {
                using (full > 0 ? writer.Open() : writer.Open("// One panel, one vector wide."))
                {
                    EmitBlocks(CSharpLiteral.Int(full), 1);
                }
            }

            if (step.BiasGradient is { } biasGradient)
            {
                writer.Blank();
                using (writer.Open($"for (nint j = 0; j < {padded}; j += {_element.Lanes})"))
                {
                    writer.Line($"var sum = accumulate ? Simd.Load(ref {biasGradient.Name}, j) : {ActivationSyntax.Zero(_element)};");
                    using (writer.Open("for (nint n = 0; n < batch; n++)"))
                    {
                        writer.Line($"sum += Simd.Load(ref {d}, n * {deltaStride} + j);");
                    }

                    writer.Blank();
                    writer.Line($"Simd.Store(sum, ref {biasGradient.Name}, j);");
                }
            }
        }

        foreach (int vectors in new[] { 2, 1 }.Where(vectors => vectors == 2 ? full > 0 : hasHalf))
        {
            foreach (int rows in blocks.Select(block => block.Rows).Distinct())
            {
                _tiles.EmitOuterProduct(new OuterProductKernel(name, x, leftStride, d, deltaStride, dW), rows, vectors);
            }
        }

        void EmitBlocks(string column, int vectors)
        {
            int width = vectors * _element.Lanes;
            string panel = column == "0" ? $"ref {dW}" : "ref panel";
            string delta = column == "0" ? $"ref {d}" : $"ref Unsafe.Add(ref {d}, {column})";
            if (column != "0")
            {
                writer.Line($"ref {Type} panel = ref Unsafe.Add(ref {dW}, {column} * {layer.Inputs});");
            }

            int looped = blocks.Count(block => block.Rows == RowBlocks.Largest) * RowBlocks.Largest;
            if (looped > 0)
            {
                using (writer.Open($"for (nint i = 0; i < {looped}; i += {RowBlocks.Largest})"))
                {
                    writer.Line(
                        $"{TileEmitter.Name(name, RowBlocks.Largest, vectors)}(ref Unsafe.Add(ref {x}, i), {delta}, ref Unsafe.Add({panel}, i * {width}), batch, accumulate);");
                }
            }

            foreach ((int start, int rows) in blocks.Where(block => block.Rows != RowBlocks.Largest))
            {
                writer.Line(
                    $"{TileEmitter.Name(name, rows, vectors)}(ref Unsafe.Add(ref {x}, {start}), {delta}, ref Unsafe.Add({panel}, {start * width}), batch, accumulate);");
            }
        }
    }
}
