namespace FourLayer;

/// <summary>A small matrix with the few operations that the equations of the derivation need.</summary>
/// <param name="rows">The number of rows: one per sample, where the matrix belongs to a batch.</param>
/// <param name="columns">The number of columns.</param>
/// <param name="values">The values row by row.</param>
internal sealed class Matrix(int rows, int columns, double[] values)
{
    /// <summary>A matrix of zeros.</summary>
    public Matrix(int rows, int columns)
        : this(rows, columns, new double[rows * columns])
    {
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; } = rows;

    /// <summary>The number of columns.</summary>
    public int Columns { get; } = columns;

    /// <summary>The values row by row.</summary>
    public double[] Values { get; } = values.Length == rows * columns
        ? values
        : throw new ArgumentException($"{rows} × {columns} values are needed, not {values.Length}.", nameof(values));

    /// <summary>The value in a row and a column.</summary>
    public double this[int row, int column]
    {
        get => Values[row * Columns + column];
        set => Values[row * Columns + column] = value;
    }

    /// <summary>One row per label, with a one in the column of the label.</summary>
    public static Matrix OneHot(ReadOnlySpan<int> labels, int classes)
    {
        var result = new Matrix(labels.Length, classes);
        for (int n = 0; n < labels.Length; n++)
        {
            result[n, labels[n]] = 1;
        }

        return result;
    }

    /// <summary>A·Bᵀ: how δ goes back through the weights.</summary>
    public static Matrix TimesTransposed(Matrix a, Matrix b)
    {
        var result = new Matrix(a.Rows, b.Rows);
        for (int row = 0; row < a.Rows; row++)
        {
            for (int column = 0; column < b.Rows; column++)
            {
                for (int k = 0; k < a.Columns; k++)
                {
                    result[row, column] += a[row, k] * b[column, k];
                }
            }
        }

        return result;
    }

    /// <summary>Combines two matrices of one shape, value by value.</summary>
    public static Matrix Zip(Matrix a, Matrix b, Func<double, double, double> combine)
    {
        var result = new Matrix(a.Rows, a.Columns);
        for (int i = 0; i < result.Values.Length; i++)
        {
            result.Values[i] = combine(a.Values[i], b.Values[i]);
        }

        return result;
    }

    /// <summary>The largest |a − b|; not a number if any of the values is not a number.</summary>
    public static double LargestDifference(Matrix a, Matrix b)
    {
        double largest = 0;
        for (int i = 0; i < a.Values.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(a.Values[i] - b.Values[i]));
        }

        return largest;
    }
}
