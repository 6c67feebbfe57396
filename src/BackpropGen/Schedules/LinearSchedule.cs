namespace BackpropGen;

/// <summary>
/// A straight line from one factor to another: η(k) = <paramref name="LearningRate"/> · (start + (end − start)·min(k, K)/K), as
/// PyTorch's LinearLR. A start below 1 is a warm-up, an end below 1 a decay.
/// </summary>
/// <param name="LearningRate">The learning rate that the factors multiply, finite and above 0.</param>
/// <param name="TotalSteps">K, the steps on the way, 1 or more.</param>
/// <param name="StartFactor">The factor of step 0, finite and 0 or more.</param>
/// <param name="EndFactor">The factor from step K on, finite and 0 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed record LinearSchedule(double LearningRate, long TotalSteps, double StartFactor = 1, double EndFactor = 0) : ILearningRateSchedule
{
    /// <summary>The learning rate that the factors multiply.</summary>
    public double LearningRate { get; } = RangeGuard.Positive(LearningRate);

    /// <summary>The steps on the way.</summary>
    public long TotalSteps { get; } = RangeGuard.AtLeast(1, TotalSteps);

    /// <summary>The factor of step 0.</summary>
    public double StartFactor { get; } = RangeGuard.NotNegative(StartFactor);

    /// <summary>The factor of the last step and all beyond.</summary>
    public double EndFactor { get; } = RangeGuard.NotNegative(EndFactor);

    /// <inheritdoc/>
    public double At(long step) =>
        LearningRate * Anneal.Linear(StartFactor, EndFactor, (double)Math.Min(RangeGuard.Step(step), TotalSteps) / TotalSteps);
}
