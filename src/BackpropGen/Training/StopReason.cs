namespace BackpropGen;

/// <summary>Why a run ended.</summary>
public enum StopReason
{
    /// <summary>All epochs are done.</summary>
    Completed,

    /// <summary>The monitored value has stopped improving.</summary>
    EarlyStopping,

    /// <summary>The cancellation token was set.</summary>
    Cancelled,

    /// <summary>An observer asked for it by <see cref="TrainingSession.RequestStop"/>.</summary>
    Requested,
}
