namespace BackpropGen.Benchmarks.Ladder;

/// <summary>What every contestant of a rung starts from: one batch, and the weights of the emitted network.</summary>
internal sealed class RungData
{
    public RungData(Rung rung)
    {
        var random = new Random(1);
        Rung = rung;
        Inputs = Uniform(random, rung.Batch * rung.Topology.Inputs);
        Targets = Uniform(random, rung.Batch * rung.Topology.Outputs);
        Labels = [.. Enumerable.Range(0, rung.Batch).Select(_ => random.Next(rung.Topology.Outputs))];
        Parameters = rung.Create().Parameters.ToArray();
    }

    public Rung Rung { get; }

    /// <summary>[B × inputs].</summary>
    public float[] Inputs { get; }

    /// <summary>[B × outputs], for the mean squared error.</summary>
    public float[] Targets { get; }

    /// <summary>[B], for softmax cross-entropy.</summary>
    public int[] Labels { get; }

    /// <summary>Layers in order, W [in × out] row by row, then b.</summary>
    public float[] Parameters { get; }

    /// <summary>W and b of a layer, counted from 0.</summary>
    public (float[] Weights, float[] Bias) Layer(int layer)
    {
        int[] widths = Rung.Topology.Widths;
        int offset = 0;
        for (int i = 0; i < layer; i++)
        {
            offset += (widths[i] + 1) * widths[i + 1];
        }

        int weights = widths[layer] * widths[layer + 1];
        return (Parameters[offset..(offset + weights)], Parameters[(offset + weights)..(offset + weights + widths[layer + 1])]);
    }

    private static float[] Uniform(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
}
