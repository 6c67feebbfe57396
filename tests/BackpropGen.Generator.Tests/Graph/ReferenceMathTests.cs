using BackpropGen.Generator.Graph;

namespace BackpropGen.Generator.Tests.Graph;

/// <summary>The functions of the interpreter against tabulated values, and at the ends of their range.</summary>
public class ReferenceMathTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 0.4795001221869535)]
    [InlineData(1, 0.15729920705028513)]
    [InlineData(1.999, 0.004698443348629488)]
    [InlineData(2, 0.004677734981047266)]
    [InlineData(3, 2.209049699858544e-05)]
    [InlineData(10, 2.088487583762545e-45)]
    public void Complementary_error_function(double x, double expected) =>
        Assert.Equal(expected, ReferenceMath.ComplementaryErrorFunction(x), 1e-12 * expected);

    [Theory]
    [InlineData(1e-20, 1e-20)]
    [InlineData(1e-5, 9.999950000333332e-06)]
    [InlineData(1, 0.6931471805599453)]
    [InlineData(-0.5, -0.6931471805599453)]
    public void Logarithm_of_one_plus(double x, double expected) =>
        Assert.Equal(expected, ReferenceMath.LogOnePlus(x), 1e-15 * Math.Abs(expected));

    [Theory]
    [InlineData(-1000, 0)]
    [InlineData(-40, 4.248354255291589e-18)]
    [InlineData(0, 0.6931471805599453)]
    [InlineData(1000, 1000)]
    public void Softplus(double x, double expected) => Assert.Equal(expected, ReferenceMath.Softplus(x), 1e-15 * expected);

    [Theory]
    [InlineData(-1000, 0)]
    [InlineData(-40, 4.248354255291589e-18)]
    [InlineData(0, 0.5)]
    [InlineData(1000, 1)]
    public void Sigmoid(double x, double expected) => Assert.Equal(expected, ReferenceMath.Sigmoid(x), 1e-15 * expected);

    [Fact]
    public void Normal_distribution()
    {
        Assert.Equal(0.5, ReferenceMath.NormalDistribution(0));
        Assert.Equal(0.9750021048517795, ReferenceMath.NormalDistribution(1.96), 1e-15);
        Assert.Equal(0.024997895148220435, ReferenceMath.NormalDistribution(-1.96), 1e-15);
        Assert.Equal(0.3989422804014327, ReferenceMath.NormalDensity(0), 1e-16);
    }

    [Fact]
    public void Softmax_of_large_logits()
    {
        Assert.Equal([0, 1, 0], ReferenceMath.Softmax([-1000, 1000, 0]));
        Assert.Equal([-2000, 0, -1000], ReferenceMath.LogSoftmax([-1000, 1000, 0]));
        Assert.Equal([0.5, 0.5], ReferenceMath.Softmax([1000, 1000]));
    }
}
