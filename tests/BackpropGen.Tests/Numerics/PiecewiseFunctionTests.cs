using BackpropGen.Numerics;

namespace BackpropGen.Tests.Numerics;

/// <summary>
/// The functions made of straight pieces, and the derivatives, over all exponents of float with ±0, ±∞ and NaN. References in double
/// follow the definitions; a product of two floats is exact there.
/// </summary>
public class PiecewiseFunctionTests
{
    private const float Alpha = 0.3f;
    private const double SeluScale = 1.0507009873554805;
    private const double SeluScaleAlpha = 1.7580993408473766;

    /// <summary>Below the normal range of float.</summary>
    private const float Denormal = 1.2e-38f;

    [Fact]
    public void ReluIsExact() => Ulps.AssertSingle(VectorMath.Relu, z => Keep(z, Math.Max(z, 0)), 0);

    [Fact]
    public void LeakyReluIsRoundedOnce() => Ulps.AssertSingle(z => VectorMath.LeakyRelu(z, Alpha), z => z > 0 ? z : Alpha * z, 0.5);

    [Fact]
    public void Relu6IsExact() => Ulps.AssertSingle(VectorMath.Relu6, z => Keep(z, Math.Clamp(z, 0, 6)), 0);

    [Fact]
    public void HardTanhIsExact() => Ulps.AssertSingle(VectorMath.HardTanh, z => Keep(z, Math.Clamp(z, -1, 1)), 0);

    [Fact]
    public void HardSigmoidIsAccurateToAnUlpOfOne() =>
        Ulps.AssertSingle(VectorMath.HardSigmoid, z => Keep(z, Math.Clamp(z + 3, 0, 6) / 6), 1, absolute: true, low: float.MinValue);

    [Fact]
    public void HardSwishIsAccurateToUlpsOfItsArgument()
    {
        // Beyond 3 it is z itself; around 0 the bound is in ulps of 1.
        Ulps.AssertSingle(VectorMath.HardSwish, z => z * Math.Clamp(z + 3, 0, 6) / 6, 2, -1, 1, absolute: true);
        Ulps.AssertSingle(VectorMath.HardSwish, z => z * Math.Clamp(z + 3, 0, 6) / 6, 1, 3);
        Ulps.AssertSingle(VectorMath.HardSwish, z => Keep(z, 0), 0, float.MinValue, -3);
    }

    [Fact]
    public void HardSwishDerivativeIsAccurateToAnUlpOfOne() => Ulps.AssertSingle(
        VectorMath.HardSwishDerivative, z => z <= -3 ? 0 : z >= 3 ? 1 : (z / 3) + 0.5, 1, float.MinValue, float.MaxValue, absolute: true);

    [Fact]
    public void LeakyReluDerivativeIsExact() => Ulps.AssertSingle(h => VectorMath.LeakyReluDerivative(h, Alpha), h => h > 0 ? 1 : Alpha, 0);

    [Fact]
    public void Relu6DerivativeIsExact() => AssertOnNumbers(VectorMath.Relu6Derivative, h => h is > 0 and < 6 ? 1 : 0);

    [Fact]
    public void HardTanhDerivativeIsExact() => AssertOnNumbers(VectorMath.HardTanhDerivative, h => h is > -1 and < 1 ? 1 : 0);

    [Fact]
    public void HardSigmoidDerivativeIsExact() => AssertOnNumbers(VectorMath.HardSigmoidDerivative, h => h is > 0 and < 1 ? 1.0 / 6 : 0);

    [Fact]
    public void EluDerivativeIsAccurateOverItsOutputs() =>
        Ulps.AssertSingle(h => VectorMath.EluDerivative(h, Alpha), h => h > 0 ? 1 : h + Alpha, 1, -Alpha, float.PositiveInfinity);

    [Fact]
    public void SeluDerivativeIsAccurateOverItsOutputs() => Ulps.AssertSingle(
        VectorMath.SeluDerivative, h => h > 0 ? SeluScale : h + SeluScaleAlpha, 1, -(float)SeluScaleAlpha, float.MaxValue, absolute: true);

    [Fact]
    public void SoftplusDerivativeIsAccurateInBothTails() =>
        Ulps.AssertSingle(z => VectorMath.SoftplusDerivative(z, 1f), Reference.Sigmoid, 3, flushBelow: Denormal);

    [Fact]
    public void SignIsExact() => Ulps.AssertSingle(VectorMath.SignOf, e => double.IsNaN(e) ? e : Math.Sign(e), 0);

    [Fact]
    public void HuberDerivativeIsExact() =>
        Ulps.AssertSingle(e => VectorMath.HuberDerivative(e, 2f), e => Keep(e, Math.Clamp(e, -2, 2)), 0);

    [Fact]
    public void HuberIsAccurate() => Ulps.AssertSingle(
        e => VectorMath.Huber(e, 2f), e => Math.Abs(e) <= 2 ? e * e / 2 : 2 * (Math.Abs(e) - 1), 2, flushBelow: Denormal, high: 1e38f, low: -1e38f);

    [Fact]
    public void SmoothL1IsAccurate() => Ulps.AssertSingle(
        e => VectorMath.SmoothL1(e, 2f), e => Math.Abs(e) < 2 ? e * e / 4 : Math.Abs(e) - 1, 2, flushBelow: Denormal);

    /// <summary>A mask of comparisons takes NaN, which no forward pass of these functions gives for a number, for 0.</summary>
    private static void AssertOnNumbers(Ulps.SingleFunction function, Func<double, double> reference) =>
        Ulps.AssertSingle(function, h => double.IsNaN(h) ? 0 : reference(h), 0.5);

    private static double Keep(double argument, double value) => double.IsNaN(argument) ? argument : value;
}
