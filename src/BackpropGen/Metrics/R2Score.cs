using System.Numerics;

namespace BackpropGen;

/// <summary>
/// R², the share of the targets' variance that the predictions explain: 1 − Σ(t − p)² / Σ(t − t̄)², the mean over the outputs.
/// 1 is perfect, 0 is what the mean of the targets would have, and there is no lower end.
/// </summary>
/// <remarks>
/// As in scikit-learn, an output whose targets are all the same has 1 if every prediction is exact and 0 otherwise, and fewer than two
/// samples give NaN. A NaN makes it NaN. The variance is kept by Welford's recurrence (1962), so a large mean costs no digits.
/// </remarks>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class R2Score<T> : ITargetMetric<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Per output: the mean of the targets, Σ(t − t̄)² and Σ(t − p)².
    private double[] _mean = [];
    private double[] _deviations = [];
    private double[] _residuals = [];
    private long _count;

    /// <inheritdoc/>
    public string Name => "r2";

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <inheritdoc/>
    public double Value
    {
        get
        {
            if (_count < 2)
            {
                return double.NaN;
            }

            double sum = 0;
            for (int k = 0; k < _mean.Length; k++)
            {
                sum += Explained(_residuals[k], _deviations[k]);
            }

            return sum / _mean.Length;
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _count = 0;
        Array.Clear(_mean);
        Array.Clear(_deviations);
        Array.Clear(_residuals);
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, int outputs)
    {
        MetricGuard.Rows(predictions.Length, targets.Length, outputs);
        if (_mean.Length != outputs)
        {
            Start(outputs);
        }

        for (int first = 0; first < targets.Length; first += outputs)
        {
            _count++;
            for (int k = 0; k < outputs; k++)
            {
                double target = double.CreateTruncating(targets[first + k]);
                double residual = target - double.CreateTruncating(predictions[first + k]);
                double delta = target - _mean[k];
                _mean[k] += delta / _count;
                _deviations[k] += delta * (target - _mean[k]);
                _residuals[k] += residual * residual;
            }
        }
    }

    private static double Explained(double residuals, double deviations)
    {
        if (deviations != 0 || double.IsNaN(residuals))
        {
            return 1 - (residuals / deviations);
        }

        return residuals == 0 ? 1 : 0;
    }

    private void Start(int outputs)
    {
        if (_count > 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'outputs' is {outputs}; the batches before had {_mean.Length}."), nameof(outputs));
        }

        _mean = new double[outputs];
        _deviations = new double[outputs];
        _residuals = new double[outputs];
    }
}
