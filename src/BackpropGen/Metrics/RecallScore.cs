using System.Numerics;

namespace BackpropGen;

/// <summary>How many of the samples of a class were taken for it: TP / (TP + FN), 0 for a class without samples.</summary>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class RecallScore<T> : ClassScore<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A score of no samples yet.</summary>
    /// <param name="classes">The number of classes, 2 or more; 2 for a network with a single output.</param>
    /// <param name="averaging">How the scores of the classes become one number.</param>
    /// <exception cref="ArgumentException">There are fewer than two classes or more than 46,340, or more than two and the score is binary.</exception>
    public RecallScore(int classes, Averaging averaging = Averaging.Macro)
        : base("recall", classes, averaging)
    {
    }

    private protected override double Score(long truePositives, long falsePositives, long falseNegatives) =>
        Ratio(truePositives, truePositives + falseNegatives);
}
