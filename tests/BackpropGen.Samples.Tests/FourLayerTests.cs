using FourLayer;

namespace BackpropGen.Samples.Tests;

public sealed class FourLayerTests
{
    [Fact]
    public void Central_differences_are_derivatives_and_leave_the_values_alone()
    {
        double[] values = [3, -2, 0.5];

        double[] derivatives = CentralDifference.Of(values, () => (values[0] * values[0]) + (values[1] * values[2]));

        Assert.Equal([3, -2, 0.5], values);
        Assert.Equal(6, derivatives[0], 1e-9);
        Assert.Equal(0.5, derivatives[1], 1e-9);
        Assert.Equal(-2, derivatives[2], 1e-9);
    }

    [Fact]
    public void A_product_with_a_transposed_matrix_is_rows_by_rows()
    {
        var a = new Matrix(1, 2, [1, 2]);
        var b = new Matrix(3, 2, [1, 0, 0, 1, 3, 4]);

        Matrix product = Matrix.TimesTransposed(a, b);

        Assert.Equal((1, 3), (product.Rows, product.Columns));
        Assert.Equal([1, 2, 11], product.Values);
    }

    [Fact]
    public void One_hot_has_a_one_per_row() =>
        Assert.Equal([0, 0, 1, 1, 0, 0], Matrix.OneHot([2, 0], 3).Values);

    [Fact]
    public void A_matrix_needs_all_its_values() =>
        Assert.Throws<ArgumentException>(() => new Matrix(2, 2, [1, 2, 3]));

    [Fact]
    public void The_printer_remembers_the_largest_difference()
    {
        var output = new StringWriter();
        var printer = new DerivationPrinter(output);

        printer.Compare("a", new Matrix(1, 2, [1, 2]), "b", new Matrix(1, 2, [1, 2.5]));
        printer.Compare("c", new Matrix(1, 1, [1]), "d", new Matrix(1, 1, [1.25]));

        Assert.Equal(0.5, printer.LargestDifference);
        Assert.Contains("largest difference 5.0e-01", output.ToString());
    }

    [Fact]
    public void The_printer_does_not_overlook_what_is_not_a_number()
    {
        var printer = new DerivationPrinter(new StringWriter());

        printer.Compare("a", new Matrix(1, 1, [double.NaN]), "b", new Matrix(1, 1, [1]));
        printer.Compare("c", new Matrix(1, 1, [1]), "d", new Matrix(1, 1, [1]));

        Assert.Equal(double.NaN, printer.LargestDifference);
    }
}
