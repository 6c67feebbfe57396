using BackpropGen.Numerics;

namespace BackpropGen.Tests.Numerics;

/// <summary>f′ exactly at each kink and a step to either side of it, as PyTorch gives them; through f where f′ takes h.</summary>
public class KinkTests
{
    private delegate Vector256<T> Function<T>(Vector256<T> x)
        where T : unmanaged;

    public static TheoryData<string, double, double, double, double> Kinks => new()
    {
        // activation, z, left of z, at z, right of z
        { "LeakyRelu 0.01", 0, 0.01, 0.01, 1 },
        { "LeakyRelu 0.2", 0, 0.2, 0.2, 1 },
        { "Elu 1", 0, 1, 1, 1 },
        { "Elu 0.5", 0, 0.5, 0.5, 1 },
        { "Selu", 0, 1.7580993408473766, 1.7580993408473766, 1.0507009873554805 },
        { "Relu6", 0, 0, 0, 1 },
        { "Relu6", 6, 1, 0, 0 },
        { "HardTanh", -1, 0, 0, 1 },
        { "HardTanh", 1, 1, 0, 0 },
        { "HardSigmoid", -3, 0, 0, 1.0 / 6 },
        { "HardSigmoid", 3, 1.0 / 6, 0, 0 },
        { "HardSwish", -3, 0, 0, -0.5 },
        { "HardSwish", 3, 1.5, 1, 1 },
        { "Softsign", 0, 1, 1, 1 },
    };

    [Theory]
    [MemberData(nameof(Kinks))]
    public void SingleFollowsPyTorch(string activation, double z, double left, double at, double right)
    {
        (Function<float> f, Function<float> derivative, bool ofOutput) = Find<float>(activation);
        double Slope(float x) => derivative(ofOutput ? f(Vector256.Create(x)) : Vector256.Create(x))[0];
        Assert.Equal((float)at, Slope((float)z));
        Assert.Equal(left, Slope((float)z - 1e-5f), 1e-4);
        Assert.Equal(right, Slope((float)z + 1e-5f), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Kinks))]
    public void DoubleFollowsPyTorch(string activation, double z, double left, double at, double right)
    {
        (Function<double> f, Function<double> derivative, bool ofOutput) = Find<double>(activation);
        double Slope(double x) => derivative(ofOutput ? f(Vector256.Create(x)) : Vector256.Create(x))[0];
        Assert.Equal(at, Slope(z));
        Assert.Equal(left, Slope(z - 1e-9), 1e-8);
        Assert.Equal(right, Slope(z + 1e-9), 1e-8);
    }

    [Theory]
    [InlineData("LeakyRelu 0.2", -2, -0.4)]
    [InlineData("LeakyRelu 0.2", 3, 3)]
    [InlineData("Elu 0.5", -2, -0.43233235838169366)]
    [InlineData("Elu 0.5", 3, 3)]
    [InlineData("Selu", -2, -1.5201664685956948)]
    [InlineData("Selu", 2, 2.101401974710961)]
    [InlineData("Relu6", -2, 0)]
    [InlineData("Relu6", 2, 2)]
    [InlineData("Relu6", 7, 6)]
    [InlineData("HardTanh", -2, -1)]
    [InlineData("HardTanh", 0.25, 0.25)]
    [InlineData("HardTanh", 2, 1)]
    [InlineData("HardSigmoid", -4, 0)]
    [InlineData("HardSigmoid", 0, 0.5)]
    [InlineData("HardSigmoid", 4, 1)]
    [InlineData("HardSwish", -4, 0)]
    [InlineData("HardSwish", 1, 2.0 / 3)]
    [InlineData("HardSwish", 4, 4)]
    [InlineData("Softsign", -3, -0.75)]
    public void PiecewiseActivationsHaveTheirValues(string activation, double z, double h)
    {
        Assert.Equal(h, Find<double>(activation).F(Vector256.Create(z))[0], 1e-15);
        Assert.Equal(h, Find<float>(activation).F(Vector256.Create((float)z))[0], 4e-7);
    }

    [Fact]
    public void EveryActivationHasItsLimitsAtInfinityAndKeepsNaN()
    {
        AssertLimits<float>(VectorMath.Relu, 0, float.PositiveInfinity);
        AssertLimits<float>(VectorMath.Gelu, 0, float.PositiveInfinity);
        AssertLimits<float>(VectorMath.GeluTanh, 0, float.PositiveInfinity);
        AssertLimits<float>(VectorMath.Silu, 0, float.PositiveInfinity);
        AssertLimits<float>(VectorMath.Mish, 0, float.PositiveInfinity);
        AssertLimits<float>(VectorMath.HardSwish, 0, float.PositiveInfinity);
        AssertLimits<float>(z => VectorMath.Softplus(z, 2f), 0, float.PositiveInfinity);
        AssertLimits<float>(z => VectorMath.Elu(z, 2f), -2, float.PositiveInfinity);
        AssertLimits<float>(VectorMath.Softsign, -1, 1);
        AssertLimits<float>(VectorMath.Sigmoid, 0, 1);
        AssertLimits<float>(VectorMath.Tanh, -1, 1);
        AssertLimits<float>(VectorMath.Relu6, 0, 6);
        AssertLimits<float>(VectorMath.HardTanh, -1, 1);
        AssertLimits<float>(VectorMath.HardSigmoid, 0, 1);
        AssertLimits<float>(VectorMath.GeluDerivative, 0, 1);
        AssertLimits<float>(VectorMath.GeluTanhDerivative, 0, 1);
        AssertLimits<float>(VectorMath.SiluDerivative, 0, 1);
        AssertLimits<float>(VectorMath.MishDerivative, 0, 1);
        AssertLimits<float>(VectorMath.HardSwishDerivative, 0, 1);
        AssertLimits<float>(VectorMath.SoftsignDerivative, 0, 0);
    }

    private static void AssertLimits<T>(Function<T> function, float left, float right)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        Assert.Equal(T.CreateChecked(left), function(Vector256.Create(T.NegativeInfinity))[0]);
        Assert.Equal(T.CreateChecked(right), function(Vector256.Create(T.PositiveInfinity))[0]);
        Assert.True(T.IsNaN(function(Vector256.Create(T.NaN))[0]));
    }

    private static (Function<T> F, Function<T> Derivative, bool OfOutput) Find<T>(string activation)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        string[] parts = activation.Split(' ');
        T parameter = parts.Length > 1 ? T.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : T.Zero;
        return parts[0] switch
        {
            "LeakyRelu" => (z => VectorMath.LeakyRelu(z, parameter), h => VectorMath.LeakyReluDerivative(h, parameter), true),
            "Elu" => (z => VectorMath.Elu(z, parameter), h => VectorMath.EluDerivative(h, parameter), true),
            "Selu" => (VectorMath.Selu, VectorMath.SeluDerivative, true),
            "Relu6" => (VectorMath.Relu6, VectorMath.Relu6Derivative, true),
            "HardTanh" => (VectorMath.HardTanh, VectorMath.HardTanhDerivative, true),
            "HardSigmoid" => (VectorMath.HardSigmoid, VectorMath.HardSigmoidDerivative, true),
            "HardSwish" => (VectorMath.HardSwish, VectorMath.HardSwishDerivative, false),
            "Softsign" => (VectorMath.Softsign, VectorMath.SoftsignDerivative, false),
            _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
        };
    }
}
