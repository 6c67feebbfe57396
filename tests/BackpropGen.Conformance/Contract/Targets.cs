namespace BackpropGen.Conformance;

/// <summary>The targets of a batch, in one of the two forms a loss may take.</summary>
/// <param name="Labels">The class of every sample, or null.</param>
/// <param name="Rows">One row per sample, or null.</param>
/// <param name="SampleWeights">One weight per sample, or null for none.</param>
internal sealed record Targets(int[]? Labels, double[]? Rows, double[]? SampleWeights)
{
    /// <summary>What a message calls the form.</summary>
    public string Form => Labels is null ? "rows" : "labels";

    /// <summary>The batch and behind it the same batch once more.</summary>
    public Targets Doubled() => new(Twice(Labels), Twice(Rows), Twice(SampleWeights));

    /// <summary>The first samples of a batch of <paramref name="batch"/>.</summary>
    public Targets First(int samples, int batch) => Slice(0, samples, batch);

    /// <summary>Some samples of a batch of <paramref name="batch"/>.</summary>
    public Targets Slice(int first, int samples, int batch)
    {
        return new(Part(Labels), Part(Rows), Part(SampleWeights));

        T[]? Part<T>(T[]? values)
        {
            int width = values is null ? 0 : values.Length / batch;
            return values?[(first * width)..((first + samples) * width)];
        }
    }

    private static T[]? Twice<T>(T[]? values) => values is null ? null : [.. values, .. values];
}
