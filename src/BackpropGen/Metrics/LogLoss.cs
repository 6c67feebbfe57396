using System.Numerics;

namespace BackpropGen;

/// <summary>
/// The mean of −Σ t·ln p, for a network that predicts probabilities: −ln p of the label's class; with a single output
/// −(t·ln p + (1 − t)·ln(1 − p)).
/// </summary>
/// <remarks>
/// As in scikit-learn, p is kept off 0 and 1 by the machine epsilon of the element type, so that one sample cannot make the mean
/// infinite; rows are not made to add up to 1. A NaN makes it NaN. Unlike a network's own loss it knows no weights or smoothing.
/// </remarks>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LogLoss<T> : ILabelMetric<T>, ITargetMetric<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly double MachineEpsilon = double.CreateTruncating(T.BitIncrement(T.One) - T.One);

    private double _sum;
    private long _count;

    /// <inheritdoc/>
    public string Name => "log_loss";

    /// <inheritdoc/>
    public bool HigherIsBetter => false;

    /// <inheritdoc/>
    public double Value => _sum / _count;

    /// <inheritdoc/>
    public void Reset() => (_sum, _count) = (0, 0);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<T> predictions, ReadOnlySpan<int> labels)
    {
        int outputs = MetricGuard.Outputs(predictions.Length, labels.Length);
        for (int n = 0; n < labels.Length; n++)
        {
            MetricGuard.Label(labels[n], outputs);
            _sum += outputs == 1 ? Binary(predictions[n], labels[n]) : -Math.Log(Bounded(predictions[(n * outputs) + labels[n]]));
        }

        _count += labels.Length;
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, int outputs)
    {
        MetricGuard.Rows(predictions.Length, targets.Length, outputs);
        for (int i = 0; i < targets.Length; i++)
        {
            double target = double.CreateTruncating(targets[i]);
            _sum += outputs == 1 ? Binary(predictions[i], target) : -target * Math.Log(Bounded(predictions[i]));
        }

        _count += targets.Length / outputs;
    }

    private static double Binary(T prediction, double target)
    {
        double p = Bounded(prediction);
        return -(target * Math.Log(p)) - ((1 - target) * Math.Log(1 - p));
    }

    private static double Bounded(T p) => Math.Clamp(double.CreateTruncating(p), MachineEpsilon, 1 - MachineEpsilon);
}
