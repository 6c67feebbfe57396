namespace BackpropGen;

/// <summary>Weights of classes, as they go into the weights of samples.</summary>
internal static class ClassWeights
{
    /// <summary>N / (K · n) for a class of n samples, K being the number of classes that occur; 0 for the others, which nobody reads.</summary>
    public static double[] Balanced(ReadOnlySpan<int> labels)
    {
        int classes = 0;
        foreach (int label in labels)
        {
            classes = Math.Max(classes, label + 1);
        }

        var counts = new int[classes];
        foreach (int label in labels)
        {
            counts[label]++;
        }

        int occurring = counts.Count(count => count > 0);
        double all = labels.Length;
        return Array.ConvertAll(counts, count => count == 0 ? 0 : all / ((double)occurring * count));
    }

    /// <summary>The weight of a class.</summary>
    /// <exception cref="ArgumentException">It has none, or one that is negative or not finite.</exception>
    public static double Of(ReadOnlySpan<double> weights, int label, string name)
    {
        if (label >= weights.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{name}' holds {weights.Length} values; the label {label} needs {label + 1} or more."), name);
        }

        double weight = weights[label];
        return weight >= 0 && double.IsFinite(weight)
            ? weight
            : throw new ArgumentException(FormattableString.Invariant($"'{name}' holds {weight} at {label}; a finite number ≥ 0 is needed."), name);
    }
}
