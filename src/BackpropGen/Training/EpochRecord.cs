namespace BackpropGen;

/// <summary>What was measured in one epoch.</summary>
/// <param name="Epoch">Its number, from 0.</param>
/// <param name="Loss">The mean of its batches' losses before each step, weighted by their samples.</param>
/// <param name="ValidationLoss">The loss of the validation samples after the epoch, reduced as the network declares; null without validation.</param>
/// <param name="Metrics">The values of the metrics after the epoch, in the order of <see cref="TrainingHistory.MetricNames"/>.</param>
/// <param name="LearningRate">The learning rate of its last step.</param>
/// <param name="Duration">The time it took, validation included; of a continued epoch, since it was continued.</param>
public sealed record EpochRecord(
    int Epoch, double Loss, double? ValidationLoss, IReadOnlyList<double> Metrics, double LearningRate, TimeSpan Duration);
