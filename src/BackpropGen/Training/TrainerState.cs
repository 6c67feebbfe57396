namespace BackpropGen;

/// <summary>
/// Where a run stands between two steps, in plain numbers: with the parameters of the network and the state of its optimizer, all that
/// is needed to go on exactly as if it had not been stopped.
/// </summary>
/// <remarks>
/// <see cref="ToJson"/> makes text of it, for <see cref="Checkpoint"/> or any other place. The learning rate of a network without schedule is
/// the network's own.
/// </remarks>
public sealed partial record TrainerState
{
    /// <summary>The seed of the run, which the order of the samples depends on.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The samples of training, after a validation split.</summary>
    public required int SampleCount { get; init; }

    /// <summary>The epoch that the next step belongs to, from 0.</summary>
    public int Epoch { get; init; }

    /// <summary>The samples of that epoch that were learnt from already.</summary>
    public int Position { get; init; }

    /// <summary>The steps taken in all, which schedules go by.</summary>
    public long Step { get; init; }

    /// <summary>Σ loss · samples over the steps of that epoch.</summary>
    public double LossSum { get; init; }

    /// <summary>The epoch with the best monitored value; null before the first.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>That value; NaN before the first.</summary>
    public double BestValue { get; init; } = double.NaN;

    /// <summary>How many epochs in a row were no better.</summary>
    public int EpochsWithoutImprovement { get; init; }

    /// <summary>Where the plateau schedule stands, if there is one.</summary>
    public PlateauState? Plateau { get; init; }

    /// <summary>The learning rate that the network came with, if a schedule or a plateau sets another: the run gives it back at its end.</summary>
    public double? OwnLearningRate { get; init; }

    /// <summary>
    /// Whether the run is over and the network has the parameters of an earlier epoch, the best: they do not belong to this state, and no run goes
    /// on from it.
    /// </summary>
    public bool RestoredBest { get; init; }

    /// <summary>The parameters after the best epoch, if early stopping is to restore them; double holds either element type exactly.</summary>
    public IReadOnlyList<double>? BestParameters { get; init; }
}
