using System.ComponentModel;

namespace BackpropGen.Numerics;

/// <summary>Fills a layer's weights with their starting values; the formulas are those of <see cref="Initializer"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightInitializer
{
    /// <summary>Fills the weights of layer number <paramref name="layer"/>; the same arguments always give the same weights.</summary>
    /// <param name="weights">[inputs × units], row-major.</param>
    /// <param name="inputs">fan_in.</param>
    /// <param name="units">fan_out.</param>
    /// <param name="initializer">Anything but <see cref="Initializer.Auto"/>, which the compiler resolves.</param>
    /// <param name="seed">The seed of the network.</param>
    /// <param name="layer">Selects a stream of random numbers of its own for every layer.</param>
    public static void Fill<T>(Span<T> weights, int inputs, int units, Initializer initializer, ulong seed, int layer)
        where T : unmanaged
    {
        if (weights.Length != (long)inputs * units)
        {
            throw new ArgumentException(
                $"'{nameof(weights)}' holds {weights.Length} values; {inputs} × {units} are needed.", nameof(weights));
        }

        var random = new RandomSource(seed, layer);
        switch (initializer)
        {
            case Initializer.GlorotUniform:
                FillUniform(weights, Math.Sqrt(6.0 / ((double)inputs + units)), ref random);
                break;
            case Initializer.GlorotNormal:
                FillNormal(weights, Math.Sqrt(2.0 / ((double)inputs + units)), ref random);
                break;
            case Initializer.HeUniform:
                FillUniform(weights, Math.Sqrt(6.0 / inputs), ref random);
                break;
            case Initializer.HeNormal:
                FillNormal(weights, Math.Sqrt(2.0 / inputs), ref random);
                break;
            case Initializer.LecunUniform:
                FillUniform(weights, Math.Sqrt(3.0 / inputs), ref random);
                break;
            case Initializer.LecunNormal:
                FillNormal(weights, Math.Sqrt(1.0 / inputs), ref random);
                break;
            case Initializer.Orthogonal:
                FillOrthogonal(weights, inputs, units, ref random);
                break;
            case Initializer.Zeros:
                weights.Clear();
                break;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(initializer), initializer, $"'{initializer}' does not say how to fill weights.");
        }
    }

    private static void FillUniform<T>(Span<T> weights, double bound, ref RandomSource random)
        where T : unmanaged
    {
        foreach (ref T weight in weights)
        {
            weight = Real.From<T>(((2 * random.NextDouble()) - 1) * bound);
        }
    }

    private static void FillNormal<T>(Span<T> weights, double deviation, ref RandomSource random)
        where T : unmanaged
    {
        foreach (ref T weight in weights)
        {
            weight = Real.From<T>(random.NextNormal() * deviation);
        }
    }

    /// <summary>
    /// Orthonormalises as many random vectors as the shorter side has entries, each as long as the longer side:
    /// the rows of a wide matrix, the columns of a tall one.
    /// </summary>
    private static void FillOrthogonal<T>(Span<T> weights, int inputs, int units, ref RandomSource random)
        where T : unmanaged
    {
        int count = Math.Min(inputs, units);
        int length = Math.Max(inputs, units);
        var vectors = new double[count][];
        for (int i = 0; i < count; i++)
        {
            vectors[i] = NextOrthonormal(vectors.AsSpan(0, i), length, ref random);
        }

        (int vectorStep, int entryStep) = units >= inputs ? (units, 1) : (1, units);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < length; j++)
            {
                weights[(i * vectorStep) + (j * entryStep)] = Real.From<T>(vectors[i][j]);
            }
        }
    }

    /// <summary>
    /// A random unit vector orthogonal to <paramref name="previous"/>, by modified Gram–Schmidt. The second sweep removes
    /// what the first left by cancellation ("twice is enough", Giraud et al., 2005).
    /// </summary>
    private static double[] NextOrthonormal(ReadOnlySpan<double[]> previous, int length, ref RandomSource random)
    {
        var vector = new double[length];
        while (true)
        {
            for (int i = 0; i < length; i++)
            {
                vector[i] = random.NextNormal();
            }

            double before = Math.Sqrt(Dot(vector, vector));
            for (int sweep = 0; sweep < 2; sweep++)
            {
                foreach (double[] other in previous)
                {
                    AddScaled(vector, other, -Dot(vector, other));
                }
            }

            // A vector that all but lies in the span of the others has lost its digits: draw another.
            double norm = Math.Sqrt(Dot(vector, vector));
            if (norm > 1e-6 * before)
            {
                Scale(vector, 1 / norm);
                return vector;
            }
        }
    }

    /// <summary>Four partial sums whatever the hardware, and no fused operations: the result is the same everywhere.</summary>
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector256<double> sums = Vector256<double>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            sums += Vector256.Create(a[i..]) * Vector256.Create(b[i..]);
        }

        double sum = Simd.Sum(sums);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void AddScaled(Span<double> a, ReadOnlySpan<double> b, double factor)
    {
        int i = 0;
        for (; i <= a.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            Vector256<double> product = Vector256.Create(b[i..]) * Vector256.Create(factor);
            (Vector256.Create<double>(a[i..]) + product).CopyTo(a[i..]);
        }

        for (; i < a.Length; i++)
        {
            a[i] += b[i] * factor;
        }
    }

    private static void Scale(Span<double> a, double factor)
    {
        foreach (ref double value in a)
        {
            value *= factor;
        }
    }
}
