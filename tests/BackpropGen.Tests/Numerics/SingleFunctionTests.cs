using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using BackpropGen.Numerics;

namespace BackpropGen.Tests.Numerics;

/// <summary>The bounds stated in the documentation of <see cref="VectorMath"/>, over all exponents of float.</summary>
public class SingleFunctionTests
{
    /// <summary>Below the normal range of float.</summary>
    private const float Denormal = 1.2e-38f;

    /// <summary>Where z·g(z) has lost a gate g that was denormal.</summary>
    private const float DenormalGate = 1.1e-36f;

    /// <summary>Whether a·b + c is rounded once here.</summary>
    private static bool IsFused => Fma.IsSupported || AdvSimd.IsSupported;

    [Fact]
    public void ExpIsAccurateToTheLastDenormal() => Ulps.AssertSingle(VectorMath.Exp, Math.Exp, 1);

    [Fact]
    public void ExpNonPositiveIsAccurateAndFlushed() =>
        Ulps.AssertSingle(VectorMath.ExpNonPositive, Math.Exp, 1, float.NegativeInfinity, 0, flushBelow: Denormal);

    [Fact]
    public void Expm1IsAccurateNearZero() => Ulps.AssertSingle(VectorMath.Expm1, Reference.Expm1, 2);

    [Fact]
    public void LogIsAccurateFromTheFirstDenormal() => Ulps.AssertSingle(VectorMath.Log, Math.Log, 1);

    [Fact]
    public void Log1pIsAccurateNearZero() => Ulps.AssertSingle(VectorMath.Log1p, Reference.Log1p, 2);

    [Fact]
    public void SigmoidIsAccurateInBothTails() =>
        Ulps.AssertSingle(VectorMath.Sigmoid, Reference.Sigmoid, 3, flushBelow: Denormal);

    [Fact]
    public void TanhIsAccurateNearZero() => Ulps.AssertSingle(VectorMath.Tanh, Math.Tanh, 3);

    [Fact]
    public void ErfIsAccurateNearZero() => Ulps.AssertSingle(VectorMath.Erf, Reference.Erf, 2);

    [Fact]
    public void GeluIsAccurateInBothTails() =>
        Ulps.AssertSingle(VectorMath.Gelu, Reference.Gelu, IsFused ? 5 : 6, float.MinValue, flushBelow: DenormalGate);

    [Fact]
    public void GeluDerivativeIsAccurateToUlpsOfOne() =>
        AssertAbsolute(VectorMath.GeluDerivative, Reference.GeluDerivative, 3);

    [Fact]
    public void GeluTanhIsAccurateToItsArgumentsError()
    {
        Ulps.AssertSingle(VectorMath.GeluTanh, Reference.GeluTanh, 6, -1);
        Ulps.AssertSingle(VectorMath.GeluTanh, Reference.GeluTanh, 40, -5);
        Ulps.AssertSingle(VectorMath.GeluTanh, Reference.GeluTanh, 180, float.MinValue, flushBelow: DenormalGate);
    }

    [Fact]
    public void GeluTanhDerivativeIsAccurateToUlpsOfOne() =>
        AssertAbsolute(VectorMath.GeluTanhDerivative, Reference.GeluTanhDerivative, 4);

    [Fact]
    public void SiluIsAccurateInBothTails() =>
        Ulps.AssertSingle(VectorMath.Silu, Reference.Silu, 4, float.MinValue, flushBelow: DenormalGate);

    [Fact]
    public void SiluDerivativeIsAccurateToUlpsOfOne() =>
        AssertAbsolute(VectorMath.SiluDerivative, Reference.SiluDerivative, 2);

    [Fact]
    public void MishIsAccurateInBothTails() =>
        Ulps.AssertSingle(VectorMath.Mish, Reference.Mish, 4, float.MinValue, flushBelow: DenormalGate);

    [Fact]
    public void MishDerivativeIsAccurateToUlpsOfOne() =>
        AssertAbsolute(VectorMath.MishDerivative, Reference.MishDerivative, 3);

    [Fact]
    public void SoftplusIsAccurateInBothTails() =>
        Ulps.AssertSingle(z => VectorMath.Softplus(z, 1f), Reference.Softplus, 3, flushBelow: Denormal);

    [Fact]
    public void EluIsAccurateNearZero() =>
        Ulps.AssertSingle(z => VectorMath.Elu(z, 1f), z => z > 0 ? z : Reference.Expm1(z), 3);

    [Fact]
    public void SeluIsAccurateNearZero() =>
        Ulps.AssertSingle(
            VectorMath.Selu,
            z => z > 0 ? 1.0507009873554805 * z : 1.7580993408473766 * Reference.Expm1(z),
            3);

    [Fact]
    public void SoftsignIsAccurate() =>
        Ulps.AssertSingle(VectorMath.Softsign, z => z / (1 + Math.Abs(z)), 2, float.MinValue, float.MaxValue);

    [Fact]
    public void SoftsignDerivativeIsAccurate() =>
        Ulps.AssertSingle(
            VectorMath.SoftsignDerivative, z => 1 / ((1 + Math.Abs(z)) * (1 + Math.Abs(z))), 4, flushBelow: Denormal);

    [Fact]
    public void LogCoshIsAccurateNearZero() =>
        Ulps.AssertSingle(VectorMath.LogCosh, Reference.LogCosh, 3, flushBelow: Denormal);

    private static void AssertAbsolute(Ulps.SingleFunction function, Func<double, double> reference, double bound) =>
        Ulps.AssertSingle(function, reference, bound, float.MinValue, float.MaxValue, absolute: true);
}
