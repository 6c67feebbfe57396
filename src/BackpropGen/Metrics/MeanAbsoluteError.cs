using System.Numerics;

namespace BackpropGen;

/// <summary>The mean of |prediction − target| over samples and outputs. A NaN makes it NaN.</summary>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class MeanAbsoluteError<T> : ITargetMetric<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private double _sum;
    private long _count;

    /// <inheritdoc/>
    public string Name => "mae";

    /// <inheritdoc/>
    public bool HigherIsBetter => false;

    /// <inheritdoc/>
    public double Value => _sum / _count;

    /// <inheritdoc/>
    public void Reset() => (_sum, _count) = (0, 0);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, int outputs)
    {
        MetricGuard.Rows(predictions.Length, targets.Length, outputs);
        for (int i = 0; i < targets.Length; i++)
        {
            _sum += Math.Abs(double.CreateTruncating(predictions[i]) - double.CreateTruncating(targets[i]));
        }

        _count += targets.Length;
    }
}
