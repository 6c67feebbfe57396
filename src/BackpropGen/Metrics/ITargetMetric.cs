using System.Numerics;

namespace BackpropGen;

/// <summary>A metric of predictions for samples with a row of targets.</summary>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public interface ITargetMetric<T> : IMetric
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Adds a batch.</summary>
    /// <param name="predictions">[N × outputs], what <see cref="INeuralNetwork{T}.Predict"/> gives.</param>
    /// <param name="targets">[N × outputs].</param>
    /// <param name="outputs">The values of a row, 1 or more.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    void Add(ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, int outputs);
}
