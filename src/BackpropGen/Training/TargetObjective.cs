using System.Numerics;

namespace BackpropGen;

/// <summary>A network that learns from rows of targets.</summary>
internal sealed class TargetObjective<TNetwork, T> : Objective<T>
    where TNetwork : class, ITargetTrainable<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TNetwork _network;
    private readonly int _inputSize;
    private readonly int _outputSize;
    private readonly TargetData<T> _training;
    private readonly TargetData<T>? _validation;
    private readonly IReadOnlyList<ITargetMetric<T>> _metrics;

    // One batch, gathered in the order of the epoch (empty where batches are taken in place), and the predictions of a block of rows.
    private readonly T[] _inputs;
    private readonly T[] _targets;
    private readonly T[] _weights;
    private readonly T[] _predictions;

    public TargetObjective(
        TNetwork network, TargetData<T> training, TargetData<T>? validation, IReadOnlyList<ITargetMetric<T>> metrics, int gatheredRows)
    {
        _network = network;
        _inputSize = network.Describe().InputSize;
        _outputSize = network.Describe().OutputSize;
        _training = training;
        _validation = validation;
        _metrics = metrics;

        int rows = Math.Min(gatheredRows, training.Count);
        _inputs = new T[rows * _inputSize];
        _targets = new T[rows * _outputSize];
        _weights = training.SampleWeights.IsEmpty ? [] : new T[rows];
        _predictions = metrics.Count == 0 ? [] : new T[Math.Min(PredictionRows, (validation ?? training).Count) * _outputSize];
    }

    public override int Count => _training.Count;

    public override int ValidationCount => _validation?.Count ?? 0;

    public override IReadOnlyList<IMetric> Metrics => _metrics;

    /// <summary>What the metrics are measured on.</summary>
    private TargetData<T> Measured => _validation ?? _training;

    public override T TrainStep(ReadOnlySpan<int> rows)
    {
        Span<T> inputs = _inputs.AsSpan(0, rows.Length * _inputSize);
        Span<T> targets = _targets.AsSpan(0, rows.Length * _outputSize);
        Rows.Gather(_training.Inputs.Span, rows, _inputSize, inputs);
        Rows.Gather(_training.Targets.Span, rows, _outputSize, targets);
        if (_weights.Length == 0)
        {
            return _network.TrainStep(inputs, targets);
        }

        Span<T> weights = _weights.AsSpan(0, rows.Length);
        Rows.Gather(_training.SampleWeights.Span, rows, 1, weights);
        return _network.TrainStep(inputs, targets, weights);
    }

    public override T TrainStep(int first, int count) =>
        _network.TrainStep(
            _training.Inputs.Span.Slice(first * _inputSize, count * _inputSize),
            _training.Targets.Span.Slice(first * _outputSize, count * _outputSize),
            _training.SampleWeights.IsEmpty ? default : _training.SampleWeights.Span.Slice(first, count));

    public override T ValidationLoss() => _network.Evaluate(_validation!.Inputs.Span, _validation.Targets.Span, _validation.SampleWeights.Span);

    public override void Measure()
    {
        for (int m = 0; m < _metrics.Count; m++)
        {
            _metrics[m].Reset();
        }

        for (int first = 0; first < Measured.Count && _metrics.Count > 0; first += PredictionRows)
        {
            int rows = Math.Min(PredictionRows, Measured.Count - first);
            Predict(first, rows);
            for (int m = 0; m < _metrics.Count; m++)
            {
                Add(m, first, rows);
            }
        }
    }

    protected override void Predict(int first, int rows) => _network.Predict(
        Measured.Inputs.Span.Slice(first * _inputSize, rows * _inputSize), _predictions.AsSpan(0, rows * _outputSize));

    protected override void Add(int metric, int first, int rows) =>
        _metrics[metric].Add(
            _predictions.AsSpan(0, rows * _outputSize),
            Measured.Targets.Span.Slice(first * _outputSize, rows * _outputSize),
            _outputSize);
}
