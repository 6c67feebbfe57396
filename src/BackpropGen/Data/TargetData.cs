using System.Numerics;

namespace BackpropGen;

/// <summary>Samples with a row of targets each, and perhaps a weight. A view: it keeps the memory that it is given, and copies nothing.</summary>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TargetData<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A view of samples.</summary>
    /// <param name="inputs">[N × features], one sample per row.</param>
    /// <param name="targets">[N × outputs], one row of targets per sample.</param>
    /// <param name="count">N, the number of samples, 1 or more: from it follow the features and the outputs.</param>
    /// <param name="sampleWeights">[N], one finite weight ≥ 0 per sample; empty for none.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a weight is negative or not finite.</exception>
    public TargetData(ReadOnlyMemory<T> inputs, ReadOnlyMemory<T> targets, int count, ReadOnlyMemory<T> sampleWeights = default)
    {
        DataGuard.Count(count, nameof(count));
        Features = DataGuard.Width(inputs.Length, count, nameof(inputs));
        Outputs = DataGuard.Width(targets.Length, count, nameof(targets));
        DataGuard.SampleWeights(sampleWeights.Span, count, nameof(sampleWeights));
        Inputs = inputs;
        Targets = targets;
        SampleWeights = sampleWeights;
        Count = count;
    }

    /// <summary>The inputs, [Count × Features].</summary>
    public ReadOnlyMemory<T> Inputs { get; }

    /// <summary>The targets, [Count × Outputs].</summary>
    public ReadOnlyMemory<T> Targets { get; }

    /// <summary>The weight of each sample, [Count]; empty if there are none.</summary>
    public ReadOnlyMemory<T> SampleWeights { get; }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The number of input values of one sample.</summary>
    public int Features { get; }

    /// <summary>The number of targets of one sample.</summary>
    public int Outputs { get; }

    /// <summary>Neighbouring samples, without a copy.</summary>
    /// <param name="start">The first of them, 0 to <see cref="Count"/>.</param>
    /// <param name="length">How many, 1 or more.</param>
    /// <returns>A view of the same memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no such samples.</exception>
    public TargetData<T> Slice(int start, int length)
    {
        DataGuard.Range(start, length, Count);
        return new TargetData<T>(
            Inputs.Slice(start * Features, length * Features),
            Targets.Slice(start * Outputs, length * Outputs),
            length,
            SampleWeights.IsEmpty ? default : SampleWeights.Slice(start, length));
    }

    /// <summary>Deals the samples out at random to two sets without a common one; both are copies.</summary>
    /// <param name="fraction">The part that goes to the second set, above 0 and below 1.</param>
    /// <param name="seed">The same seed gives the same sets.</param>
    /// <returns>The larger part to learn from and the other to validate or test with, where the fraction is small.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is out of its range.</exception>
    /// <exception cref="InvalidOperationException">There is only one sample.</exception>
    public (TargetData<T> First, TargetData<T> Second) Split(double fraction, ulong seed)
    {
        (int[] first, int[] second) = DataSplit.Random(Count, fraction, seed);
        return (Gather(first), Gather(second));
    }

    private TargetData<T> Gather(int[] rows) =>
        new(
            Rows.Gather(Inputs.Span, rows, Features),
            Rows.Gather(Targets.Span, rows, Outputs),
            rows.Length,
            Rows.Gather(SampleWeights.Span, rows, 1));
}
