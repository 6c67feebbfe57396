using System.Collections;

namespace BackpropGen;

/// <summary>The records of the epochs of a run, in their order.</summary>
public sealed partial class TrainingHistory : IReadOnlyList<EpochRecord>
{
    private readonly List<EpochRecord> _records = [];

    internal TrainingHistory(bool hasValidation, IReadOnlyList<string> metricNames) => (HasValidation, MetricNames) = (hasValidation, metricNames);

    /// <summary>Whether there is a validation loss.</summary>
    public bool HasValidation { get; }

    /// <summary>The columns of the metrics: their names, after "val_" where they were measured on validation samples.</summary>
    public IReadOnlyList<string> MetricNames { get; }

    /// <summary>The number of epochs.</summary>
    public int Count => _records.Count;

    /// <inheritdoc/>
    public EpochRecord this[int index] => _records[index];

    /// <inheritdoc/>
    public IEnumerator<EpochRecord> GetEnumerator() => _records.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(EpochRecord record) => _records.Add(record);
}
