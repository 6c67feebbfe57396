using System.Numerics;

namespace BackpropGen;

/// <summary>Samples with a class label each, and perhaps a weight. A view: it keeps the memory that it is given, and copies nothing.</summary>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LabeledData<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A view of samples; the number of labels says how many they are.</summary>
    /// <param name="inputs">[N × features], one sample per row, N ≥ 1.</param>
    /// <param name="labels">[N], the class of each sample, 0 or more.</param>
    /// <param name="sampleWeights">[N], one finite weight ≥ 0 per sample; empty for none.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a label is negative, or a weight is negative or not finite.</exception>
    public LabeledData(ReadOnlyMemory<T> inputs, ReadOnlyMemory<int> labels, ReadOnlyMemory<T> sampleWeights = default)
    {
        DataGuard.Count(labels.Length, nameof(labels));
        Features = DataGuard.Width(inputs.Length, labels.Length, nameof(inputs));
        DataGuard.Labels(labels.Span, nameof(labels));
        DataGuard.SampleWeights(sampleWeights.Span, labels.Length, nameof(sampleWeights));
        Inputs = inputs;
        Labels = labels;
        SampleWeights = sampleWeights;
    }

    /// <summary>The inputs, [Count × Features].</summary>
    public ReadOnlyMemory<T> Inputs { get; }

    /// <summary>The class of each sample, [Count].</summary>
    public ReadOnlyMemory<int> Labels { get; }

    /// <summary>The weight of each sample, [Count]; empty if there are none.</summary>
    public ReadOnlyMemory<T> SampleWeights { get; }

    /// <summary>The number of samples.</summary>
    public int Count => Labels.Length;

    /// <summary>The number of input values of one sample.</summary>
    public int Features { get; }

    /// <summary>Neighbouring samples, without a copy.</summary>
    /// <param name="start">The first of them, 0 to <see cref="Count"/>.</param>
    /// <param name="length">How many, 1 or more.</param>
    /// <returns>A view of the same memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no such samples.</exception>
    public LabeledData<T> Slice(int start, int length)
    {
        DataGuard.Range(start, length, Count);
        return new LabeledData<T>(
            Inputs.Slice(start * Features, length * Features),
            Labels.Slice(start, length),
            SampleWeights.IsEmpty ? default : SampleWeights.Slice(start, length));
    }

    /// <summary>Deals the samples out at random to two sets without a common one; both are copies.</summary>
    /// <param name="fraction">The part that goes to the second set, above 0 and below 1.</param>
    /// <param name="seed">The same seed gives the same sets.</param>
    /// <param name="stratify">
    /// Whether every class is split by the same fraction: round(fraction · n) of its n samples go to the second set. A class so small that these are
    /// none or all is in one set alone. Where that would leave a set empty, the samples are dealt out as without stratifying.
    /// </param>
    /// <returns>The larger part to learn from and the other to validate or test with, where the fraction is small.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is out of its range.</exception>
    /// <exception cref="InvalidOperationException">There is only one sample.</exception>
    public (LabeledData<T> First, LabeledData<T> Second) Split(double fraction, ulong seed, bool stratify = false)
    {
        (int[] first, int[] second) = stratify ? DataSplit.Stratified(Labels.Span, fraction, seed) : DataSplit.Random(Count, fraction, seed);
        return (Gather(first), Gather(second));
    }

    /// <summary>
    /// Weights the classes so that each counts the same in all: the weight of a class is N / (K · n), n being its samples and K the
    /// classes that occur. This is scikit-learn's <c>class_weight="balanced"</c>.
    /// </summary>
    /// <returns>A view of the same inputs and labels; weights that samples had are multiplied.</returns>
    public LabeledData<T> WithBalancedClassWeights()
    {
        Dictionary<int, double> classWeights = ClassWeights.Balanced(Labels.Span);
        return Weighted(label => classWeights[label]);
    }

    /// <summary>Multiplies the weight of every sample by that of its class.</summary>
    /// <param name="classWeights">One finite weight ≥ 0 per class.</param>
    /// <returns>A view of the same inputs and labels.</returns>
    /// <exception cref="ArgumentException">A label has no weight, or a weight is negative or not finite.</exception>
    public LabeledData<T> WithClassWeights(params double[] classWeights)
    {
        ArgumentNullException.ThrowIfNull(classWeights);
        return Weighted(label => ClassWeights.Of(classWeights, label, nameof(classWeights)));
    }

    private LabeledData<T> Weighted(Func<int, double> ofClass)
    {
        ReadOnlySpan<int> labels = Labels.Span;
        ReadOnlySpan<T> given = SampleWeights.Span;
        var weights = new T[Count];
        for (int i = 0; i < weights.Length; i++)
        {
            T weight = T.CreateTruncating(ofClass(labels[i]));
            weights[i] = given.IsEmpty ? weight : weight * given[i];
        }

        return new LabeledData<T>(Inputs, Labels, weights);
    }

    private LabeledData<T> Gather(int[] rows) =>
        new(Rows.Gather(Inputs.Span, rows, Features), Rows.Gather(Labels.Span, rows, 1), Rows.Gather(SampleWeights.Span, rows, 1));
}
