using System.Globalization;

namespace BackpropGen.Generator.Graph;

/// <summary>The shape of a value: rows × columns, where the number of rows may be the batch size N, known only at run time.</summary>
/// <param name="Rows">The number of rows; <see cref="BatchRows"/> for one row per sample.</param>
/// <param name="Columns">The number of columns.</param>
internal readonly record struct Shape(int Rows, int Columns)
{
    /// <summary>The row count that stands for the batch size N.</summary>
    public const int BatchRows = -1;

    /// <summary>One row of <paramref name="columns"/> values per sample.</summary>
    public static Shape Batch(int columns) => new(BatchRows, columns);

    /// <summary>A constant matrix.</summary>
    public static Shape Matrix(int rows, int columns) => new(rows, columns);

    /// <summary>A row vector.</summary>
    public static Shape Vector(int length) => new(1, length);

    /// <summary>One number per sample.</summary>
    public static Shape PerSample => new(BatchRows, 1);

    /// <summary>One number.</summary>
    public static Shape Scalar => new(1, 1);

    public bool IsBatched => Rows == BatchRows;

    public Shape Transposed => new(Columns, Rows);

    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "[{0} × {1}]", IsBatched ? "N" : Rows.ToString(CultureInfo.InvariantCulture), Columns);
}
