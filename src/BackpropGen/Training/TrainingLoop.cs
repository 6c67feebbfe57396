using System.Diagnostics;
using System.Numerics;

namespace BackpropGen;

/// <summary>The loop over epochs and steps. All that changes from one step to the next is in its first few fields, which are the state.</summary>
/// <typeparam name="T">The element type of the network.</typeparam>
internal sealed class TrainingLoop<T> : TrainingSession
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ITrainableNetwork<T> _network;
    private readonly Objective<T> _objective;
    private readonly TrainingOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly ITrainingObserver[] _observers;
    private readonly MonitoredValue _monitor;
    private readonly PlateauSchedule? _plateau;
    private readonly TrainingHistory _history;
    private readonly int[] _order;
    private readonly T[]? _bestParameters;

    /// <summary>The rate that the network came with, where the run sets others.</summary>
    private T? _ownLearningRate;

    private int _epoch;
    private int _position;
    private long _step;
    private double _lossSum;
    private int? _bestEpoch;
    private double _bestValue = double.NaN;
    private int _epochsWithoutImprovement;
    private PlateauState? _plateauState;
    private bool _restoredBest;
    private bool _stopRequested;

    public TrainingLoop(
        ITrainableNetwork<T> network, int parameterCount, Objective<T> objective, TrainingOptions options, CancellationToken cancellation)
    {
        TrainingGuard.Consistent(options);
        string[] names = MetricNames(objective);
        _network = network;
        _objective = objective;
        _options = options;
        _cancellation = cancellation;
        _observers = [.. options.Observers];
        _history = new TrainingHistory(objective.ValidationCount > 0, names);
        _monitor = MonitoredValue.Find(options.Monitor, objective.ValidationCount > 0, objective.Metrics, names);
        _plateau = options.Plateau is null ? null : options.Plateau with { HigherIsBetter = _monitor.HigherIsBetter };
        _plateauState = _plateau?.Start;
        _order = options.Shuffle ? new int[objective.Count] : [];
        _bestParameters = options.EarlyStopping is { RestoreBestWeights: true } ? new T[parameterCount] : null;
        _ownLearningRate = options.Schedule is null && options.Plateau is null ? null : network.LearningRate;
        if (options.ResumeFrom is { } state)
        {
            TrainingGuard.Resumable(state, options, objective.Count, parameterCount);
            Resume(state);
        }

        objective.CheckMetrics();
    }

    private int BatchesPerEpoch => (int)(((long)_objective.Count + _options.BatchSize - 1) / _options.BatchSize);

    private bool IsExhausted => _options.EarlyStopping is { } stopping && _epochsWithoutImprovement >= stopping.Patience;

    private bool ShouldStop => _stopRequested || _cancellation.IsCancellationRequested;

    /// <inheritdoc/>
    public override void RequestStop() => _stopRequested = true;

    /// <inheritdoc/>
    public override TrainerState CaptureState() => new()
    {
        Seed = _options.Seed,
        SampleCount = _objective.Count,
        Epoch = _epoch,
        Position = _position,
        Step = _step,
        LossSum = _lossSum,
        BestEpoch = _bestEpoch,
        BestValue = _bestValue,
        EpochsWithoutImprovement = _epochsWithoutImprovement,
        Plateau = _plateauState,
        OwnLearningRate = _ownLearningRate is { } rate ? double.CreateTruncating(rate) : null,
        RestoredBest = _restoredBest,
        BestParameters = _bestParameters is null || _bestEpoch is null ? null : Array.ConvertAll(_bestParameters, double.CreateTruncating),
    };

    /// <summary>Runs to the end, whatever it is.</summary>
    public TrainingResult Run()
    {
        var start = new TrainingStartReport(this, _options.Epochs, BatchesPerEpoch, _objective.Count, _objective.ValidationCount);
        foreach (ITrainingObserver observer in _observers)
        {
            observer.OnTrainingStarted(in start);
        }

        StopReason reason = RunEpochs();
        if (reason is StopReason.Completed or StopReason.EarlyStopping)
        {
            Finish();
        }

        var result = new TrainingResult(_history, reason, _monitor.Name, _bestEpoch, _bestValue, CaptureState());
        var end = new TrainingEndReport(result);
        foreach (ITrainingObserver observer in _observers)
        {
            observer.OnTrainingCompleted(in end);
        }

        return result;
    }

    /// <summary>
    /// Leaves the network as its user wants it after a run: with its best parameters, and with its own rate instead of that of the last step, which
    /// may be next to nothing. A run that was stopped does neither, since it is to go on.
    /// </summary>
    private void Finish()
    {
        if (_bestParameters is not null && _bestEpoch is { } best)
        {
            // Where the last epoch is the best, the network has these parameters already, and the state is that of them.
            _network.SetParameters(_bestParameters);
            _restoredBest = best != _epoch - 1;
        }

        if (_ownLearningRate is { } rate)
        {
            _network.LearningRate = rate;
        }
    }

    private StopReason RunEpochs()
    {
        while (_epoch < _options.Epochs)
        {
            if (IsExhausted)
            {
                return StopReason.EarlyStopping;
            }

            if (ShouldStop || !RunEpoch())
            {
                return _cancellation.IsCancellationRequested ? StopReason.Cancelled : StopReason.Requested;
            }
        }

        return StopReason.Completed;
    }

    /// <summary>Runs an epoch, or what is left of it.</summary>
    /// <returns>Whether it was completed; if not, the run stands between two of its steps.</returns>
    private bool RunEpoch()
    {
        long started = Stopwatch.GetTimestamp();
        var report = new EpochStartReport(_epoch, _options.Epochs, BatchesPerEpoch);
        foreach (ITrainingObserver observer in _observers)
        {
            observer.OnEpochStarted(in report);
        }

        if (_options.Shuffle)
        {
            // Stream 0 of the seed belongs to the validation split.
            RowOrder.Ascending(_order);
            RowOrder.Shuffle(_order, _options.Seed, _epoch + 1);
        }

        while (_position < _objective.Count)
        {
            if (ShouldStop)
            {
                return false;
            }

            TakeStep();
        }

        if (ShouldStop)
        {
            return false;
        }

        CompleteEpoch(started);
        return true;
    }

    private void TakeStep()
    {
        if (_options.Schedule is { } schedule)
        {
            SetLearningRate(schedule.At(_step));
        }
        else if (_plateauState is { } plateau)
        {
            SetLearningRate(plateau.LearningRate);
        }

        int count = Math.Min(_options.BatchSize, _objective.Count - _position);
        double loss = double.CreateTruncating(
            _options.Shuffle ? _objective.TrainStep(_order.AsSpan(_position, count)) : _objective.TrainStep(_position, count));
        var report = new StepReport(
            _epoch, _position / _options.BatchSize, BatchesPerEpoch, _step, count, loss, double.CreateTruncating(_network.LearningRate));
        _lossSum += loss * count;
        _position += count;
        _step++;
        foreach (ITrainingObserver observer in _observers)
        {
            observer.OnStepCompleted(in report);
        }
    }

    /// <summary>Measures, and makes of it what decides how to go on.</summary>
    private void CompleteEpoch(long started)
    {
        double? validationLoss = _objective.ValidationCount > 0 ? double.CreateTruncating(_objective.ValidationLoss()) : null;
        _objective.Measure();
        var metrics = new double[_objective.Metrics.Count];
        for (int i = 0; i < metrics.Length; i++)
        {
            metrics[i] = _objective.Metrics[i].Value;
        }

        var record = new EpochRecord(
            _epoch,
            _lossSum / _objective.Count,
            validationLoss,
            metrics,
            double.CreateTruncating(_network.LearningRate),
            Stopwatch.GetElapsedTime(started));
        _history.Add(record);

        double value = _monitor.Of(record);
        bool isBest = _monitor.IsBetter(value, _bestValue, _options.EarlyStopping?.MinDelta ?? 0);
        if (isBest)
        {
            (_bestEpoch, _bestValue) = (_epoch, value);
            if (_bestParameters is not null)
            {
                _network.CopyParametersTo(_bestParameters);
            }
        }

        _epochsWithoutImprovement = isBest ? 0 : _epochsWithoutImprovement + 1;
        _plateauState = _plateau?.Next(_plateauState!, value);
        (_epoch, _position, _lossSum) = (_epoch + 1, 0, 0);

        var report = new EpochReport(record, _options.Epochs, isBest);
        foreach (ITrainingObserver observer in _observers)
        {
            observer.OnEpochCompleted(in report);
        }

        _options.Progress?.Report(report);
    }

    /// <summary>
    /// Networks refuse a rate of 0, which is where some schedules end: it becomes the smallest rate there is. What else they refuse, they refuse.
    /// </summary>
    private void SetLearningRate(double rate)
    {
        T value = T.CreateTruncating(rate);
        _network.LearningRate = rate >= 0 && value == T.Zero ? T.Epsilon : value;
    }

    private void Resume(TrainerState state)
    {
        _epoch = state.Epoch;
        _position = state.Position;
        _step = state.Step;
        _lossSum = state.LossSum;
        _bestEpoch = state.BestEpoch;
        _bestValue = state.BestValue;
        _epochsWithoutImprovement = state.EpochsWithoutImprovement;
        _plateauState = _plateau is null ? null : state.Plateau ?? _plateau.Start;
        if (_ownLearningRate is not null && state.OwnLearningRate is { } own)
        {
            T rate = T.CreateTruncating(own);
            _ownLearningRate = rate > T.Zero && T.IsFinite(rate)
                ? rate
                : throw new ArgumentException(
                    FormattableString.Invariant($"'options.ResumeFrom.OwnLearningRate' is {own}; a finite number above 0 is needed."), "options");
        }

        if (_bestParameters is null)
        {
            return;
        }

        if (state.BestParameters is { } best)
        {
            for (int i = 0; i < _bestParameters.Length; i++)
            {
                _bestParameters[i] = T.CreateTruncating(best[i]);
            }
        }
        else if (state.BestEpoch is not null)
        {
            throw new ArgumentException("'options.ResumeFrom' has a best epoch without its parameters, which early stopping is to restore.", "options");
        }
    }

    private static string[] MetricNames(Objective<T> objective)
    {
        for (int i = 0; i < objective.Metrics.Count; i++)
        {
            if (objective.Metrics[i] is null)
            {
                throw new ArgumentException(FormattableString.Invariant($"'metrics' holds null at {i}."), "metrics");
            }

            if (TrainingHistory.IsReserved(objective.Metrics[i].Name))
            {
                throw new ArgumentException($"'metrics' has one that is called {objective.Metrics[i].Name}, which is a column of every history.", "metrics");
            }
        }

        string prefix = objective.ValidationCount > 0 ? "val_" : string.Empty;
        string[] names = [.. objective.Metrics.Select(metric => prefix + metric.Name)];
        return names.Distinct().Count() == names.Length
            ? names
            : throw new ArgumentException($"'metrics' has two of the same name among {string.Join(", ", names)}.", "metrics");
    }
}
