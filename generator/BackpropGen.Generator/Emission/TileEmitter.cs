using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>A matrix that the end of a tile reads beside its sums.</summary>
internal sealed record TileOperand(string Name, int Stride);

/// <summary>A matrix that a tile writes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stride">The length of its rows.</param>
/// <param name="Finish">From the sum to what is written; an operand stands in braces, {h1}.</param>
internal sealed record TileOutput(string Name, int Stride, Func<string, string> Finish);

/// <summary>
/// A product Left [N × Terms] · Panels [Terms × Columns]; where the panels are those of the transpose of a matrix that stands in panels
/// itself, <paramref name="TransposedFrom"/> is that matrix, and <paramref name="Panels"/> the room for one panel.
/// </summary>
internal sealed record ProductKernel(
    string Name,
    string Equation,
    string Left,
    int LeftStride,
    int Terms,
    string Panels,
    string? TransposedFrom,
    int Columns,
    string? Bias,
    IReadOnlyList<TileOperand> Operands,
    IReadOnlyList<TileOutput> Outputs);

/// <summary>A product Leftᵀ · Delta over the batch, into panels.</summary>
internal sealed record OuterProductKernel(string Name, int LeftStride, int DeltaStride);

/// <summary>
/// Writes the innermost blocks: rows × one panel, every sum in a register of its own. With few rows there are too few independent sums to
/// hide the latency of a multiply-add (4 cycles, 2 per cycle), so the terms are dealt to several chains that are added at the end.
/// The largest block of a full panel has a wide twin, with a row of the panel in one register of 512 bits. Every sum stays the same chain
/// over the same terms, so the bits do not depend on which of the two runs.
/// </summary>
internal sealed class TileEmitter(SourceWriter writer, ElementType element)
{
    private string Vector => $"Vector256<{element.Keyword}>";

    private string WideVector => $"Vector512<{element.Keyword}>";

    /// <summary>The name of a tile: its kernel and its size.</summary>
    public static string Name(string kernel, int rows, int vectors) =>
        $"{kernel}{CSharpLiteral.Int(rows)}{(vectors == 1 ? "Half" : string.Empty)}";

    /// <summary>Whether a tile has a wide twin. It does where the sums alone keep the multiply-add units busy, and most of the time is spent.</summary>
    public static bool HasWide(SourceWriter writer, int rows, int vectors) =>
        writer.Dialect.HasWideVectors() && rows == RowBlocks.Largest && vectors == 2;

    /// <summary>The call of a tile, or of its wide twin where the processor has vectors of that width.</summary>
    public static void EmitCall(SourceWriter writer, string kernel, int rows, int vectors, string arguments)
    {
        string name = Name(kernel, rows, vectors);
        if (!HasWide(writer, rows, vectors))
        {
            writer.Line($"{name}({arguments});");
            return;
        }

        using (writer.Open("if (Vector512.IsHardwareAccelerated)"))
        {
            writer.Line($"{name}Wide({arguments});");
        }

        using (writer.Open("else"))
        {
            writer.Line($"{name}({arguments});");
        }
    }

