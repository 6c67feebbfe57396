using System.Numerics;

namespace BackpropGen;

/// <summary>The harmonic mean of precision and recall: 2·TP / (2·TP + FP + FN), 0 for a class that neither occurs nor is predicted.</summary>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class F1Score<T> : ClassScore<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A score of no samples yet.</summary>
    /// <param name="classes">The number of classes, 2 or more; 2 for a network with a single output.</param>
    /// <param name="averaging">How the scores of the classes become one number.</param>
    /// <exception cref="ArgumentException">There are fewer than two classes or more than 46,340, or more than two and the score is binary.</exception>
    public F1Score(int classes, Averaging averaging = Averaging.Macro)
        : base("f1", classes, averaging)
    {
    }

    private protected override double Score(long truePositives, long falsePositives, long falseNegatives) =>
        Ratio(2 * truePositives, (2 * truePositives) + falsePositives + falseNegatives);
}
