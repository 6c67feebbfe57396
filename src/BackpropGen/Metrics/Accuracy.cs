using System.Numerics;

namespace BackpropGen;

/// <summary>
/// The share of samples whose class was found: the largest output against the label, or against the largest target of a one-hot or soft
/// row. With a single output, above ½ is class 1.
/// </summary>
/// <remarks>The first of several largest outputs is taken. A prediction with a NaN is wrong.</remarks>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Accuracy<T> : ILabelMetric<T>, ITargetMetric<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private long _right;
    private long _count;

    /// <inheritdoc/>
    public string Name => "accuracy";

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
        for (int n = 0; n < labels.Length; n++)
        {
            MetricGuard.Label(labels[n], outputs);
            _right += Decision.Of(predictions.Slice(n * outputs, outputs)) == labels[n] ? 1 : 0;
            _count++;
        }
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, int outputs)
    {
        MetricGuard.Rows(predictions.Length, targets.Length, outputs);
        for (int first = 0; first < targets.Length; first += outputs)
        {
            int actual = Decision.Of(targets.Slice(first, outputs));
            _right += actual != Decision.None && Decision.Of(predictions.Slice(first, outputs)) == actual ? 1 : 0;
            _count++;
        }
    }
}
