using System.Numerics;
using BackpropGen.Numerics;

namespace BackpropGen.Tests.Numerics;

/// <summary>The elementwise losses: values, derivatives against central differences, and no NaN at ±1000.</summary>
public class LossFunctionTests
{
    private static readonly double[] Outputs = [-1000, -100, -20, -1, -1e-3, -1e-30, 0, 1e-30, 1e-3, 1, 20, 100, 1000];
    private static readonly double[] Probabilities = [0, 1e-40, 1e-30, 1e-7, 0.25, 0.5, 1 - 1e-7, 1];

    private delegate Vector256<T> Loss<T>(Vector256<T> h, Vector256<T> t)
        where T : unmanaged;

    public static TheoryData<string> ErrorLosses => new("Huber", "SmoothL1", "LogCosh", "Quantile", "Bce", "Poisson");

    [Theory]
    [MemberData(nameof(ErrorLosses))]
    public void TheDerivativeIsThatOfTheLoss(string name)
    {
        (Loss<double> loss, Loss<double> derivative) = Find<double>(name);
        foreach (double h in (double[])[-3.1, -0.9, -0.2, 0.13, 0.7, 2.3])
        {
            foreach (double t in (double[])[0, 0.3, 1])
            {
                const double Step = 1e-5;
                double difference = (Evaluate(loss, h + Step, t) - Evaluate(loss, h - Step, t)) / (2 * Step);
                Assert.Equal(difference, Evaluate(derivative, h, t), 1e-8);
            }
        }
    }

    [Theory]
    [MemberData(nameof(ErrorLosses))]
    public void FiniteArgumentsNeverGiveNaN(string name)
    {
        AssertNoNaN<float>(name);
        AssertNoNaN<double>(name);
    }

    [Fact]
    public void ErrorLossesHaveTheirValues()
    {
        AssertBoth(0.125, e => VectorMath.Huber(e, 1f), e => VectorMath.Huber(e, 1.0), -0.5);
        AssertBoth(0.5 * 2.25, e => VectorMath.Huber(e, 1.5f), e => VectorMath.Huber(e, 1.5), 1.5);
        AssertBoth(1.5 * (4 - 0.75), e => VectorMath.Huber(e, 1.5f), e => VectorMath.Huber(e, 1.5), -4);
        AssertBoth(-1.5, e => VectorMath.HuberDerivative(e, 1.5f), e => VectorMath.HuberDerivative(e, 1.5), -4);
        AssertBoth(0.0625, e => VectorMath.SmoothL1(e, 2f), e => VectorMath.SmoothL1(e, 2.0), -0.5);
        AssertBoth(3, e => VectorMath.SmoothL1(e, 2f), e => VectorMath.SmoothL1(e, 2.0), -4);
        AssertBoth(4, e => VectorMath.SmoothL1(e, 0f), e => VectorMath.SmoothL1(e, 0.0), -4);
        AssertBoth(0, e => VectorMath.SmoothL1Derivative(e, 0f), e => VectorMath.SmoothL1Derivative(e, 0.0), 0);
        AssertBoth(0.9 * 2, e => VectorMath.QuantileLoss(e, 0.9f), e => VectorMath.QuantileLoss(e, 0.9), -2);
        AssertBoth(0.1 * 2, e => VectorMath.QuantileLoss(e, 0.9f), e => VectorMath.QuantileLoss(e, 0.9), 2);
        AssertBoth(-0.9, e => VectorMath.QuantileDerivative(e, 0.9f), e => VectorMath.QuantileDerivative(e, 0.9), -2);
        AssertBoth(0.1, e => VectorMath.QuantileDerivative(e, 0.9f), e => VectorMath.QuantileDerivative(e, 0.9), 2);
        AssertBoth(0, e => VectorMath.QuantileDerivative(e, 0.9f), e => VectorMath.QuantileDerivative(e, 0.9), 0);
        AssertBoth(-1, VectorMath.SignOf, VectorMath.SignOf, -1e-30);
        AssertBoth(1, VectorMath.SignOf, VectorMath.SignOf, 1e-30);
        AssertBoth(0, VectorMath.SignOf, VectorMath.SignOf, 0);
        AssertBoth(1000 - Math.Log(2), VectorMath.LogCosh, VectorMath.LogCosh, -1000);
    }

    [Fact]
    public void BinaryCrossEntropyWithLogitsIsStable()
    {
        AssertLoss(1000, VectorMath.BinaryCrossEntropyWithLogits, VectorMath.BinaryCrossEntropyWithLogits, -1000, 1, 1);
        AssertLoss(0, VectorMath.BinaryCrossEntropyWithLogits, VectorMath.BinaryCrossEntropyWithLogits, 1000, 1, 1);
        AssertLoss(3 * Math.Log(2), VectorMath.BinaryCrossEntropyWithLogits, VectorMath.BinaryCrossEntropyWithLogits, 0, 1, 3);
        AssertLoss(Math.Log(2), VectorMath.BinaryCrossEntropyWithLogits, VectorMath.BinaryCrossEntropyWithLogits, 0, 0, 3);

        // The left tail of softplus survives: e^−30, not 0.
        AssertLoss(
            Reference.Log1p(Math.Exp(-30)), VectorMath.BinaryCrossEntropyWithLogits, VectorMath.BinaryCrossEntropyWithLogits, -30, 0, 1);
        AssertLoss(
            -3, VectorMath.BinaryCrossEntropyWithLogitsDerivative, VectorMath.BinaryCrossEntropyWithLogitsDerivative, -1000, 1, 3);
        AssertLoss(
            1, VectorMath.BinaryCrossEntropyWithLogitsDerivative, VectorMath.BinaryCrossEntropyWithLogitsDerivative, 1000, 0, 3);
        AssertLoss(
            0.25, VectorMath.BinaryCrossEntropyWithLogitsDerivative, VectorMath.BinaryCrossEntropyWithLogitsDerivative, 0, 0.25, 1);
    }

