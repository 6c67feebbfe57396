using System.Numerics;

namespace BackpropGen.Tests;

/// <summary>What the targets of a network may be.</summary>
public enum TargetKind
{
    /// <summary>A class per sample.</summary>
    Labels,

    /// <summary>Rows of any numbers.</summary>
    Values,

    /// <summary>Rows of numbers from 0 to 1, each for itself.</summary>
    Fractions,

    /// <summary>Rows that add up to 1.</summary>
    Distributions,

    /// <summary>Rows of counts.</summary>
    Counts,
}

/// <summary>A batch: inputs and targets of the same samples, and their weights if there are any.</summary>
internal sealed record Batch<T>(int Count, T[] Inputs, int[]? Labels, T[]? Targets, T[]? Weights)
    where T : INumber<T>
{
    public static Batch<T> Random(NetworkCase<T> network, int count, int seed, bool weighted = false)
    {
        var random = new Random(seed);
        T[] inputs = Draw(count * network.Inputs, () => Between(random, -1.2, 1.2));
        int[]? labels = network.Kind == TargetKind.Labels
            ? Enumerable.Range(0, count).Select(_ => random.Next(network.Outputs)).ToArray()
            : null;
        T[]? targets = network.Kind switch
        {
            TargetKind.Labels => null,
            TargetKind.Values => Draw(count * network.Outputs, () => Between(random, -1.5, 1.5)),
            TargetKind.Fractions => Draw(count * network.Outputs, () => Between(random, 0, 1)),
            TargetKind.Counts => Draw(count * network.Outputs, () => random.Next(6)),
            _ => Distributions(count, network.Outputs, random),
        };
        T[]? weights = weighted ? Draw(count, () => Between(random, 0.2, 2)) : null;
        return new Batch<T>(count, inputs, labels, targets, weights);
    }

    /// <summary>The samples from <paramref name="first"/> on.</summary>
    public Batch<T> Slice(int first, int count)
    {
        return new Batch<T>(count, Rows(Inputs)!, Rows(Labels), Rows(Targets), Rows(Weights));

        TItem[]? Rows<TItem>(TItem[]? all)
        {
            int width = all is null ? 0 : all.Length / Count;
            return all?[(first * width)..((first + count) * width)];
        }
    }

    /// <summary>The same numbers in another element type.</summary>
    public Batch<TOther> To<TOther>()
        where TOther : INumber<TOther> => new(Count, ConvertAll<TOther>(Inputs)!, Labels, ConvertAll<TOther>(Targets), ConvertAll<TOther>(Weights));

    private static TOther[]? ConvertAll<TOther>(T[]? values)
        where TOther : INumber<TOther> => values?.Select(TOther.CreateChecked).ToArray();

    /// <summary>Rounded to float, so that a float network and its double twin see the same numbers.</summary>
    private static double Between(Random random, double low, double high) => (float)(low + (random.NextDouble() * (high - low)));

    private static T[] Draw(int count, Func<double> next) => Enumerable.Range(0, count).Select(_ => T.CreateChecked(next())).ToArray();

    private static T[] Distributions(int count, int classes, Random random)
    {
        var rows = new List<T>();
        for (int i = 0; i < count; i++)
        {
            double[] row = Enumerable.Range(0, classes).Select(_ => random.NextDouble() + 0.05).ToArray();
            rows.AddRange(row.Select(value => T.CreateChecked((float)(value / row.Sum()))));
        }

        return [.. rows];
    }
}
