using System.Numerics;

namespace BackpropGen;

/// <summary>A metric of predictions for samples with a class label.</summary>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public interface ILabelMetric<T> : IMetric
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Adds a batch.</summary>
    /// <param name="predictions">[N × K], what <see cref="INeuralNetwork{T}.Predict"/> gives.</param>
    /// <param name="labels">[N], 0 ≤ label &lt; K; with one output, 0 or 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a label is not a class.</exception>
    void Add(ReadOnlySpan<T> predictions, ReadOnlySpan<int> labels);
}
