namespace FourLayer;

/// <summary>
/// Prints equations with the matrices they give, two matrices side by side where one checks the other, and remembers the
/// largest difference it has seen.
/// </summary>
internal sealed class DerivationPrinter(TextWriter output)
{
    private const int ColumnWidth = 10;
    private const int Decimals = 6;
    private const int Gap = 6;
    private const string Indent = "    ";

    /// <summary>The largest difference between two matrices shown side by side; not a number if any of them was.</summary>
    public double LargestDifference { get; private set; }

    /// <summary>A heading, underlined.</summary>
    public void Chapter(string title)
    {
        output.WriteLine();
        output.WriteLine(title);
        output.WriteLine(new string('═', title.Length));
    }

    /// <summary>A smaller heading, with a remark after it.</summary>
    public void Section(string title, string remark = "")
    {
        output.WriteLine();
        output.WriteLine(remark.Length == 0 ? $"── {title}" : $"── {title}: {remark}");
    }

    /// <summary>A line of its own, for instance an equation whose result is one number.</summary>
    public void Line(string text)
    {
        output.WriteLine();
        output.WriteLine(text);
    }

    /// <summary>A matrix that is given: two decimals are all it has.</summary>
    public void Given(string name, Matrix matrix) => Show(name, matrix, decimals: 2);

    /// <summary>An equation and the matrix it gives.</summary>
    public void Show(string equation, Matrix matrix, int decimals = Decimals)
    {
        WriteHead(equation, matrix, "");
        for (int row = 0; row < matrix.Rows; row++)
        {
            output.WriteLine(Indent + Row(matrix, row, decimals));
        }
    }

    /// <summary>An equation, the matrix that the generated code gives, and the same matrix from elsewhere.</summary>
    public void Compare(string equation, Matrix generated, string origin, Matrix check)
    {
        double difference = Matrix.LargestDifference(generated, check);
        LargestDifference = Math.Max(LargestDifference, difference);

        WriteHead(equation, generated, $"largest difference {Scientific(difference)}");
        int width = Math.Max(generated.Columns * ColumnWidth, "generated code".Length + 2) + Gap;
        output.WriteLine($"{Indent}{"  generated code".PadRight(width)}  {origin}");
        for (int row = 0; row < generated.Rows; row++)
        {
            output.WriteLine(Indent + Row(generated, row).PadRight(width) + Row(check, row));
        }
    }

    /// <summary>A small number the way people write it: 1.2e-11.</summary>
    public static string Scientific(double value) => value == 0 ? "0" : value.ToString("0.0e-00");

    private static string Row(Matrix matrix, int row, int decimals = Decimals) => string.Concat(
        Enumerable.Range(0, matrix.Columns).Select(column => matrix[row, column].ToString($"F{decimals}").PadLeft(ColumnWidth)));

    private void WriteHead(string equation, Matrix matrix, string remark)
    {
        output.WriteLine();
        output.WriteLine($"{equation,-36}{$"[{matrix.Rows} × {matrix.Columns}]",-12}{remark}".TrimEnd());
    }
}
