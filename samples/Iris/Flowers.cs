using BackpropGen;

namespace Iris;

/// <summary>Measured flowers.</summary>
/// <param name="Species">The names of the species, in the order of their labels.</param>
/// <param name="Samples">The measurements in cm, [N × 4] in the order of <see cref="Features"/>, and the species of each flower.</param>
internal sealed record Flowers(IReadOnlyList<string> Species, LabeledData<float> Samples)
{
    /// <summary>What was measured.</summary>
    public static IReadOnlyList<string> Features { get; } = ["sepal length", "sepal width", "petal length", "petal width"];
}
