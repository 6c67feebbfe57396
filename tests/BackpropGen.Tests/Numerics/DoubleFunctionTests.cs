using BackpropGen.Numerics;

namespace BackpropGen.Tests.Numerics;

/// <summary>The functions of doubles against <see cref="Math"/> (itself within an ulp) and against a table of exact values.</summary>
public class DoubleFunctionTests
{
    private static readonly Dictionary<string, (Ulps.DoubleFunction Function, double Bound, bool Absolute)> Functions = new()
    {
        ["Expm1"] = (VectorMath.Expm1, 2, false),
        ["Log1p"] = (VectorMath.Log1p, 2, false),
        ["Erf"] = (VectorMath.Erf, 2, false),
        ["Sigmoid"] = (VectorMath.Sigmoid, 3, false),
        ["Softplus"] = (z => VectorMath.Softplus(z, 1.0), 3, false),
        ["Gelu"] = (VectorMath.Gelu, 8, false),
        ["GeluDerivative"] = (VectorMath.GeluDerivative, 3, true),
        ["GeluTanh"] = (VectorMath.GeluTanh, 1000, false),
        ["GeluTanhDerivative"] = (VectorMath.GeluTanhDerivative, 4, true),
        ["Silu"] = (VectorMath.Silu, 4, false),
        ["SiluDerivative"] = (VectorMath.SiluDerivative, 2, true),
        ["Mish"] = (VectorMath.Mish, 5, false),
        ["MishDerivative"] = (VectorMath.MishDerivative, 3, true),
        ["LogCosh"] = (VectorMath.LogCosh, 8, false),
    };

    public static TheoryData<string> Names => new(Functions.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void AgreesWithTheTable(string name)
    {
        (Ulps.DoubleFunction function, double bound, bool absolute) = Functions[name];
        foreach ((double x, double y) in DoubleTable.Values[name])
        {
            double actual = function(Vector256.Create(x))[0];
            double error = absolute ? Math.Abs(actual - y) * Math.ScaleB(1, 52) : Ulps.DoubleError(actual, y);

            // Results below the normal range may be zero.
            bool flushed = Math.Abs(y) < 1e-304 && Math.Abs(actual) < 1e-304;
            Assert.True(error <= bound || flushed, $"{name}({x:R}) = {actual:R}, {error:F2} ulp from {y:R}.");
        }
    }

    [Fact]
    public void ExpFollowsMathAtEveryScale() => Ulps.AssertDouble(VectorMath.Exp, Math.Exp, 1.6, maxExponent: 11);

    [Fact]
    public void ExpNonPositiveIsAccurateAndFlushed()
    {
        Ulps.AssertDouble(VectorMath.ExpNonPositive, Math.Exp, 1.6, 2, 11, -708, 0);
        Assert.Equal(Vector256<double>.Zero, VectorMath.ExpNonPositive(Vector256.Create(-709, -745, -1e300, double.NegativeInfinity)));
    }

    [Fact]
    public void ExpReachesTheLastDenormal() => Ulps.AssertDouble(VectorMath.Exp, Math.Exp, 1.6, 8, 11, -750, -690);

    [Fact]
    public void LogFollowsMathAtEveryScale() => Ulps.AssertDouble(VectorMath.Log, Math.Log, 1.6);

    [Fact]
    public void LogFollowsMathAroundOne() =>
        Ulps.AssertDouble(x => VectorMath.Log(Vector256.Abs(x)), x => Math.Log(Math.Abs(x)), 1.6, -1, 2);

    [Fact]
    public void TanhFollowsMathAtEveryScale() => Ulps.AssertDouble(VectorMath.Tanh, Math.Tanh, 4);

    [Fact]
    public void ErfIsOdd() => Ulps.AssertDouble(VectorMath.Erf, x => -VectorMath.Erf(Vector256.Create(-x))[0], 0);

    [Fact]
    public void ErfHasItsTwoHalvesMeet() =>
        Ulps.AssertDouble(x => VectorMath.Erf(Vector256<double>.One + x), x => 0.84270079294971486934 + (x * 0.41510749742059472), 2, -60, -28);

    [Fact]
    public void Expm1AndLog1pAreInverse() =>
        Ulps.AssertDouble(x => VectorMath.Log1p(VectorMath.Expm1(x)), x => x, 4, -1020, -2);

    [Fact]
    public void LogIsTheInverseOfExp() => Ulps.AssertDouble(x => VectorMath.Log(VectorMath.Exp(x)), x => x, 2, 2, 9);

    [Fact]
    public void SigmoidsOfOppositeArgumentsAddUpToOne() =>
        Ulps.AssertDouble(x => VectorMath.Sigmoid(x) + VectorMath.Sigmoid(-x), _ => 1, 2);

    [Fact]
    public void SiluAndMishAreTheirDefinitionsInTheMiddle()
    {
        Ulps.AssertDouble(VectorMath.Silu, Reference.Silu, 8, -30, 5);
        Ulps.AssertDouble(VectorMath.Mish, Reference.Mish, 16, -30, 5);
    }
}
