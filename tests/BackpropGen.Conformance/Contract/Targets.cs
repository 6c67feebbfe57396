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
    public Targets First(int samples, int batch) => new(Head(Labels, samples, batch), Head(Rows, samples, batch), Head(SampleWeights, samples, batch));

    private static T[]? Head<T>(T[]? values, int samples, int batch) => values?[..(values.Length / batch * samples)];

    private static T[]? Twice<T>(T[]? values) => values is null ? null : [.. values, .. values];
}