    /// <summary>A tile of a product: rows samples × one panel.</summary>
    public void EmitProduct(ProductKernel kernel, int rows, int vectors)
    {
        string type = element.Keyword;
        int width = vectors * element.Lanes;
        int chains = Math.Min(ChainsFor(rows, vectors), kernel.Terms);
        string bias = kernel.Bias is null ? string.Empty : $", ref {type} bias";
        string matrices = string.Concat(kernel.Operands.Select(o => $", ref {type} {o.Name}").Concat(kernel.Outputs.Select(o => $", ref {type} {o.Name}")));
        writer.Blank();
        writer.Optimized();
        using (writer.Open($"private static void {Name(kernel.Name, rows, vectors)}(ref {type} left, ref {type} panel{bias}{matrices})"))
        {
            for (int row = 0; row < rows; row++)
            {
                writer.Line(string.Join(" ", Vectors(vectors).Select(v => $"var {Sum(row, v, 0)} = {Start(v)};")));
            }

            for (int chain = 1; chain < chains; chain++)
            {
                for (int row = 0; row < rows; row++)
                {
                    writer.Line(string.Join(" ", Vectors(vectors).Select(v => $"var {Sum(row, v, chain)} = {Vector}.Zero;")));
                }
            }

            int looped = kernel.Terms / chains * chains;
            writer.Blank();
            using (writer.Open($"for (nint k = 0; k < {looped}; k += {chains})".Replace("k += 1)", "k++)")))
            {
                EmitTerms(Enumerable.Range(0, chains).ToList(), chains);
            }

            if (looped < kernel.Terms)
            {
                writer.Blank();
                writer.Line($"// The last {kernel.Terms - looped} of {kernel.Terms} terms.");
                EmitTerms(Enumerable.Range(0, kernel.Terms - looped).ToList(), 0);
            }

            if (chains > 1)
            {
                writer.Blank();
                for (int row = 0; row < rows; row++)
                {
                    writer.Line(string.Join(" ", Vectors(vectors).Select(v =>
                        $"{Sum(row, v, 0)} += {string.Join(" + ", Enumerable.Range(1, chains - 1).Select(chain => Sum(row, v, chain)))};")));
                }
            }

            writer.Blank();
            EmitOutputs(kernel, rows, vectors);
        }

        string Start(int v) => kernel.Bias is null ? $"{Vector}.Zero" : $"Simd.Load(ref bias, {v * element.Lanes})";

        void EmitTerms(IReadOnlyList<int> terms, int advance)
        {
            foreach (int term in terms)
            {
                string suffix = terms.Count > 1 || advance == 0 ? Letter(term) : string.Empty;
                string prefix = advance == 0 ? "last" : "w";
                foreach (int v in Vectors(vectors))
                {
                    writer.Line($"var {prefix}{v}{suffix} = Simd.Load(ref panel, {(term * width) + (v * element.Lanes)});");
                }

                for (int row = 0; row < rows; row++)
                {
                    string left = $"{(advance == 0 ? "x" : "a")}{row}{suffix}";
                    string broadcast = $"var {left} = Simd.Broadcast(ref left, {(row * kernel.LeftStride) + term});";
                    string first = Sum(row, 0, term);
                    string second = vectors == 2 ? Sum(row, 1, term) : string.Empty;
                    writer.Line(vectors == 2
                        ? $"{broadcast} {first} = Simd.MultiplyAdd({left}, {prefix}0{suffix}, {first}); {second} = Simd.MultiplyAdd({left}, {prefix}1{suffix}, {second});"
                        : $"{broadcast} {first} = Simd.MultiplyAdd({left}, {prefix}0{suffix}, {first});");
                }
            }

            if (advance > 0)
            {
                writer.Line($"left = ref Unsafe.Add(ref left, {advance});");
                writer.Line($"panel = ref Unsafe.Add(ref panel, {advance * width});");
            }
        }
    }

    /// <summary>The wide twin of a tile of a product.</summary>
    public void EmitWideProduct(ProductKernel kernel, int rows)
    {
        string type = element.Keyword;
        string bias = kernel.Bias is null ? string.Empty : $", ref {type} bias";
        string matrices = string.Concat(kernel.Operands.Select(o => $", ref {type} {o.Name}").Concat(kernel.Outputs.Select(o => $", ref {type} {o.Name}")));
        writer.Blank();
        writer.Optimized();
        using (writer.Open($"private static void {Name(kernel.Name, rows, 2)}Wide(ref {type} left, ref {type} panel{bias}{matrices})"))
        {
            for (int row = 0; row < rows; row++)
            {
                writer.Line($"var c{row} = {(kernel.Bias is null ? $"{WideVector}.Zero" : "Simd.LoadWide(ref bias, 0)")};");
            }

            writer.Blank();
            using (writer.Open($"for (nint k = 0; k < {kernel.Terms}; k++)"))
            {
                writer.Line("var w = Simd.LoadWide(ref panel, 0);");
                for (int row = 0; row < rows; row++)
                {
                    writer.Line($"c{row} = Simd.MultiplyAdd(Simd.BroadcastWide(ref left, {row * kernel.LeftStride}), w, c{row});");
                }

                writer.Line("left = ref Unsafe.Add(ref left, 1);");
                writer.Line($"panel = ref Unsafe.Add(ref panel, {element.PanelWidth});");
            }

            writer.Blank();
            for (int row = 0; row < rows; row++)
            {
                writer.Line($"var {Sum(row, 0, 0)} = c{row}.GetLower(); var {Sum(row, 1, 0)} = c{row}.GetUpper();");
            }

            writer.Blank();
            EmitOutputs(kernel, rows, 2);
        }
    }

    private void EmitOutputs(ProductKernel kernel, int rows, int vectors)
    {
        for (int row = 0; row < rows; row++)
        {
            foreach (int v in Vectors(vectors))
            {
                foreach (TileOutput output in kernel.Outputs)
                {
                    string value = output.Finish(Sum(row, v, 0));
                    foreach (TileOperand operand in kernel.Operands)
                    {
                        value = value.Replace($"{{{operand.Name}}}", $"Simd.Load(ref {operand.Name}, {Offset(row, operand.Stride, v)})");
                    }

                    writer.Line($"Simd.Store({value}, ref {output.Name}, {Offset(row, output.Stride, v)});");
                }
            }
        }
    }

