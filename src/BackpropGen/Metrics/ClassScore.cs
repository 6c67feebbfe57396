using System.Numerics;

namespace BackpropGen;

/// <summary>
/// A score of each class, made of its true positives, false positives and false negatives, and averaged: the common part of precision,
/// recall and F1.
/// </summary>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class ClassScore<T> : ILabelMetric<T>, ITargetMetric<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected ClassScore(string name, int classes, Averaging averaging)
    {
        Matrix = new ConfusionMatrix<T>(classes);
        if (!Enum.IsDefined(averaging))
        {
            throw new ArgumentOutOfRangeException(nameof(averaging), averaging, $"'{averaging}' is no way of averaging.");
        }

        if (averaging == Averaging.Binary && classes != 2)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'classes' is {classes}; a binary score needs 2."), nameof(classes));
        }

        Averaging = averaging;
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <summary>How the scores of the classes become one number.</summary>
    public Averaging Averaging { get; }

    /// <summary>The counts that the scores are made of.</summary>
    public ConfusionMatrix<T> Matrix { get; }

    /// <inheritdoc/>
    public double Value => Matrix.Total == 0 ? double.NaN : Average();

    /// <summary>The score of one class; 0 where it would be 0/0, as with scikit-learn's <c>zero_division=0</c>.</summary>
    /// <param name="label">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double PerClass(int label)
    {
        long hits = Matrix[label, label];
        return Score(hits, Matrix.Predicted(label) - hits, Matrix.Actual(label) - hits);
    }

    /// <inheritdoc/>
    public void Reset() => Matrix.Reset();

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<T> predictions, ReadOnlySpan<int> labels) => Matrix.Add(predictions, labels);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, int outputs) => Matrix.Add(predictions, targets, outputs);

    /// <summary>The score of counts; 0 for 0/0.</summary>
    private protected abstract double Score(long truePositives, long falsePositives, long falseNegatives);

    private protected static double Ratio(long numerator, long denominator) => denominator == 0 ? 0 : (double)numerator / denominator;

    private double Average()
    {
        if (Averaging == Averaging.Binary)
        {
            return PerClass(1);
        }

        double sum = 0;
        long weights = 0;
        long hits = 0;
        long predicted = 0;
        for (int c = 0; c < Matrix.Classes; c++)
        {
            long actual = Matrix.Actual(c);
            long taken = Matrix.Predicted(c);
            long weight = Averaging == Averaging.Weighted ? actual : actual + taken > 0 ? 1 : 0;
            sum += weight * PerClass(c);
            weights += weight;
            hits += Matrix[c, c];
            predicted += taken;
        }

        return Averaging == Averaging.Micro ? Score(hits, predicted - hits, Matrix.Total - hits) : sum / weights;
    }
}
