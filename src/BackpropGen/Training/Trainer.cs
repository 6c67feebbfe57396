using System.Numerics;

namespace BackpropGen;

/// <summary>
/// Trains a network on a data set: epochs of shuffled batches, validation, metrics, schedules, early stopping. Everything it does can be
/// done in a loop of one's own with <c>TrainStep</c>; nothing here is known to the network.
/// </summary>
/// <remarks>
/// The same network, data and options give the same bits, and a run that was stopped goes on from its <see cref="TrainerState"/> as if it
/// had not been. The loop allocates once per epoch, for its record, and nothing per step.
/// </remarks>
public static class Trainer
{
    /// <summary>Trains a network on samples with class labels.</summary>
    /// <param name="network">The network; it is trained from where it stands.</param>
    /// <param name="data">What to learn from; its features are the network's inputs.</param>
    /// <param name="options">How; the defaults unless given.</param>
    /// <param name="validation">Samples that are not learnt from, for the validation loss and the metrics after every epoch.</param>
    /// <param name="metrics">
    /// What to measure after every epoch: on the validation samples, or else on those of training, which then are predicted once more.
    /// </param>
    /// <param name="cancellationToken">Stops the run between two steps. It does not throw: the result says that the run was cancelled.</param>
    /// <returns>The history, why the run ended, the best epoch, and the state to continue from.</returns>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="T">Its element type.</typeparam>
    /// <exception cref="ArgumentException">
    /// The data or the metrics do not fit the network, or the options do not fit the data or each other. Nothing has been changed then.
    /// </exception>
    public static TrainingResult Fit<TNetwork, T>(
        TNetwork network,
        LabeledData<T> data,
        TrainingOptions? options = null,
        LabeledData<T>? validation = null,
        IReadOnlyList<ILabelMetric<T>>? metrics = null,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ILabelTrainable<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new TrainingOptions();
        NetworkDescription description = network.Describe();
        TrainingGuard.Features(data.Features, description.InputSize, nameof(data));
        TrainingGuard.Labels(data.Labels.Span, description.OutputSize, nameof(data));
        TrainingGuard.OneValidation(options, validation is not null, nameof(validation));
        if (validation is not null)
        {
            TrainingGuard.Features(validation.Features, description.InputSize, nameof(validation));
            TrainingGuard.Labels(validation.Labels.Span, description.OutputSize, nameof(validation));
        }
        else if (options.ValidationSplit > 0)
        {
            TrainingGuard.Splittable(data.Count, nameof(data));
            (data, validation) = data.Split(options.ValidationSplit, options.Seed, stratify: true);
        }

        LabeledData<T> weighted = options.ClassWeights is { } weights ? data.WithClassWeights([.. weights])
            : options.BalancedClassWeights ? data.WithBalancedClassWeights()
            : data;
        var objective = new LabelObjective<TNetwork, T>(network, weighted, validation, metrics ?? [], options.Shuffle ? options.BatchSize : 0);
        return new TrainingLoop<T>(network, description.ParameterCount, objective, options, cancellationToken).Run();
    }

    /// <summary>Trains a network on samples with rows of targets.</summary>
    /// <param name="network">The network; it is trained from where it stands.</param>
    /// <param name="data">What to learn from; its features are the network's inputs, its target rows as wide as the network's output.</param>
    /// <param name="options">How; the defaults unless given. Class weights need labels.</param>
    /// <param name="validation">Samples that are not learnt from, for the validation loss and the metrics after every epoch.</param>
    /// <param name="metrics">
    /// What to measure after every epoch: on the validation samples, or else on those of training, which then are predicted once more.
    /// </param>
    /// <param name="cancellationToken">Stops the run between two steps. It does not throw: the result says that the run was cancelled.</param>
    /// <returns>The history, why the run ended, the best epoch, and the state to continue from.</returns>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="T">Its element type.</typeparam>
    /// <exception cref="ArgumentException">
    /// The data or the metrics do not fit the network, or the options do not fit the data or each other. Nothing has been changed then.
    /// </exception>
    public static TrainingResult Fit<TNetwork, T>(
        TNetwork network,
        TargetData<T> data,
        TrainingOptions? options = null,
        TargetData<T>? validation = null,
        IReadOnlyList<ITargetMetric<T>>? metrics = null,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITargetTrainable<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new TrainingOptions();
        NetworkDescription description = network.Describe();
        TrainingGuard.Features(data.Features, description.InputSize, nameof(data));
        TrainingGuard.Outputs(data.Outputs, description.OutputSize, nameof(data));
        TrainingGuard.NoClassWeights(options, nameof(options));
        TrainingGuard.OneValidation(options, validation is not null, nameof(validation));
        if (validation is not null)
        {
            TrainingGuard.Features(validation.Features, description.InputSize, nameof(validation));
            TrainingGuard.Outputs(validation.Outputs, description.OutputSize, nameof(validation));
        }
        else if (options.ValidationSplit > 0)
        {
            TrainingGuard.Splittable(data.Count, nameof(data));
            (data, validation) = data.Split(options.ValidationSplit, options.Seed);
        }

        var objective = new TargetObjective<TNetwork, T>(network, data, validation, metrics ?? [], options.Shuffle ? options.BatchSize : 0);
        return new TrainingLoop<T>(network, description.ParameterCount, objective, options, cancellationToken).Run();
    }
}
