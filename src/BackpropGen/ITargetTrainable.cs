
namespace BackpropGen;

/// <summary>A network with an optimizer whose loss takes a row of targets per sample.</summary>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public interface ITargetTrainable<T> : ITrainableNetwork<T>
    where T : unmanaged
{
    /// <summary>One step of training: forward, loss, backward and one step of the optimizer.</summary>
    /// <param name="inputs">[N × InputSize], one sample per row, N ≥ 1.</param>
    /// <param name="targets">[N × OutputSize], one target row per sample.</param>
    /// <param name="sampleWeights">[N], one weight ≥ 0 per sample; empty for none.</param>
    /// <returns>The loss of the batch before the step.</returns>
    /// <exception cref="ArgumentException">
    /// A length does not fit the inputs, or a weight is negative or not finite. Nothing is changed then.
    /// </exception>
    T TrainStep(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> sampleWeights = default);

    /// <summary>
    /// Forward, loss and backward of one part of a larger batch: adds sums that are not divided yet to
    /// <see cref="INeuralNetwork{T}.Gradients"/>. The next <see cref="ITrainableNetwork{T}.ApplyGradients"/> divides them, so that parts of
    /// any sizes make the step of all their samples in one batch, up to rounding; the parts after it begin a new batch.
    /// </summary>
    /// <remarks>
    /// A backward pass that replaces the gradients, or a TrainStep, gives up the parts gathered so far; one that accumulates divides them first
    /// and adds to their mean. Forward, Predict and Evaluate leave them alone.
    /// </remarks>
    /// <param name="inputs">[N × InputSize], one sample per row, N ≥ 1.</param>
    /// <param name="targets">[N × OutputSize], one target row per sample.</param>
    /// <param name="sampleWeights">[N], one weight ≥ 0 per sample; empty for none.</param>
    /// <returns>The loss of the part.</returns>
    /// <exception cref="ArgumentException">
    /// A length does not fit the inputs, or a weight is negative or not finite. Nothing is changed then.
    /// </exception>
    T Accumulate(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> sampleWeights = default);

    /// <summary>The loss of a batch, without gradients.</summary>
    /// <param name="inputs">[N × InputSize], one sample per row, N ≥ 1.</param>
    /// <param name="targets">[N × OutputSize], one target row per sample.</param>
    /// <param name="sampleWeights">[N], one weight ≥ 0 per sample; empty for none.</param>
    /// <returns>The loss, reduced over the batch as the network declares.</returns>
    /// <exception cref="ArgumentException">A length does not fit the inputs, or a weight is negative or not finite.</exception>
    T Evaluate(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> sampleWeights = default);
}
