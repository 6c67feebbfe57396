using BackpropGen;

namespace Iris;

/// <summary>Brings every input to mean 0 and deviation 1, so that none counts for more because its unit is smaller.</summary>
/// <param name="Means">The mean of each input.</param>
/// <param name="Deviations">The standard deviation of each input; 1 for one that never changes.</param>
internal sealed record Standardization(IReadOnlyList<float> Means, IReadOnlyList<float> Deviations)
{
    /// <summary>
    /// Means and deviations of samples: those of training alone. The test samples stand for flowers that nobody has seen yet, and what is
    /// not known of these must not be known of those.
    /// </summary>
    public static Standardization Of(LabeledData<float> samples)
    {
        var means = new float[samples.Features];
        var deviations = new float[samples.Features];
        for (int i = 0; i < samples.Features; i++)
        {
            int column = i;
            double[] values = [.. Enumerable.Range(0, samples.Count).Select(n => (double)samples.Inputs.Span[(n * samples.Features) + column])];
            double mean = values.Average();
            double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            means[i] = (float)mean;
            deviations[i] = deviation > 0 ? (float)deviation : 1;
        }

        return new Standardization(means, deviations);
    }

    /// <summary>Standardised samples.</summary>
    public LabeledData<float> Apply(LabeledData<float> samples) => new(Apply(samples.Inputs.Span), samples.Labels, samples.SampleWeights);

    /// <summary>Standardised inputs, one sample per row.</summary>
    public float[] Apply(ReadOnlySpan<float> inputs)
    {
        var standardized = new float[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            int column = i % Means.Count;
            standardized[i] = (inputs[i] - Means[column]) / Deviations[column];
        }

        return standardized;
    }
}
