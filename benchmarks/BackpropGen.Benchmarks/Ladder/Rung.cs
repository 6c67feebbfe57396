namespace BackpropGen.Benchmarks.Ladder;

/// <summary>How the parameters follow their gradients.</summary>
internal enum Update
{
    /// <summary>Plain stochastic gradient descent.</summary>
    Sgd,

    /// <summary>Adam with the defaults of PyTorch.</summary>
    Adam,
}

/// <summary>What is timed.</summary>
internal enum Work
{
    /// <summary>Forward, loss, backward, update.</summary>
    TrainStep,

    /// <summary>Inference.</summary>
    Predict,
}

/// <summary>A dense network: one hidden activation, and a last layer without any.</summary>
/// <param name="Widths">The inputs, then the units of each layer.</param>
/// <param name="Hidden">The activation of all layers but the last.</param>
/// <param name="Loss">The mean squared error, or softmax cross-entropy on labels.</param>
internal sealed record Topology(int[] Widths, Activation Hidden, Loss Loss)
{
    public int Inputs => Widths[0];

    public int Outputs => Widths[^1];

    public int Layers => Widths.Length - 1;

    public bool OnLabels => Loss == Loss.SoftmaxCrossEntropy;

    /// <summary>The learning rate of plain gradient descent.</summary>
    public double SgdRate => OnLabels ? Hyperparameters.SgdRateOnLabels : Hyperparameters.SgdRateOnRows;

    public override string ToString() => $"{string.Join('-', Widths)} {Hidden} {(OnLabels ? "softmax cross-entropy" : "mean squared error")}";
}

/// <summary>One rung of the ladder: a network and what is done with it.</summary>
/// <param name="Family">What <c>--rung</c> selects, for instance T5.</param>
/// <param name="Topology">The network.</param>
/// <param name="Batch">The number of samples.</param>
/// <param name="Create">Makes the emitted network.</param>
/// <param name="Update">The optimizer.</param>
/// <param name="Work">What is timed.</param>
/// <param name="Threads">The number of threads that a contestant may use.</param>
/// <param name="CreateOnOneThread">Makes the same network for one thread, where there are more.</param>
internal sealed record Rung(
    string Family,
    Topology Topology,
    int Batch,
    Func<ILadderNetwork> Create,
    Update Update = Update.Sgd,
    Work Work = Work.TrainStep,
    int Threads = 1,
    Func<ILadderNetwork>? CreateOnOneThread = null)
{
    public string Name => Work == Work.Predict
        ? $"{Family} Predict B{Batch}"
        : $"{Family} {(Update == Update.Adam ? "Adam " : "")}B{Batch}{(Threads > 1 ? $" {Threads} threads" : "")}";

    /// <summary>
    /// The arithmetic of the matrix products, which is what others count: z = x·W costs 2·B·in·out, and in training so do x'·δ and
    /// δ·W', of which the first layer needs no δ·W'.
    /// </summary>
    public double Flops => Flop.Count(Topology.Widths, Batch, Work);
}

/// <summary>Counts floating-point operations.</summary>
internal static class Flop
{
    public static double Count(int[] widths, int batch, Work work)
    {
        double flops = 0;
        for (int i = 0; i + 1 < widths.Length; i++)
        {
            int products = work == Work.Predict ? 1 : i == 0 ? 2 : 3;
            flops += 2.0 * products * batch * widths[i] * widths[i + 1];
        }

        return flops;
    }
}
