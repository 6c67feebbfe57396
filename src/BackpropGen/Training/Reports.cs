namespace BackpropGen;

/// <summary>A run begins.</summary>
/// <param name="Session">To ask for the state of the run, or for its end.</param>
/// <param name="Epochs">The epochs in all.</param>
/// <param name="BatchesPerEpoch">The steps of an epoch.</param>
/// <param name="SampleCount">The samples of training.</param>
/// <param name="ValidationCount">The samples of validation, 0 if there are none.</param>
public readonly record struct TrainingStartReport(
    TrainingSession Session, int Epochs, int BatchesPerEpoch, int SampleCount, int ValidationCount);

/// <summary>An epoch begins.</summary>
/// <param name="Epoch">Its number, from 0.</param>
/// <param name="Epochs">The epochs in all.</param>
/// <param name="BatchesPerEpoch">The steps of an epoch.</param>
public readonly record struct EpochStartReport(int Epoch, int Epochs, int BatchesPerEpoch);

/// <summary>A step has been taken.</summary>
/// <param name="Epoch">The number of its epoch, from 0.</param>
/// <param name="Batch">Its number within the epoch, from 0.</param>
/// <param name="BatchesPerEpoch">The steps of an epoch.</param>
/// <param name="Step">Its number in the run, from 0.</param>
/// <param name="SampleCount">The samples of its batch.</param>
/// <param name="Loss">The loss of the batch before the step.</param>
/// <param name="LearningRate">The learning rate of the step.</param>
public readonly record struct StepReport(
    int Epoch, int Batch, int BatchesPerEpoch, long Step, int SampleCount, double Loss, double LearningRate);

/// <summary>An epoch has been completed.</summary>
/// <param name="Record">What was measured, as it stands in the history.</param>
/// <param name="Epochs">The epochs in all.</param>
/// <param name="IsBest">Whether its monitored value is the best so far.</param>
public readonly record struct EpochReport(EpochRecord Record, int Epochs, bool IsBest);

/// <summary>A run has ended.</summary>
/// <param name="Result">Its result.</param>
public readonly record struct TrainingEndReport(TrainingResult Result);
