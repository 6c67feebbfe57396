namespace BackpropGen;

/// <summary>
/// A straight line up, then half a cosine down: η(k) = η·(k + 1)/W for k &lt; W, then η_min + (η − η_min)·(1 + cos(π·(k − W)/(K − W))) / 2,
/// and η_min from step K on.
/// </summary>
/// <remarks>The first step already moves, at η/W.</remarks>
/// <param name="LearningRate">The highest learning rate η, finite and above 0.</param>
/// <param name="WarmupSteps">W, the steps on the way up, 0 or more.</param>
/// <param name="TotalSteps">K, all steps up and down, more than the warm-up takes.</param>
/// <param name="MinLearningRate">The last learning rate η_min, finite and 0 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed record WarmupCosineSchedule(double LearningRate, long WarmupSteps, long TotalSteps, double MinLearningRate = 0)
    : ILearningRateSchedule
{
    /// <summary>The highest learning rate.</summary>
    public double LearningRate { get; } = RangeGuard.Positive(LearningRate);

    /// <summary>The steps on the way up.</summary>
    public long WarmupSteps { get; } = RangeGuard.AtLeast(0, WarmupSteps);

    /// <summary>All steps, up and down.</summary>
    public long TotalSteps { get; } = RangeGuard.MoreThan(WarmupSteps, TotalSteps);

    /// <summary>The last learning rate.</summary>
    public double MinLearningRate { get; } = RangeGuard.NotNegative(MinLearningRate);

    /// <inheritdoc/>
    public double At(long step)
    {
        RangeGuard.Step(step);
        if (step < WarmupSteps)
        {
            return LearningRate * (step + 1) / WarmupSteps;
        }

        double fraction = (double)(Math.Min(step, TotalSteps) - WarmupSteps) / (TotalSteps - WarmupSteps);
        return Anneal.Cosine(LearningRate, MinLearningRate, fraction);
    }
}
