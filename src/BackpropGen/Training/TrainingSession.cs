namespace BackpropGen;

/// <summary>A run while it runs, for its observers: to be used from within their calls, on the thread that trains.</summary>
public abstract class TrainingSession
{
    private protected TrainingSession()
    {
    }

    /// <summary>Where the run stands, after the step or the epoch that is being reported.</summary>
    /// <returns>A value of its own, to be kept with the parameters and the optimizer's state of the same moment.</returns>
    public abstract TrainerState CaptureState();

    /// <summary>Ends the run before its next step, with <see cref="StopReason.Requested"/>.</summary>
    public abstract void RequestStop();
}