    /// <summary>A tile of a weight gradient: rows inputs × one panel, summed over the samples.</summary>
    public void EmitOuterProduct(OuterProductKernel kernel, int rows, int vectors)
    {
        string type = element.Keyword;
        int width = vectors * element.Lanes;
        writer.Blank();
        writer.Optimized();
        using (writer.Open(
            $"private static void {Name(kernel.Name, rows, vectors)}(ref {type} left, ref {type} delta, ref {type} result, nint batch, bool accumulate)"))
        {
            for (int row = 0; row < rows; row++)
            {
                writer.Line(string.Join(" ", Vectors(vectors).Select(v => $"var {Sum(row, v, 0)} = {Vector}.Zero;")));
            }

            using (writer.Open("if (accumulate)"))
            {
                for (int row = 0; row < rows; row++)
                {
                    writer.Line(string.Join(" ", Vectors(vectors).Select(v => $"{Sum(row, v, 0)} = Simd.Load(ref result, {(row * width) + (v * element.Lanes)});")));
                }
            }

            writer.Blank();
            using (writer.Open("for (nint n = 0; n < batch; n++)"))
            {
                foreach (int v in Vectors(vectors))
                {
                    writer.Line($"var d{v} = Simd.Load(ref delta, {v * element.Lanes});");
                }

                for (int row = 0; row < rows; row++)
                {
                    writer.Line($"var a{row} = Simd.Broadcast(ref left, {row});" + string.Concat(Vectors(vectors).Select(v =>
                        $" {Sum(row, v, 0)} = Simd.MultiplyAdd(a{row}, d{v}, {Sum(row, v, 0)});")));
                }

                writer.Line($"left = ref Unsafe.Add(ref left, {kernel.LeftStride});");
                writer.Line($"delta = ref Unsafe.Add(ref delta, {kernel.DeltaStride});");
            }

            writer.Blank();
            for (int row = 0; row < rows; row++)
            {
                foreach (int v in Vectors(vectors))
                {
                    writer.Line($"Simd.Store({Sum(row, v, 0)}, ref result, {(row * width) + (v * element.Lanes)});");
                }
            }
        }
    }

    /// <summary>The wide twin of a tile of a weight gradient.</summary>
    public void EmitWideOuterProduct(OuterProductKernel kernel, int rows)
    {
        string type = element.Keyword;
        writer.Blank();
        writer.Optimized();
        using (writer.Open(
            $"private static void {Name(kernel.Name, rows, 2)}Wide(ref {type} left, ref {type} delta, ref {type} result, nint batch, bool accumulate)"))
        {
            for (int row = 0; row < rows; row++)
            {
                writer.Line($"var c{row} = {WideVector}.Zero;");
            }

            using (writer.Open("if (accumulate)"))
            {
                for (int row = 0; row < rows; row++)
                {
                    writer.Line($"c{row} = Simd.LoadWide(ref result, {row * element.PanelWidth});");
                }
            }

            writer.Blank();
            using (writer.Open("for (nint n = 0; n < batch; n++)"))
            {
                writer.Line("var d = Simd.LoadWide(ref delta, 0);");
                for (int row = 0; row < rows; row++)
                {
                    writer.Line($"c{row} = Simd.MultiplyAdd(Simd.BroadcastWide(ref left, {row}), d, c{row});");
                }

                writer.Line($"left = ref Unsafe.Add(ref left, {kernel.LeftStride});");
                writer.Line($"delta = ref Unsafe.Add(ref delta, {kernel.DeltaStride});");
            }

            writer.Blank();
            for (int row = 0; row < rows; row++)
            {
                writer.Line($"Simd.Store(c{row}, ref result, {row * element.PanelWidth});");
            }
        }
    }

    /// <summary>Eight independent sums keep both multiply-add units busy; with fewer, the terms are dealt to as many chains as registers allow.</summary>
    private static int ChainsFor(int rows, int vectors) => rows * vectors >= 8 ? 1 : Math.Min(4, 12 / (rows * vectors));

    private static IEnumerable<int> Vectors(int count) => Enumerable.Range(0, count);

    private static string Sum(int row, int vector, int chain) => $"c{row}{vector}{(chain == 0 ? string.Empty : Letter(chain))}";

    private static string Letter(int index) => ((char)('a' + index)).ToString();

    private string Offset(int row, int stride, int vector) => CSharpLiteral.Int((row * stride) + (vector * element.Lanes));
}
