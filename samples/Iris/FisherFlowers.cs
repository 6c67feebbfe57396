using BackpropGen;

namespace Iris;

/// <summary>
/// Draws flowers that are distributed like those of R. A. Fisher, "The use of multiple measurements in taxonomic problems", Annals of
/// Eugenics 7 (1936), pages 179 to 188: normally, with the means and covariances of the 50 flowers of each species in his table I. So the
/// sample needs no download, and can have more flowers of one species than of another.
/// </summary>
internal static class FisherFlowers
{
    private static readonly Population[] Populations =
    [
        new("setosa", [5.006, 3.428, 1.462, 0.246], new[,]
        {
            { 0.1242, 0.0992, 0.0164, 0.0103 },
            { 0.0992, 0.1437, 0.0117, 0.0093 },
            { 0.0164, 0.0117, 0.0302, 0.0061 },
            { 0.0103, 0.0093, 0.0061, 0.0111 },
        }),
        new("versicolor", [5.936, 2.770, 4.260, 1.326], new[,]
        {
            { 0.2664, 0.0852, 0.1829, 0.0558 },
            { 0.0852, 0.0985, 0.0827, 0.0412 },
            { 0.1829, 0.0827, 0.2208, 0.0731 },
            { 0.0558, 0.0412, 0.0731, 0.0391 },
        }),
        new("virginica", [6.588, 2.974, 5.552, 2.026], new[,]
        {
            { 0.4043, 0.0938, 0.3033, 0.0491 },
            { 0.0938, 0.1040, 0.0714, 0.0476 },
            { 0.3033, 0.0714, 0.3046, 0.0488 },
            { 0.0491, 0.0476, 0.0488, 0.0754 },
        }),
    ];

    /// <summary>Draws flowers, species by species.</summary>
    /// <param name="counts">[3], how many of each species: setosa, versicolor, virginica.</param>
    /// <param name="seed">The same seed draws the same flowers.</param>
    public static Flowers Draw(IReadOnlyList<int> counts, int seed)
    {
        var random = new Random(seed);
        var inputs = new List<float>();
        var labels = new List<int>();
        for (int label = 0; label < Populations.Length; label++)
        {
            (_, double[] mean, double[,] covariance) = Populations[label];
            double[,] factor = Cholesky(covariance);
            for (int n = 0; n < counts[label]; n++)
            {
                // x = μ + L·z with z of independent normal numbers has the covariance L·Lᵀ.
                double[] z = [.. mean.Select(_ => Normal(random))];
                for (int i = 0; i < mean.Length; i++)
                {
                    double value = mean[i] + Enumerable.Range(0, i + 1).Sum(j => factor[i, j] * z[j]);

                    // Fisher's flowers were measured to the millimetre, too.
                    inputs.Add((float)Math.Max(Math.Round(value, 1), 0.1));
                }

                labels.Add(label);
            }
        }

        return new Flowers([.. Populations.Select(population => population.Name)], new LabeledData<float>(inputs.ToArray(), labels.ToArray()));
    }

    /// <summary>The lower triangular L with L·Lᵀ = A, for a symmetric, positive definite A.</summary>
    private static double[,] Cholesky(double[,] a)
    {
        int size = a.GetLength(0);
        var factor = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rest = a[i, j] - Enumerable.Range(0, j).Sum(k => factor[i, k] * factor[j, k]);
                factor[i, j] = i == j ? Math.Sqrt(rest) : rest / factor[j, j];
            }
        }

        return factor;
    }

    /// <summary>A normal number with mean 0 and deviation 1 (Box and Muller, 1958).</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

    /// <summary>A species.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Mean">μ in cm, [4].</param>
    /// <param name="Covariance">In cm², [4 × 4].</param>
    private sealed record Population(string Name, double[] Mean, double[,] Covariance);
}
