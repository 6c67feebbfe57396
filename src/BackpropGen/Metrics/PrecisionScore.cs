using System.Numerics;

namespace BackpropGen;

/// <summary>How many of the samples taken for a class are of it: TP / (TP + FP), 0 for a class that was never predicted.</summary>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class PrecisionScore<T> : ClassScore<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A score of no samples yet.</summary>
    /// <param name="classes">The number of classes, 2 or more; 2 for a network with a single output.</param>
    /// <param name="averaging">How the scores of the classes become one number.</param>
    /// <exception cref="ArgumentException">There are fewer than two classes or more than 46,340, or more than two and the score is binary.</exception>
    public PrecisionScore(int classes, Averaging averaging = Averaging.Macro)
        : base("precision", classes, averaging)
    {
    }

    private protected override double Score(long truePositives, long falsePositives, long falseNegatives) =>
        Ratio(truePositives, truePositives + falsePositives);
}
