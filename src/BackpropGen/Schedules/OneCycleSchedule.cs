namespace BackpropGen;

/// <summary>
/// One rise from a low rate to a high one and one long fall to next to nothing; Smith and Topin, 2018, in the form of PyTorch's
/// OneCycleLR with two phases.
/// </summary>
/// <remarks>
/// With initial = max/div, final = initial/finalDiv and e₁ = pct·K − 1: for k ≤ e₁ from initial to max at the fraction k/e₁, then from max
/// to final at the fraction (k − e₁)/(K − 1 − e₁). Steps from K on keep the final rate. Momentum is not cycled.
/// </remarks>
/// <param name="MaxLearningRate">The highest learning rate, finite and above 0.</param>
/// <param name="TotalSteps">K, all steps of the cycle, 2 or more.</param>
/// <param name="PercentStart">pct, the part of the steps that rises, 0 to 1.</param>
/// <param name="DivFactor">How much lower than the highest the first rate is, finite and above 0.</param>
/// <param name="FinalDivFactor">How much lower than the first the last rate is, finite and above 0.</param>
/// <param name="Cosine">Half cosines, or straight lines.</param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed record OneCycleSchedule(
    double MaxLearningRate,
    long TotalSteps,
    double PercentStart = 0.3,
    double DivFactor = 25,
    double FinalDivFactor = 1e4,
    bool Cosine = true) : ILearningRateSchedule
{
    /// <summary>The highest learning rate.</summary>
    public double MaxLearningRate { get; } = RangeGuard.Positive(MaxLearningRate);

    /// <summary>All steps of the cycle.</summary>
    public long TotalSteps { get; } = RangeGuard.AtLeast(2, TotalSteps);

    /// <summary>The part of the steps that rises.</summary>
    public double PercentStart { get; } = RangeGuard.Fraction(PercentStart);

    /// <summary>How much lower than the highest the first rate is.</summary>
    public double DivFactor { get; } = RangeGuard.Positive(DivFactor);

    /// <summary>How much lower than the first the last rate is.</summary>
    public double FinalDivFactor { get; } = RangeGuard.Positive(FinalDivFactor);

    /// <inheritdoc/>
    public double At(long step)
    {
        double k = Math.Min(RangeGuard.Step(step), TotalSteps - 1);
        double initial = MaxLearningRate / DivFactor;
        double top = (PercentStart * TotalSteps) - 1;

        // A rise of no step at all starts at the top.
        return top > 0 && k <= top
            ? Between(initial, MaxLearningRate, k / top)
            : Between(MaxLearningRate, initial / FinalDivFactor, (k - top) / (TotalSteps - 1 - top));
    }

    private double Between(double from, double to, double fraction) =>
        Cosine ? Anneal.Cosine(from, to, fraction) : Anneal.Linear(from, to, fraction);
}
