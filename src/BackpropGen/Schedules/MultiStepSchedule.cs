namespace BackpropGen;

/// <summary>Down by a factor at given steps: η(k) = LearningRate · γ^(number of milestones ≤ k), as PyTorch's MultiStepLR.</summary>
public sealed class MultiStepSchedule : ILearningRateSchedule
{
    private readonly long[] _milestones;

    /// <summary>A schedule with the given milestones.</summary>
    /// <param name="learningRate">The first learning rate, finite and above 0.</param>
    /// <param name="milestones">The steps from which on another factor γ holds, 0 or more, in any order; one that stands twice counts twice.</param>
    /// <param name="gamma">The factor γ, finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public MultiStepSchedule(double learningRate, IEnumerable<long> milestones, double gamma = 0.1)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        LearningRate = RangeGuard.Positive(learningRate);
        Gamma = RangeGuard.Positive(gamma);
        _milestones = [.. milestones.Order()];
        foreach (long milestone in _milestones)
        {
            RangeGuard.AtLeast(0, milestone, nameof(milestones));
        }
    }

    /// <summary>The first learning rate.</summary>
    public double LearningRate { get; }

    /// <summary>The steps at which the rate changes, in ascending order.</summary>
    public IReadOnlyList<long> Milestones => _milestones;

    /// <summary>The factor γ.</summary>
    public double Gamma { get; }

    /// <inheritdoc/>
    public double At(long step)
    {
        RangeGuard.Step(step);
        int passed = 0;
        while (passed < _milestones.Length && _milestones[passed] <= step)
        {
            passed++;
        }

        return LearningRate * Math.Pow(Gamma, passed);
    }
}
