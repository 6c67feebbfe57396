namespace BackpropGen;

/// <summary>
/// Lowers the learning rate when a monitored value has stopped improving: PyTorch's ReduceLROnPlateau with its defaults, its threshold
/// relative to the size of the best value (PyTorch means its signed value, which differs for values below zero).
/// </summary>
/// <remarks>
/// It depends on what was measured, so it is no <see cref="ILearningRateSchedule"/>. It is a pure function all the same: the next state from
/// the last one and a value, <c>state = plateau.Next(state, loss)</c>, once per epoch, then <c>net.LearningRate = (float)state.LearningRate</c>.
/// </remarks>
public sealed record PlateauSchedule
{
    /// <summary>The learning rate to start with.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or not above 0.</exception>
    public required double LearningRate { get; init => field = RangeGuard.Positive(value, nameof(LearningRate)); }

    /// <summary>What the rate is multiplied by: 0 or more and below 1. 0.1 unless given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of its range.</exception>
    public double Factor
    {
        get;
        init => field = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Factor), value, "'Factor' must be 0 or more and below 1.");
    }
    = 0.1;

    /// <summary>How many values in a row may be no better than the best before the rate is lowered, 0 or more. 10 unless given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of its range.</exception>
    public int Patience { get; init => field = (int)RangeGuard.AtLeast(0, value, nameof(Patience)); } = 10;

    /// <summary>How much better than the best, relative to it, a value must be to count, finite and 0 or more. 10⁻⁴ unless given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of its range.</exception>
    public double Threshold { get; init => field = RangeGuard.NotNegative(value, nameof(Threshold)); } = 1e-4;

    /// <summary>How many values are not counted after the rate was lowered, 0 or more. 0 unless given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of its range.</exception>
    public int Cooldown { get; init => field = (int)RangeGuard.AtLeast(0, value, nameof(Cooldown)); }

    /// <summary>The rate goes no lower, finite and 0 or more. 0 unless given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of its range.</exception>
    public double MinLearningRate { get; init => field = RangeGuard.NotNegative(value, nameof(MinLearningRate)); }

    /// <summary>A rate that would change by no more than this stays, finite and 0 or more. 10⁻⁸ unless given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of its range.</exception>
    public double Epsilon { get; init => field = RangeGuard.NotNegative(value, nameof(Epsilon)); } = 1e-8;

    /// <summary>Whether the monitored value is to grow, like an accuracy, instead of shrink, like a loss.</summary>
    public bool HigherIsBetter { get; init; }

    /// <summary>The state before the first value.</summary>
    public PlateauState Start => new(LearningRate, HigherIsBetter ? double.NegativeInfinity : double.PositiveInfinity, 0, 0);

    /// <summary>The state after another value.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="value">What was measured; NaN is no improvement.</param>
    /// <returns>The new state, with the learning rate from now on.</returns>
    public PlateauState Next(PlateauState state, double value)
    {
        ArgumentNullException.ThrowIfNull(state);
        bool better = IsBetter(value, state.Best);
        double best = better ? value : state.Best;
        int bad = better ? 0 : state.BadEpochs + 1;
        int cooldown = state.Cooldown;
        if (cooldown > 0)
        {
            cooldown--;
            bad = 0;
        }

        if (bad <= Patience)
        {
            return new PlateauState(state.LearningRate, best, bad, cooldown);
        }

        double lower = Math.Max(state.LearningRate * Factor, MinLearningRate);
        return new PlateauState(state.LearningRate - lower > Epsilon ? lower : state.LearningRate, best, 0, Cooldown);
    }

    /// <summary>The threshold is a part of the best value's size, so that it works below zero too; nothing is part of infinity.</summary>
    private bool IsBetter(double value, double best)
    {
        double margin = double.IsInfinity(best) ? 0 : Threshold * Math.Abs(best);
        return HigherIsBetter ? value > best + margin : value < best - margin;
    }
}
