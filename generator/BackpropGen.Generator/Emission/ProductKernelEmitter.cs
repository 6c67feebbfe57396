using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>Writes the kernel of a product of rows and panels: every block of rows of every panel, then the same for a last half panel.</summary>
internal sealed class ProductKernelEmitter(SourceWriter writer, ElementType element)
{
    private readonly TileEmitter _tiles = new(writer, element);

    private string Type => element.Keyword;

    public void Emit(ProductKernel kernel)
    {
        int padded = element.Padded(kernel.Columns);
        int full = padded / element.PanelWidth * element.PanelWidth;
        bool hasHalf = padded > full;
        var parameters = new[] { kernel.Left, kernel.TransposedFrom, kernel.Panels, kernel.Bias }
            .Concat(kernel.Operands.Select(o => o.Name)).Concat(kernel.Outputs.Select(o => o.Name))
            .Where(name => name is not null).Select(name => $"ref {Type} {name}").Append("nint batch").ToList();

        writer.Blank();
        writer.Doc("summary", $"{kernel.Equation}   [N × {kernel.Columns}]");
        writer.Doc("remarks", Remarks(kernel));
        writer.Optimized();
        using (writer.OpenMethod($"private static void {kernel.Name}", parameters.ToArray()))
        {
            if (full > 0)
            {
                using (writer.Open($"for (nint j = 0; j < {full}; j += {element.PanelWidth})"))
                {
                    EmitPanel(kernel, "j", 2);
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
                    EmitPanel(kernel, CSharpLiteral.Int(full), 1);
                }
            }
        }

        foreach (int vectors in new[] { 2, 1 }.Where(vectors => vectors == 2 ? full > 0 : hasHalf))
        {
            foreach (int rows in RowBlocks.Sizes)
            {
                _tiles.EmitProduct(kernel, rows, vectors);
                if (TileEmitter.HasWide(writer, rows, vectors))
                {
                    _tiles.EmitWideProduct(kernel, rows);
                }
            }
        }
    }

    private string Remarks(ProductKernel kernel)
    {
        string blocks = $"Blocks of {RowBlocks.Largest} samples × {element.PanelWidth} columns: their sums stay in registers while k runs over "
            + $"{CSharpLiteral.Count(kernel.Terms)} terms,\none cache line of {kernel.Panels} and one element of {kernel.Left} per sample at a time.";
        return kernel.TransposedFrom is null
            ? blocks
            : $"{blocks}\n{kernel.Panels} holds one panel of {kernel.TransposedFrom}ᵀ at a time, transposed on the way and then read for every block.";
    }

    private void EmitPanel(ProductKernel kernel, string column, int vectors)
    {
        string at = column == "0" ? string.Empty : $" + {column}";
        string panel = $"ref {kernel.Panels}";
        if (kernel.TransposedFrom is { } source)
        {
            writer.Line($"PanelMatrix.TransposePanel(ref {source}, {kernel.Columns}, {kernel.Terms}, {column}, ref {kernel.Panels});");
        }
        else if (column != "0")
        {
            writer.Line($"ref {Type} panel = ref Unsafe.Add(ref {kernel.Panels}, {column} * {kernel.Terms});");
            panel = "ref panel";
        }

        writer.Line("nint n = 0;");
        foreach (int rows in RowBlocks.Sizes)
        {
            string start = kernel.Bias is null ? string.Empty : column == "0" ? $"ref {kernel.Bias}, " : $"ref Unsafe.Add(ref {kernel.Bias}, {column}), ";
            string left = $"ref Unsafe.Add(ref {kernel.Left}, n * {kernel.LeftStride})";
            IEnumerable<string> others = kernel.Operands.Select(o => (o.Name, o.Stride)).Concat(kernel.Outputs.Select(o => (o.Name, o.Stride)))
                .Select(o => $"ref Unsafe.Add(ref {o.Name}, n * {o.Stride}{at})");
            string arguments = $"{left}, {panel}, {start}{string.Join(", ", others)}";
            if (rows != RowBlocks.Largest)
            {
                writer.Blank();
            }

            using (writer.Open(RowBlocks.Condition(rows)))
            {
                TileEmitter.EmitCall(writer, kernel.Name, rows, vectors, arguments);
                if (rows is 2 or 3)
                {
                    writer.Line($"n += {rows};");
                }
            }
        }
    }
}
