using System.Numerics;

namespace BackpropGen;

/// <summary>A network and the data it learns from, behind which the loop does not care whether these are labels or target rows.</summary>
/// <typeparam name="T">The element type of the network.</typeparam>
internal abstract class Objective<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The rows predicted at once for the metrics: enough for the kernels to be at their best, and few enough for the cache.</summary>
    protected const int PredictionRows = 1024;

    /// <summary>The samples of training.</summary>
    public abstract int Count { get; }

    /// <summary>The samples of validation, 0 if there are none.</summary>
    public abstract int ValidationCount { get; }

    /// <summary>What is measured after every epoch.</summary>
    public abstract IReadOnlyList<IMetric> Metrics { get; }

    /// <summary>One step on chosen samples.</summary>
    /// <param name="rows">Their numbers, at most as many as a batch.</param>
    /// <returns>The loss before the step.</returns>
    public abstract T TrainStep(ReadOnlySpan<int> rows);

    /// <summary>One step on neighbouring samples, in place.</summary>
    public abstract T TrainStep(int first, int count);

    /// <summary>The loss of the validation samples.</summary>
    public abstract T ValidationLoss();

    /// <summary>Starts the metrics anew and measures them.</summary>
    public abstract void Measure();

    /// <summary>Shows every metric one row, so that one that does not fit the network says so before there is a step; starts them anew.</summary>
    /// <exception cref="ArgumentException">A metric refuses the row.</exception>
    public void CheckMetrics()
    {
        if (Metrics.Count > 0)
        {
            Predict(first: 0, rows: 1);
        }

        for (int m = 0; m < Metrics.Count; m++)
        {
            Metrics[m].Reset();
            try
            {
                Add(m, first: 0, rows: 1);
            }
            catch (ArgumentException exception)
            {
                throw new ArgumentException($"'metrics' has {Metrics[m].Name}, which does not fit: {exception.Message}", "metrics", exception);
            }

            Metrics[m].Reset();
        }
    }

    /// <summary>Predicts some of the rows that are measured, for <see cref="Add"/>.</summary>
    protected abstract void Predict(int first, int rows);

    /// <summary>Adds the rows that were predicted last to a metric.</summary>
    protected abstract void Add(int metric, int first, int rows);
}
