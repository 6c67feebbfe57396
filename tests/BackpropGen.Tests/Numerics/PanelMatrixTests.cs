using BackpropGen.Numerics;

namespace BackpropGen.Tests.Numerics;

/// <summary>The panel layout against its definition, element by element, for sizes on and off the vector width.</summary>
public class PanelMatrixTests
{
    private static readonly int[] Sizes = [1, 3, 4, 7, 8, 9, 15, 16, 17, 24, 31, 33, 64, 100];

    [Theory]
    [InlineData(1, 8, 4)]
    [InlineData(8, 8, 8)]
    [InlineData(9, 16, 12)]
    [InlineData(24, 24, 24)]
    [InlineData(100, 104, 100)]
    public void ColumnsArePaddedToWholeVectors(int columns, int single, int @double)
    {
        Assert.Equal(single, PanelMatrix.PaddedColumns<float>(columns));
        Assert.Equal(@double, PanelMatrix.PaddedColumns<double>(columns));
    }

    [Fact]
    public void SingleLayoutIsItsDefinition() => AssertLayouts<float>(8, x => x);

    [Fact]
    public void DoubleLayoutIsItsDefinition() => AssertLayouts<double>(4, x => x);

    /// <summary>Neither a vector instruction nor a special case exists for integers: the scalar paths.</summary>
    [Fact]
    public void IntegerLayoutIsItsDefinition() => AssertLayouts<int>(8, x => x);

    [Fact]
    public void TransposedPackingIsPackingAndTransposing()
    {
        foreach (int rows in Sizes)
        {
            foreach (int columns in new[] { 1, 2, 3, 4, 9 })
            {
                float[] matrix = [.. Enumerable.Range(1, rows * columns).Select(i => (float)i)];
                var panels = new float[rows * PanelMatrix.PaddedColumns<float>(columns)];
                var expected = new float[columns * PanelMatrix.PaddedColumns<float>(rows)];
                PanelMatrix.Pack(matrix, panels, rows, columns);
                PanelMatrix.Transpose<float>(panels, expected, rows, columns);

                var actual = new float[expected.Length];
                Array.Fill(actual, float.NaN);
                PanelMatrix.PackTransposed<float>(matrix, actual, rows, columns);
                Assert.Equal(expected, actual);

                var back = new float[matrix.Length];
                PanelMatrix.UnpackTransposed<float>(actual, back, rows, columns);
                Assert.Equal(matrix, back);
            }
        }
    }

    [Fact]
    public void WrongLengthsAreRefused()
    {
        Assert.Throws<ArgumentException>(() => PanelMatrix.Pack<float>(new float[6], new float[15], 2, 3));
        Assert.Throws<ArgumentException>(() => PanelMatrix.Unpack<float>(new float[16], new float[7], 2, 3));
        Assert.Throws<ArgumentException>(() => PanelMatrix.Transpose<float>(new float[16], new float[16], 2, 3));
    }

    [Theory]
    [InlineData(1, 6, 6)]
    [InlineData(3, 12, 12)]
    [InlineData(5, 48, 53)]
    [InlineData(7, 54, 64)]
    [InlineData(256, 126, 128)]
    public void BlocksAreSixColumnsAfterTheOther(int rows, int columns, int stride)
    {
        AssertBlocks<float>(rows, columns, stride, x => x);
        AssertBlocks<double>(rows, columns, stride, x => x);
    }

    private static void AssertBlocks<T>(int rows, int columns, int stride, Func<int, T> convert)
        where T : unmanaged
    {
        T[] source = [.. Enumerable.Range(1, rows * stride).Select(convert)];
        T[] blocks = Dirty((rows * columns) + 1, convert);
        PanelMatrix.PackBlocks(ref source[0], stride, columns, ref blocks[0], rows);

        var expected = new List<T>();
        for (int first = 0; first < columns; first += 6)
        {
            for (int row = 0; row < rows; row++)
            {
                expected.AddRange(source.AsSpan((row * stride) + first, 6));
            }
        }

        // What stands behind the last block is not touched.
        Assert.Equal([.. expected, convert(-1)], blocks);
    }

    private static void AssertLayouts<T>(int lanes, Func<int, T> convert)
        where T : unmanaged
    {
        foreach (int rows in Sizes)
        {
            foreach (int columns in Sizes)
            {
                AssertLayout(rows, columns, lanes, convert);
            }
        }
    }

    private static void AssertLayout<T>(int rows, int columns, int lanes, Func<int, T> convert)
        where T : unmanaged
    {
        // Values from 1 on, so that a zero can only be padding; the targets start dirty, so that padding must be written.
        var matrix = new T[rows * columns];
        for (int i = 0; i < matrix.Length; i++)
        {
            matrix[i] = convert(i + 1);
        }

        T[] panels = Dirty(rows * PanelMatrix.PaddedColumns<T>(columns), convert);
        PanelMatrix.Pack(matrix, panels, rows, columns);
        Assert.Equal(Panels((row, column) => matrix[(row * columns) + column], rows, columns, lanes), panels);

        T[] restored = Dirty(matrix.Length, convert);
        PanelMatrix.Unpack<T>(panels, restored, rows, columns);
        Assert.Equal(matrix, restored);

        T[] transposed = Dirty(columns * PanelMatrix.PaddedColumns<T>(rows), convert);
        PanelMatrix.Transpose<T>(panels, transposed, rows, columns);
        Assert.Equal(Panels((column, row) => matrix[(row * columns) + column], columns, rows, lanes), transposed);
    }

    /// <summary>The definition: [panel][row][P], the last panel V wide where the padded columns are an odd number of vectors.</summary>
    private static T[] Panels<T>(Func<int, int, T> element, int rows, int columns, int lanes)
        where T : unmanaged
    {
        int padded = (columns + lanes - 1) / lanes * lanes;
        var panels = new List<T>();
        for (int first = 0; first < padded; first += 2 * lanes)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = first; column < Math.Min(first + (2 * lanes), padded); column++)
                {
                    panels.Add(column < columns ? element(row, column) : default);
                }
            }
        }

        return [.. panels];
    }

    private static T[] Dirty<T>(int length, Func<int, T> convert)
    {
        var values = new T[length];
        Array.Fill(values, convert(-1));
        return values;
    }
}
