namespace BackpropGen;

/// <summary>
/// Down by a factor every so many steps: η(k) = <paramref name="LearningRate"/> · γ^⌊k / <paramref name="StepSize"/>⌋, as PyTorch's StepLR.
/// </summary>
/// <param name="LearningRate">The first learning rate, finite and above 0.</param>
/// <param name="StepSize">The steps from one change to the next, 1 or more.</param>
/// <param name="Gamma">The factor γ, finite and above 0.</param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed record StepSchedule(double LearningRate, long StepSize, double Gamma = 0.1) : ILearningRateSchedule
{
    /// <summary>The first learning rate.</summary>
    public double LearningRate { get; } = RangeGuard.Positive(LearningRate);

    /// <summary>The steps from one change to the next.</summary>
    public long StepSize { get; } = RangeGuard.AtLeast(1, StepSize);

    /// <summary>The factor γ.</summary>
    public double Gamma { get; } = RangeGuard.Positive(Gamma);

    /// <inheritdoc/>
    public double At(long step) => LearningRate * Math.Pow(Gamma, RangeGuard.Step(step) / StepSize);
}
