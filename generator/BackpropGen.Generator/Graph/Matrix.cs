namespace BackpropGen.Generator.Graph;

/// <summary>A matrix of doubles, row by row: what the interpreter computes with.</summary>
/// <param name="rows">The number of rows.</param>
/// <param name="columns">The number of columns.</param>
/// <param name="data">rows × columns numbers; they are not copied.</param>
internal sealed class Matrix(int rows, int columns, double[] data)
{
    public Matrix(int rows, int columns)
        : this(rows, columns, new double[rows * columns])
    {
    }

    /// <summary>A matrix by a formula for its elements.</summary>
    public static Matrix From(int rows, int columns, Func<int, int, double> element)
    {
        var matrix = new Matrix(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                matrix[i, j] = element(i, j);
            }
        }

        return matrix;
    }

    public int Rows => rows;

    public int Columns => columns;

    public double[] Data => data;

    public double this[int row, int column]
    {
        get => data[(row * columns) + column];
        set => data[(row * columns) + column] = value;
    }

    /// <summary>A copy of one row.</summary>
    public double[] Row(int row)
    {
        double[] copy = new double[columns];
        Array.Copy(data, row * columns, copy, 0, columns);
        return copy;
    }

    public void SetRow(int row, double[] values) => Array.Copy(values, 0, data, row * columns, columns);

    public Matrix Transposed()
    {
        var result = new Matrix(columns, rows);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                result[j, i] = this[i, j];
            }
        }

        return result;
    }
}
