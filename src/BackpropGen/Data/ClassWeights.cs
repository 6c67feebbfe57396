namespace BackpropGen;

/// <summary>Weights of classes, as they go into the weights of samples.</summary>
internal static class ClassWeights
{
    /// <summary>N / (K · n) for each class of n samples, K being the number of classes that occur. Only those take memory: a label may be any number.</summary>
    public static Dictionary<int, double> Balanced(ReadOnlySpan<int> labels)
    {
        var counts = new Dictionary<int, int>();
        foreach (int label in labels)
        {
            counts[label] = counts.GetValueOrDefault(label) + 1;
        }

        double all = labels.Length;
        return counts.ToDictionary(count => count.Key, count => all / ((double)counts.Count * count.Value));
    }

    /// <summary>The weight of a class.</summary>
    /// <exception cref="ArgumentException">It has none, or one that is negative or not finite.</exception>
    public static double Of(ReadOnlySpan<double> weights, int label, string name)
    {
        if (label >= weights.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{name}' holds {weights.Length} values; the label {label} needs {label + 1L} or more."), name);
        }

        double weight = weights[label];
        return weight >= 0 && double.IsFinite(weight)
            ? weight
            : throw new ArgumentException(FormattableString.Invariant($"'{name}' holds {weight} at {label}; a finite number ≥ 0 is needed."), name);
    }
}
