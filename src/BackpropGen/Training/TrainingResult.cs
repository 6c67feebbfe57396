namespace BackpropGen;

/// <summary>What came of a run.</summary>
/// <param name="History">What was measured after every epoch of this run; after a resumption, of those since then.</param>
/// <param name="StopReason">Why the run ended.</param>
/// <param name="Monitor">What decided which epoch is the best: a column of the history.</param>
/// <param name="BestEpoch">The best epoch, from 0; null if none was completed.</param>
/// <param name="BestValue">Its monitored value; NaN if there is none.</param>
/// <param name="State">
/// Where the run ended, to be continued by <see cref="TrainingOptions.ResumeFrom"/>. If the best weights were restored, the network
/// no longer has those of that place.
/// </param>
public sealed record TrainingResult(
    TrainingHistory History, StopReason StopReason, string Monitor, int? BestEpoch, double BestValue, TrainerState State);
