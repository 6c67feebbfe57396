using BackpropGen.Benchmarks.Ladder;

namespace BackpropGen.Benchmarks.Shapes;

/// <summary>A dense ReLU network with the mean squared error, and the batch that it is trained on.</summary>
/// <param name="Widths">The inputs, then the units of each layer.</param>
/// <param name="Batch">The number of samples.</param>
internal sealed record Shape(int[] Widths, int Batch)
{
    private const int MaxLayers = 4;
    private const int MaxWidth = 1500;
    private const int MaxBatch = 300;

    // What the kernels are thought to like: whole vectors of either precision in all registers, and whole blocks of rows.
    private const int WidthMultiple = 16;
    private const int BatchMultiple = 6;

    public double Flops => Flop.Count(Widths, Batch, Work.TrainStep);

    /// <summary>The arithmetic of the kernels, which compute whole vectors: the columns of every result are rounded up to so many lanes.</summary>
    public double PaddedFlops(int lanes)
    {
        double sum = 0;
        for (int layer = 1; layer < Widths.Length; layer++)
        {
            double forwardAndWeights = 4.0 * Widths[layer - 1] * RoundUp(Widths[layer], lanes);
            double inputGradient = layer == 1 ? 0 : 2.0 * Widths[layer] * RoundUp(Widths[layer - 1], lanes);
            sum += Batch * (forwardAndWeights + inputGradient);
        }

        return sum;
    }

    public override string ToString() => $"{string.Join('-', Widths)} B{Batch}";

    /// <summary>Draws a shape.</summary>
    public static Shape Draw(Random random)
    {
        int layers = random.Next(1, MaxLayers + 1);
        return new Shape([.. Enumerable.Range(0, layers + 1).Select(_ => Size(random, MaxWidth))], Size(random, MaxBatch));
    }

    /// <summary>The same with sizes rounded up to what should be fastest.</summary>
    public Shape Rounded() => new([.. Widths.Select(width => RoundUp(width, WidthMultiple))], RoundUp(Batch, BatchMultiple));

    /// <summary>Half the sizes are uniform, the others uniform in their logarithm: small ones are most of what people use.</summary>
    private static int Size(Random random, int max) => random.Next(2) == 0
        ? random.Next(1, max + 1)
        : Math.Clamp((int)Math.Round(Math.Exp(random.NextDouble() * Math.Log(max))), 1, max);

    private static int RoundUp(int size, int multiple) => (size + multiple - 1) / multiple * multiple;
}
