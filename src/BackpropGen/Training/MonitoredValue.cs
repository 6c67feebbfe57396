namespace BackpropGen;

/// <summary>The column of the history that decides what is better.</summary>
/// <param name="Name">Its name.</param>
/// <param name="HigherIsBetter">Whether the value is to grow.</param>
/// <param name="Metric">The number of the metric, or one of the constants.</param>
internal sealed record MonitoredValue(string Name, bool HigherIsBetter, int Metric)
{
    private const string Loss = "loss";
    private const string ValidationLoss = "val_loss";
    private const int LossColumn = -2;
    private const int ValidationLossColumn = -1;

    /// <summary>Finds a column by name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static MonitoredValue Find(string? name, bool hasValidation, IReadOnlyList<IMetric> metrics, IReadOnlyList<string> metricNames)
    {
        name ??= hasValidation ? ValidationLoss : Loss;
        if (name == Loss || (name == ValidationLoss && hasValidation))
        {
            return new MonitoredValue(name, HigherIsBetter: false, name == Loss ? LossColumn : ValidationLossColumn);
        }

        for (int i = 0; i < metrics.Count; i++)
        {
            if (metricNames[i] == name)
            {
                return new MonitoredValue(name, metrics[i].HigherIsBetter, i);
            }
        }

        IEnumerable<string> known = (hasValidation ? [Loss, ValidationLoss] : new[] { Loss }).Concat(metricNames);
        throw new ArgumentException($"'options.Monitor' is \"{name}\"; this run measures {string.Join(", ", known)}.", "options");
    }

    /// <summary>The value of an epoch.</summary>
    public double Of(EpochRecord record) => Metric switch
    {
        LossColumn => record.Loss,
        ValidationLossColumn => record.ValidationLoss ?? double.NaN,
        _ => record.Metrics[Metric],
    };

    /// <summary>Whether a value is an improvement; NaN never is, and anything else is one on NaN.</summary>
    public bool IsBetter(double value, double best, double minDelta) =>
        double.IsNaN(best) ? !double.IsNaN(value) : HigherIsBetter ? value > best + minDelta : value < best - minDelta;
}
