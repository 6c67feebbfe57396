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
}
