using System.Numerics;

namespace BackpropGen;

/// <summary>The share of outputs on the right side of a threshold, each output being a yes or no of its own (multi-label targets).</summary>
/// <remarks>Above the threshold is yes. A prediction that is NaN is wrong.</remarks>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class BinaryAccuracy<T> : ITargetMetric<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double _threshold;
    private long _right;
    private long _count;

    /// <summary>Counts answers on the right side of a threshold.</summary>
    /// <param name="threshold">0 to 1; targets are taken as yes above ½ in any case.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is out of its range.</exception>
    public BinaryAccuracy(double threshold = 0.5) => _threshold = RangeGuard.Fraction(threshold);

    /// <inheritdoc/>
    public string Name => "binary_accuracy";

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <inheritdoc/>
    public double Value => _count == 0 ? double.NaN : (double)_right / _count;

    /// <inheritdoc/>
    public void Reset() => (_right, _count) = (0, 0);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, int outputs)
    {
        MetricGuard.Rows(predictions.Length, targets.Length, outputs);
        for (int i = 0; i < targets.Length; i++)
        {
            bool yes = Decision.IsAbove(targets[i], 0.5);
            _right += !T.IsNaN(predictions[i]) && Decision.IsAbove(predictions[i], _threshold) == yes ? 1 : 0;
            _count++;
        }
    }
}
