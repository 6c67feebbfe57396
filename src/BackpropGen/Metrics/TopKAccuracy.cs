using System.Numerics;

namespace BackpropGen;

/// <summary>The share of samples whose class is among the k largest outputs.</summary>
/// <remarks>
/// Among equal outputs the first ranks higher, so that k = 1 is <see cref="Accuracy{T}"/>. A prediction with a NaN is wrong; k at or
/// above the number of classes makes every other one right.
/// </remarks>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TopKAccuracy<T> : ILabelMetric<T>, ITargetMetric<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _k;
    private long _right;
    private long _count;

    /// <summary>Counts labels among the k largest outputs.</summary>
    /// <param name="k">1 or more; 5 unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public TopKAccuracy(int k = 5)
    {
        _k = (int)RangeGuard.AtLeast(1, k);
        Name = FormattableString.Invariant($"top_{k}_accuracy");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <inheritdoc/>
    public double Value => _count == 0 ? double.NaN : (double)_right / _count;

    /// <inheritdoc/>
    public void Reset() => (_right, _count) = (0, 0);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<T> predictions, ReadOnlySpan<int> labels)
    {
        int outputs = MetricGuard.Outputs(predictions.Length, labels.Length);
        MultipleOutputs(outputs);
        for (int n = 0; n < labels.Length; n++)
        {
            MetricGuard.Label(labels[n], outputs);
            Count(predictions.Slice(n * outputs, outputs), labels[n]);
        }
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, int outputs)
    {
        MetricGuard.Rows(predictions.Length, targets.Length, outputs);
        MultipleOutputs(outputs);
        for (int first = 0; first < targets.Length; first += outputs)
        {
            Count(predictions.Slice(first, outputs), Decision.Of(targets.Slice(first, outputs)));
        }
    }

    private static void MultipleOutputs(int outputs)
    {
        if (outputs == 1)
        {
            throw new ArgumentException("'predictions' holds one value per sample; 2 or more are needed to rank classes.", "predictions");
        }
    }

    private void Count(ReadOnlySpan<T> scores, int label)
    {
        _count++;
        if (label == Decision.None)
        {
            return;
        }

        int before = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (T.IsNaN(scores[i]))
            {
                return;
            }

            before += scores[i] > scores[label] || (scores[i] == scores[label] && i < label) ? 1 : 0;
        }

        _right += before < _k ? 1 : 0;
    }
}
