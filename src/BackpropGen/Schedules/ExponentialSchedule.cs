namespace BackpropGen;

/// <summary>Down by a factor every step: η(k) = <paramref name="LearningRate"/> · γᵏ, as PyTorch's ExponentialLR.</summary>
/// <param name="LearningRate">The first learning rate, finite and above 0.</param>
/// <param name="Gamma">The factor γ, above 0 and at most 1.</param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed record ExponentialSchedule(double LearningRate, double Gamma) : ILearningRateSchedule
{
    /// <summary>The first learning rate.</summary>
    public double LearningRate { get; } = RangeGuard.Positive(LearningRate);

    /// <summary>The factor γ.</summary>
    public double Gamma { get; } = RangeGuard.Fraction(RangeGuard.Positive(Gamma), nameof(Gamma));

    /// <inheritdoc/>
    public double At(long step) => LearningRate * Math.Pow(Gamma, RangeGuard.Step(step));
}
