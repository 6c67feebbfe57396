namespace BackpropGen;

/// <summary>
/// Is told what happens in a run: progress bars, logs, checkpoints. Implement what is of interest; everything else does nothing. The calls
/// come one after another on the thread that trains, and an exception ends the run.
/// </summary>
public interface ITrainingObserver
{
    /// <summary>The run begins.</summary>
    /// <param name="report">Its size, and the session to ask for its state or its end.</param>
    void OnTrainingStarted(in TrainingStartReport report)
    {
    }

    /// <summary>An epoch begins, or is continued.</summary>
    /// <param name="report">Which.</param>
    void OnEpochStarted(in EpochStartReport report)
    {
    }

    /// <summary>A step has been taken.</summary>
    /// <param name="report">Its loss and learning rate.</param>
    void OnStepCompleted(in StepReport report)
    {
    }

    /// <summary>All steps of an epoch have been taken and everything is measured.</summary>
    /// <param name="report">Its record.</param>
    void OnEpochCompleted(in EpochReport report)
    {
    }

    /// <summary>The run has ended, for whatever reason but an exception.</summary>
    /// <param name="report">Its result.</param>
    void OnTrainingCompleted(in TrainingEndReport report)
    {
    }
}
