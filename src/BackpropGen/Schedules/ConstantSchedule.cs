namespace BackpropGen;

/// <summary>The same learning rate for every step: η(k) = <paramref name="LearningRate"/>.</summary>
/// <param name="LearningRate">Finite and above 0.</param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed record ConstantSchedule(double LearningRate) : ILearningRateSchedule
{
    /// <summary>The learning rate.</summary>
    public double LearningRate { get; } = RangeGuard.Positive(LearningRate);

    /// <inheritdoc/>
    public double At(long step)
    {
        RangeGuard.Step(step);
        return LearningRate;
    }
}
