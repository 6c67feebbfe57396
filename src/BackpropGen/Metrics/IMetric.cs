namespace BackpropGen;

/// <summary>
/// A number that says how good predictions are, gathered batch by batch. Metrics keep sums or counts, never samples, and allocate nothing
/// after the first batch. They are written for one thread.
/// </summary>
/// <remarks>A metric is an <see cref="ILabelMetric{T}"/>, an <see cref="ITargetMetric{T}"/>, or both. All samples count the same: sample weights weigh losses.</remarks>
public interface IMetric
{
    /// <summary>A short name in lower case, such as "accuracy": the column of the history, and what early stopping monitors.</summary>
    string Name { get; }

    /// <summary>Whether a larger value is the better one, as with an accuracy, and unlike an error.</summary>
    bool HigherIsBetter { get; }

    /// <summary>The value over all samples since the last <see cref="Reset"/>; NaN if there were none.</summary>
    double Value { get; }

    /// <summary>Forgets all samples.</summary>
    void Reset();
}
