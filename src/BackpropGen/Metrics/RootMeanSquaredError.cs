using System.Numerics;

namespace BackpropGen;

/// <summary>
/// The root of the mean of (prediction − target)² over samples and outputs, as Keras has it (scikit-learn takes the root output by
/// output). A NaN makes it NaN.
/// </summary>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class RootMeanSquaredError<T> : ITargetMetric<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private double _sum;
    private long _count;

    /// <inheritdoc/>
    public string Name => "rmse";

    /// <inheritdoc/>
    public bool HigherIsBetter => false;

    /// <inheritdoc/>
    public double Value => Math.Sqrt(_sum / _count);

    /// <inheritdoc/>
    public void Reset() => (_sum, _count) = (0, 0);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, int outputs)
    {
        MetricGuard.Rows(predictions.Length, targets.Length, outputs);
        for (int i = 0; i < targets.Length; i++)
        {
            double error = double.CreateTruncating(predictions[i]) - double.CreateTruncating(targets[i]);
            _sum += error * error;
        }

        _count += targets.Length;
    }
}
