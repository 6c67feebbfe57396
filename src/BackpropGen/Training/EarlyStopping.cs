namespace BackpropGen;

/// <summary>When to stop because nothing gets better any more; what is meant by better is <see cref="TrainingOptions.Monitor"/>.</summary>
public sealed record EarlyStopping
{
    /// <summary>
    /// The run ends after so many epochs in a row without an improvement, 1 or more. 5 unless given.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Patience { get; init => field = (int)RangeGuard.AtLeast(1, value, nameof(Patience)); } = 5;

    /// <summary>An improvement is a change for the better by more than this, finite and 0 or more. 0 unless given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of its range.</exception>
    public double MinDelta { get; init => field = RangeGuard.NotNegative(value, nameof(MinDelta)); }

    /// <summary>
    /// Whether the network ends with the parameters of the best epoch, also where the run ends by itself. It needs a copy of the parameters.
    /// Runs that are cancelled keep the parameters that they have, to be continued. True unless given.
    /// </summary>
    public bool RestoreBestWeights { get; init; } = true;
}
