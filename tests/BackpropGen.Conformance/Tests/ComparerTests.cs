namespace BackpropGen.Conformance.Tests;

/// <summary>The comparer by itself.</summary>
public class ComparerTests
{
    private static readonly Tolerance Strict = new(1e-9, 1e-12);

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(1.0 + 1e-10, 1.0)]
    [InlineData(1e-13, 0.0)]
    [InlineData(-0.0, 0.0)]
    public void A_number_within_the_tolerance_fits(double actual, double expected) => Assert.Empty(Mismatches(Strict, actual, expected));

    [Theory]
    [InlineData(1.0 + 1e-8, 1.0)]
    [InlineData(1e-11, 0.0)]
    [InlineData(-1.0, 1.0)]
    [InlineData(double.NaN, 1.0)]
    [InlineData(double.PositiveInfinity, 1.0)]
    public void A_number_beyond_the_tolerance_is_reported(double actual, double expected)
    {
        Mismatch mismatch = Assert.Single(Mismatches(Strict, actual, expected));

        Assert.Contains("tensor", mismatch.What, StringComparison.Ordinal);
    }

    [Fact]
    public void The_place_and_the_count_of_wrong_numbers_are_told()
    {
        var comparer = new Comparer("float", Strict);

        comparer.Check("tensor", [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 7, 8], columns: 3);

        Mismatch mismatch = Assert.Single(comparer.Mismatches);
        Assert.Equal("float: tensor", mismatch.What);
        Assert.Equal("[1, 1]", mismatch.Element);
        Assert.StartsWith("got 5, expected 7 (off by 2", mismatch.Message, StringComparison.Ordinal);
        Assert.EndsWith("and 1 more of 6", mismatch.Message, StringComparison.Ordinal);
        Assert.Equal(6, comparer.Compared);
    }

    [Fact]
    public void A_tensor_of_another_length_is_reported()
    {
        var comparer = new Comparer("float", Strict);

        comparer.Check("tensor", [1, 2], [1, 2, 3], columns: 3);

        Assert.Equal("got 2 numbers, expected 3", Assert.Single(comparer.Mismatches).Message);
    }

    [Fact]
    public void The_absolute_part_follows_the_scale()
    {
        var fixedScale = new Tolerance(0, 1e-5);
        Tolerance fromOne = fixedScale with { Scale = ToleranceScale.MagnitudeFromOne };
        Tolerance ofTensor = fixedScale with { Scale = ToleranceScale.Tensor };

        Assert.Equal(1e-5, fixedScale.Allowed(1, magnitude: 1000));
        Assert.Equal(1e-2, fromOne.Allowed(1, magnitude: 1000), 12);
        Assert.Equal(1e-5, fromOne.Allowed(1, magnitude: 1e-3));
        Assert.Equal(1e-2, ofTensor.Allowed(1, magnitude: 1000), 12);
        Assert.Equal(1e-8, ofTensor.Allowed(1, magnitude: 1e-3), tolerance: 1e-15);
    }

    [Fact]
    public void What_no_float_can_hold_need_not_be_met_but_may_not_be_NaN()
    {
        Tolerance tolerance = VectorCases.FloatTolerance(nasty: true);

        Assert.Empty(Mismatches(tolerance, double.PositiveInfinity, 1e39));
        Assert.Single(Mismatches(tolerance, double.NaN, 1e39));
        Assert.Single(Mismatches(tolerance, double.PositiveInfinity, 1e38));
    }

    private static IReadOnlyList<Mismatch> Mismatches(Tolerance tolerance, double actual, double expected)
    {
        var comparer = new Comparer("", tolerance);
        comparer.Check("tensor", actual, expected);
        return comparer.Mismatches;
    }
}
