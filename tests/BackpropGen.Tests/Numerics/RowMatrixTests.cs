using BackpropGen.Numerics;

namespace BackpropGen.Tests.Numerics;

/// <summary>Rows between the caller's memory and the padded rows of the workspace.</summary>
public sealed class RowMatrixTests
{
    [Theory]
    [InlineData(1, 8)]
    [InlineData(3, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 16)]
    [InlineData(15, 16)]
    [InlineData(16, 16)]
    [InlineData(64, 80)]
    public void PadCopiesRowsAndClearsThePadding(int columns, int stride)
    {
        foreach (int batch in new[] { 1, 2, 7 })
        {
            Check<float>(columns, stride, batch);
            Check<double>(columns, stride, batch);
        }
    }

    private static void Check<T>(int columns, int stride, int batch)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        T[] rows = [.. Enumerable.Range(1, batch * columns).Select(T.CreateChecked)];
        var padded = new T[(batch * stride) + 1];
        Array.Fill(padded, -T.One);
        RowMatrix.Pad(rows, columns, ref padded[0], stride, batch);

        T[] expected = [.. Enumerable.Range(0, batch * stride).Select(i => i % stride < columns ? rows[(i / stride * columns) + (i % stride)] : T.Zero)];
        Assert.Equal([.. expected, -T.One], padded);

        var back = new T[rows.Length];
        RowMatrix.Unpad(ref padded[0], stride, columns, back);
        Assert.Equal(rows, back);
    }
}
