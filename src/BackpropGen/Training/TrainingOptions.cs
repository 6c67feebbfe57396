namespace BackpropGen;

/// <summary>How <see cref="Trainer"/> trains. What is not set costs nothing.</summary>
public sealed record TrainingOptions
{
    /// <summary>How often every sample is learnt from, 1 or more. 1 unless given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Epochs { get; init => field = (int)RangeGuard.AtLeast(1, value, nameof(Epochs)); } = 1;

    /// <summary>
    /// The samples of a step, 1 or more; the last batch of an epoch takes what is left, and no batch is larger than the data. 32 unless given.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int BatchSize { get; init => field = (int)RangeGuard.AtLeast(1, value, nameof(BatchSize)); } = 32;

    /// <summary>Where the random numbers of shuffling and of <see cref="ValidationSplit"/> start; any number.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Whether every epoch takes the samples in a random order of its own, which depends on <see cref="Seed"/> and the epoch alone. Without it
    /// batches are taken from the data in place. True unless given.
    /// </summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// The part of the data that is set aside for validation, 0 or more and below 1: drawn at random, and of every class alike where there are
    /// labels. 0 unless given.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of its range.</exception>
    public double ValidationSplit
    {
        get;
        init => field = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ValidationSplit), value, "'ValidationSplit' must be 0 or more and below 1.");
    }

    /// <summary>One finite weight ≥ 0 per class, for the samples of training: they multiply the samples' weights.</summary>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>Whether every class counts the same in training, see <see cref="LabeledData{T}.WithBalancedClassWeights"/>.</summary>
    public bool BalancedClassWeights { get; init; }

    /// <summary>
    /// The learning rate of every step, 0 or more; the network's own rate unless given. A rate of 0 becomes the smallest that a network takes. A run
    /// that ends by itself gives the network back the rate that it came with; one that is stopped leaves the rate of its last step.
    /// </summary>
    public ILearningRateSchedule? Schedule { get; init; }

    /// <summary>
    /// Lowers the learning rate when the monitored value stops improving; which way is better follows from what is monitored. At its end a run gives
    /// the network back its rate, as with <see cref="Schedule"/>.
    /// </summary>
    public PlateauSchedule? Plateau { get; init; }

    /// <summary>
    /// What decides which epoch is the best, when to stop early, and when a plateau is reached: a column of the history, "loss", "val_loss" or
    /// a metric. Unless given, "val_loss" where there is validation, otherwise "loss".
    /// </summary>
    public string? Monitor { get; init; }

    /// <summary>Ends the run when the monitored value stops improving.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Are told of every step and epoch, in their order, on the thread that trains.</summary>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public IReadOnlyList<ITrainingObserver> Observers
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Observers));
    }
    = [];

    /// <summary>Is told of every epoch; a <see cref="Progress{T}"/> passes it on to the thread of a user interface.</summary>
    public IProgress<EpochReport>? Progress { get; init; }

    /// <summary>
    /// Where an earlier run of the same options and data was stopped; the network has to be as it was then. The end of a run that restored the
    /// best parameters is refused, see <see cref="TrainerState.RestoredBest"/>.
    /// </summary>
    public TrainerState? ResumeFrom { get; init; }
}
