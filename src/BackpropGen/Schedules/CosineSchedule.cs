namespace BackpropGen;

/// <summary>
/// Half a cosine from one rate down to another: η(k) = η_min + (η − η_min)·(1 + cos(π·k/K)) / 2, and η_min from step K on
/// (no restart); Loshchilov and Hutter, 2017, and PyTorch's CosineAnnealingLR.
/// </summary>
/// <param name="LearningRate">The first learning rate η, finite and above 0.</param>
/// <param name="TotalSteps">K, the steps on the way down, 1 or more.</param>
/// <param name="MinLearningRate">The last learning rate η_min, finite and 0 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed record CosineSchedule(double LearningRate, long TotalSteps, double MinLearningRate = 0) : ILearningRateSchedule
{
    /// <summary>The first learning rate.</summary>
    public double LearningRate { get; } = RangeGuard.Positive(LearningRate);

    /// <summary>The steps on the way down.</summary>
    public long TotalSteps { get; } = RangeGuard.AtLeast(1, TotalSteps);

    /// <summary>The last learning rate.</summary>
    public double MinLearningRate { get; } = RangeGuard.NotNegative(MinLearningRate);

    /// <inheritdoc/>
    public double At(long step) =>
        Anneal.Cosine(LearningRate, MinLearningRate, (double)Math.Min(RangeGuard.Step(step), TotalSteps) / TotalSteps);
}
