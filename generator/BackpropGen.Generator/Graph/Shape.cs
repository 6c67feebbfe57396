using System.Globalization;

namespace BackpropGen.Generator.Graph;

/// <summary>
/// The shape of a value: rows × columns, where the number of rows may follow the batch size N, known only at run time: N, or N·k where a
/// sample has k rows (the steps of a sequence, the pixels of an image).
/// </summary>
/// <param name="Rows">The number of rows; −k for k rows per sample.</param>
/// <param name="Columns">The number of columns.</param>
internal readonly record struct Shape(int Rows, int Columns)
{
    /// <summary>One row of <paramref name="columns"/> values per sample.</summary>
    public static Shape Batch(int columns) => new(-1, columns);

    /// <summary>So many rows of <paramref name="columns"/> values per sample.</summary>
    public static Shape Batch(int rowsPerSample, int columns) => new(-rowsPerSample, columns);

    /// <summary>A constant matrix.</summary>
    public static Shape Matrix(int rows, int columns) => new(rows, columns);

    /// <summary>A row vector.</summary>
    public static Shape Vector(int length) => new(1, length);

    /// <summary>One number per sample.</summary>
    public static Shape PerSample => new(-1, 1);

    /// <summary>One number.</summary>
    public static Shape Scalar => new(1, 1);

    public bool IsBatched => Rows < 0;

    /// <summary>The rows of a sample.</summary>
    public int RowsPerSample => IsBatched ? -Rows : throw new InvalidOperationException($"{this} does not follow the batch.");

    /// <summary>Rows and columns changed places; of a matrix of the batch, only to see whether inner sizes agree.</summary>
    public Shape Transposed => new(Columns, Rows);

    /// <summary>The number of rows for so many samples.</summary>
    public int RowsOf(int samples) => IsBatched ? RowsPerSample * samples : Rows;

    public override string ToString() => $"[{RowWords(Rows)} × {RowWords(Columns)}]";

    private static string RowWords(int rows) => rows switch
    {
        -1 => "N",
        < 0 => string.Format(CultureInfo.InvariantCulture, "{0}·N", -rows),
        _ => rows.ToString(CultureInfo.InvariantCulture),
    };
}