    [Fact]
    public void BinaryCrossEntropyClampsLikePyTorch()
    {
        Assert.Equal(100, Evaluate<double>(VectorMath.BinaryCrossEntropy, 0, 1));
        Assert.Equal(100, Evaluate<double>(VectorMath.BinaryCrossEntropy, 1, 0));
        Assert.Equal(0, Evaluate<double>(VectorMath.BinaryCrossEntropy, 1, 1));
        Assert.Equal(-1e12, Evaluate<double>(VectorMath.BinaryCrossEntropyDerivative, 0, 1), 1e-3);
        Assert.Equal(0, Evaluate<double>(VectorMath.BinaryCrossEntropyDerivative, 1, 1));
        Assert.Equal(-Math.Log(0.3), Evaluate<double>(VectorMath.BinaryCrossEntropy, 0.3, 1), 1e-15);
        Assert.Equal(-1 / 0.3, Evaluate<double>(VectorMath.BinaryCrossEntropyDerivative, 0.3, 1), 1e-14);
        foreach (double p in Probabilities)
        {
            foreach (double t in Probabilities)
            {
                Assert.True(float.IsFinite(Evaluate<float>(VectorMath.BinaryCrossEntropy, (float)p, (float)t)));
                Assert.True(float.IsFinite(Evaluate<float>(VectorMath.BinaryCrossEntropyDerivative, (float)p, (float)t)));
            }
        }
    }

    [Fact]
    public void ZeroTimesTheLogarithmOfZeroIsZero()
    {
        Assert.Equal(0, Evaluate<double>(VectorMath.KullbackLeibler, -3, 0));
        Assert.Equal(0, Evaluate<double>(VectorMath.KullbackLeibler, double.NegativeInfinity, 0));
        Assert.Equal(0.25 * (Math.Log(0.25) + 3), Evaluate<double>(VectorMath.KullbackLeibler, -3, 0.25), 1e-15);
        Assert.Equal(0, Evaluate<float>(VectorMath.KullbackLeibler, -1000, 0));
        Assert.Equal(1000, Evaluate<float>(VectorMath.KullbackLeibler, -1000, 1));
        Assert.Equal(0, Evaluate<double>(VectorMath.MultiplyLog, 0, 0));
        Assert.Equal(2 * Math.Log(3), Evaluate<double>(VectorMath.MultiplyLog, 2, 3), 1e-15);
    }

    private static void AssertNoNaN<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (Loss<T> loss, Loss<T> derivative) = Find<T>(name);
        foreach (double h in Outputs)
        {
            foreach (double t in name is "Bce" or "Poisson" ? Probabilities : Outputs)
            {
                Assert.False(T.IsNaN(Evaluate(loss, T.CreateChecked(h), T.CreateChecked(t))), $"{name}({h}, {t})");
                Assert.False(T.IsNaN(Evaluate(derivative, T.CreateChecked(h), T.CreateChecked(t))), $"{name}′({h}, {t})");
            }
        }
    }

    private static T Evaluate<T>(Loss<T> loss, T h, T t)
        where T : unmanaged => loss(Vector256.Create(h), Vector256.Create(t)).ToScalar();

    private static void AssertBoth(double expected, Ulps.SingleFunction single, Ulps.DoubleFunction @double, double e)
    {
        Assert.Equal(expected, single(Vector256.Create((float)e))[0], 1e-7 * Math.Max(1, Math.Abs(expected)));
        Assert.Equal(expected, @double(Vector256.Create(e))[0], 1e-15 * Math.Max(1, Math.Abs(expected)));
    }

    private static void AssertLoss(
        double expected,
        Func<Vector256<float>, Vector256<float>, float, Vector256<float>> single,
        Func<Vector256<double>, Vector256<double>, double, Vector256<double>> @double,
        double h,
        double t,
        double weight)
    {
        float narrow = single(Vector256.Create((float)h), Vector256.Create((float)t), (float)weight)[0];
        double wide = @double(Vector256.Create(h), Vector256.Create(t), weight)[0];
        Assert.Equal(expected, narrow, 4e-7 * Math.Abs(expected));
        Assert.Equal(expected, wide, 1e-15 * Math.Abs(expected));
    }

    private static (Loss<T> Loss, Loss<T> Derivative) Find<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T parameter = T.CreateChecked(0.75);
        return name switch
        {
            "Huber" => ((h, t) => VectorMath.Huber(h - t, parameter), (h, t) => VectorMath.HuberDerivative(h - t, parameter)),
            "SmoothL1" => ((h, t) => VectorMath.SmoothL1(h - t, parameter), (h, t) => VectorMath.SmoothL1Derivative(h - t, parameter)),
            "LogCosh" => ((h, t) => VectorMath.LogCosh(h - t), (h, t) => VectorMath.Tanh(h - t)),
            "Quantile" => (
                (h, t) => VectorMath.QuantileLoss(h - t, parameter), (h, t) => VectorMath.QuantileDerivative(h - t, parameter)),
            "Bce" => (
                (h, t) => VectorMath.BinaryCrossEntropyWithLogits(h, t, parameter),
                (h, t) => VectorMath.BinaryCrossEntropyWithLogitsDerivative(h, t, parameter)),
            "Poisson" => (VectorMath.PoissonNegativeLogLikelihood, VectorMath.PoissonNegativeLogLikelihoodDerivative),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }
}
