using System.Numerics;

namespace BackpropGen;

/// <summary>Counts, for every class, what its samples were taken for. Its value as a metric is the accuracy.</summary>
/// <remarks>
/// The decision is that of <see cref="Accuracy{T}"/>. A prediction with a NaN says no class: it counts as <see cref="Undecided"/>, among
/// the samples of its class and among the predictions of none.
/// </remarks>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ConfusionMatrix<T> : ILabelMetric<T>, ITargetMetric<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>One more would need more counts than an array holds.</summary>
    private const int MaxClasses = 46_340;

    // [classes × (classes + 1)]: a row per actual class; the last column counts predictions of no class.
    private readonly long[] _counts;

    /// <summary>An empty matrix.</summary>
    /// <param name="classes">The number of classes, 2 or more; 2 for a network with a single output.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two classes, or more than 46,340.</exception>
    public ConfusionMatrix(int classes)
    {
        Classes = (int)RangeGuard.Between(2, MaxClasses, classes);
        _counts = new long[classes * (classes + 1)];
    }

    /// <inheritdoc/>
    public string Name => "confusion_matrix";

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>The number of samples.</summary>
    public long Total { get; private set; }

    /// <summary>The share of samples whose class was found; NaN without samples.</summary>
    public double Value
    {
        get
        {
            long right = 0;
            for (int c = 0; c < Classes; c++)
            {
                right += this[c, c];
            }

            return Total == 0 ? double.NaN : (double)right / Total;
        }
    }

    /// <summary>How many samples of a class were taken for another, or for itself.</summary>
    /// <param name="actual">The class of the samples.</param>
    /// <param name="predicted">The class they were taken for.</param>
    public long this[int actual, int predicted]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)actual, (uint)Classes, nameof(actual));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)Classes, nameof(predicted));
            return _counts[(actual * (Classes + 1)) + predicted];
        }
    }

    /// <summary>How many samples have a class.</summary>
    public long Actual(int label)
    {
        long sum = Undecided(label);
        for (int c = 0; c < Classes; c++)
        {
            sum += this[label, c];
        }

        return sum;
    }

    /// <summary>How many samples were taken for a class.</summary>
    public long Predicted(int label)
    {
        long sum = 0;
        for (int c = 0; c < Classes; c++)
        {
            sum += this[c, label];
        }

        return sum;
    }

    /// <summary>How many samples of a class were taken for none.</summary>
    public long Undecided(int label)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)Classes, nameof(label));
        return _counts[(label * (Classes + 1)) + Classes];
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_counts);
        Total = 0;
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<T> predictions, ReadOnlySpan<int> labels)
    {
        int outputs = MetricGuard.Outputs(predictions.Length, labels.Length);
        FitsClasses(outputs, labels.Length);
        for (int n = 0; n < labels.Length; n++)
        {
            MetricGuard.Label(labels[n], outputs);
            Count(labels[n], Decision.Of(predictions.Slice(n * outputs, outputs)));
        }
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, int outputs)
    {
        MetricGuard.Rows(predictions.Length, targets.Length, outputs);
        FitsClasses(outputs, targets.Length);
        for (int first = 0; first < targets.Length; first += outputs)
        {
            int actual = Decision.Of(targets.Slice(first, outputs));
            if (actual == Decision.None)
            {
                throw new ArgumentException("'targets' holds NaN; a row must say a class.", nameof(targets));
            }

            Count(actual, Decision.Of(predictions.Slice(first, outputs)));
        }
    }

    private void FitsClasses(int outputs, int samples)
    {
        if (samples > 0 && outputs != Classes && !(outputs == 1 && Classes == 2))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'predictions' holds {outputs} values per sample; {Classes}, one per class, are needed."),
                "predictions");
        }
    }

    private void Count(int actual, int predicted)
    {
        _counts[(actual * (Classes + 1)) + (predicted == Decision.None ? Classes : predicted)]++;
        Total++;
    }
}
