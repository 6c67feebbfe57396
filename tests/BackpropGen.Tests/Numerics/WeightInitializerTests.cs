using System.Numerics;
using BackpropGen.Numerics;

namespace BackpropGen.Tests.Numerics;

/// <summary>The starting weights: distributions within six standard errors, orthonormality, and the same bits for ever.</summary>
public class WeightInitializerTests
{
    public static TheoryData<Initializer, int, int, double, bool> Distributions
    {
        get
        {
            var data = new TheoryData<Initializer, int, int, double, bool>();
            foreach ((int inputs, int units) in ((int, int)[])[(64, 32), (7, 300), (784, 128)])
            {
                data.Add(Initializer.GlorotUniform, inputs, units, 2.0 / (inputs + units), true);
                data.Add(Initializer.GlorotNormal, inputs, units, 2.0 / (inputs + units), false);
                data.Add(Initializer.HeUniform, inputs, units, 2.0 / inputs, true);
                data.Add(Initializer.HeNormal, inputs, units, 2.0 / inputs, false);
                data.Add(Initializer.LecunUniform, inputs, units, 1.0 / inputs, true);
                data.Add(Initializer.LecunNormal, inputs, units, 1.0 / inputs, false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public void WeightsHaveTheirDistribution(Initializer initializer, int inputs, int units, double variance, bool uniform)
    {
        double[] weights = Fill<double>(inputs, units, initializer, 1, 0);
        double mean = weights.Average();
        double measured = weights.Average(w => (w - mean) * (w - mean));

        // The fourth moment, hence the error of the sample variance: 9/5 σ⁴ for the uniform, 3 σ⁴ for the normal distribution.
        double excess = uniform ? 0.8 : 2;
        Assert.InRange(mean, -6 * Math.Sqrt(variance / weights.Length), 6 * Math.Sqrt(variance / weights.Length));
        Assert.Equal(variance, measured, 6 * variance * Math.Sqrt(excess / weights.Length));

        // A uniform distribution ends at √3·σ and comes close to it; a normal one goes beyond.
        double largest = weights.Max(Math.Abs) / Math.Sqrt(3 * variance);
        Assert.True(uniform ? largest is > 0.95 and <= 1 : largest > 1.2, $"{largest}");
    }

    [Theory]
    [InlineData(4, 5)]
    [InlineData(64, 32)]
    [InlineData(30, 100)]
    [InlineData(33, 33)]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    public void TheShorterSideIsOrthonormal(int inputs, int units)
    {
        double[] weights = Fill<double>(inputs, units, Initializer.Orthogonal, 9, 2);
        int count = Math.Min(inputs, units);
        int length = Math.Max(inputs, units);
        (int vectorStep, int entryStep) = units >= inputs ? (units, 1) : (1, units);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double product = 0;
                for (int k = 0; k < length; k++)
                {
                    product += weights[(i * vectorStep) + (k * entryStep)] * weights[(j * vectorStep) + (k * entryStep)];
                }

                Assert.Equal(i == j ? 1 : 0, product, 1e-14);
            }
        }
    }

    [Fact]
    public void ZerosAreZero()
    {
        float[] weights = [1, 2, 3, 4, 5, 6];
        WeightInitializer.Fill(weights.AsSpan(), 2, 3, Initializer.Zeros, 1, 1);
        Assert.All(weights, w => Assert.Equal(0, w));
    }

    [Fact]
    public void SeedAndLayerSelectTheWeights()
    {
        float[] weights = Fill<float>(5, 6, Initializer.HeNormal, 7, 1);
        Assert.Equal(weights, Fill<float>(5, 6, Initializer.HeNormal, 7, 1));
        Assert.NotEqual(weights, Fill<float>(5, 6, Initializer.HeNormal, 7, 2));
        Assert.NotEqual(weights, Fill<float>(5, 6, Initializer.HeNormal, 8, 1));
        Assert.NotEqual(Fill<float>(5, 6, Initializer.HeNormal, 7, 2), Fill<float>(5, 6, Initializer.HeNormal, 8, 1));
    }

    [Fact]
    public void FloatWeightsAreRoundedDoubleWeights()
    {
        double[] wide = Fill<double>(5, 6, Initializer.GlorotUniform, 7, 1);
        Assert.Equal(wide.Select(w => (float)w), Fill<float>(5, 6, Initializer.GlorotUniform, 7, 1));
    }

    [Fact]
    public void AutoIsNotAWayToFill()
    {
        Assert.Throws<ArgumentOutOfRangeException>("initializer", () => Fill<float>(2, 2, Initializer.Auto, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("initializer", () => Fill<float>(2, 2, (Initializer)99, 0, 0));
        Assert.Throws<ArgumentException>("weights", () => WeightInitializer.Fill<float>(new float[3], 2, 2, Initializer.Zeros, 0, 0));
    }

    /// <summary>Saved seeds must give the same networks in every later version: these bits may never change.</summary>
    [Fact]
    public void TheRandomStreamIsFixedForEver()
    {
        var random = new RandomSource(42, 3);
        ulong[] expected = [0x37ACAA5FC9AC68E2, 0x68040DAD83DC0468, 0x26C56D83D3092AD3];
        Assert.Equal(expected, new[] { random.NextUInt64(), random.NextUInt64(), random.NextUInt64() });
    }

    [Fact]
    public void UniformNumbersStayBelowOne()
    {
        var random = new RandomSource(5);
        double sum = 0;
        for (int i = 0; i < 10_000; i++)
        {
            double value = random.NextDouble();
            Assert.InRange(value, 0, 1 - 1e-16);
            sum += value;
        }

        Assert.Equal(0.5, sum / 10_000, 6 / Math.Sqrt(12 * 10_000));
    }

    private static T[] Fill<T>(int inputs, int units, Initializer initializer, ulong seed, int layer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var weights = new T[inputs * units];
        WeightInitializer.Fill(weights.AsSpan(), inputs, units, initializer, seed, layer);
        return weights;
    }
}
