using System.Text.Json;
using BackpropGen.Numerics;

namespace BackpropGen.Tests.Initializers;

/// <summary>The initializers have the mean, the spread and the bounds of initializers.json, in float and in double.</summary>
public sealed class InitializerVectorTests
{
    public static TheoryData<string, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int>();
            foreach (JsonElement entry in Entries())
            {
                (int inputs, int units) = Shape(entry);
                cases.Add(Name(entry), inputs, units);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheWeightsAreDistributedAsTheTableSays(string initializer, int inputs, int units)
    {
        JsonElement entry = Entries().Single(entry => Name(entry) == initializer && Shape(entry) == (inputs, units));
        Initializer kind = Enum.Parse<Initializer>(initializer.Replace("_", string.Empty, StringComparison.Ordinal), ignoreCase: true);
        for (ulong seed = 1; seed <= 5; seed++)
        {
            var single = new float[inputs * units];
            var weights = new double[inputs * units];
            WeightInitializer.Fill<float>(single, inputs, units, kind, seed, layer: 1);
            WeightInitializer.Fill<double>(weights, inputs, units, kind, seed, layer: 1);
            Check(entry, Array.ConvertAll(single, value => (double)value));
            Check(entry, weights);
        }
    }

    private static void Check(JsonElement entry, double[] weights)
    {
        if (entry.GetProperty("distribution").GetString() == "orthogonal")
        {
            CheckOrthogonal(entry, weights);
            return;
        }

        double mean = weights.Average();
        Assert.InRange(Math.Abs(mean), 0, Number(entry, "mean_abs_max_6sigma"));
        double deviation = Math.Sqrt(weights.Average(weight => (weight - mean) * (weight - mean)));
        Assert.InRange(deviation, Number(entry, "std_min_6sigma"), Number(entry, "std_max_6sigma"));
        if (entry.GetProperty("bound") is { ValueKind: JsonValueKind.Number } bound)
        {
            // A float may be rounded up to the next above the bound.
            Assert.All(weights, weight => Assert.InRange(Math.Abs(weight), 0, bound.GetDouble() * (1 + 1e-7)));
        }
    }

    /// <summary>The shorter side is orthonormal: the products of its rows (or columns) are those of the identity.</summary>
    private static void CheckOrthogonal(JsonElement entry, double[] weights)
    {
        (int rows, int columns) = Shape(entry);
        bool byRows = rows <= columns;
        (int vectors, int length) = byRows ? (rows, columns) : (columns, rows);
        Assert.Equal(entry.GetProperty("identity_size").GetInt32(), vectors);
        for (int a = 0; a < vectors; a++)
        {
            for (int b = 0; b < vectors; b++)
            {
                double product = 0;
                for (int k = 0; k < length; k++)
                {
                    product += At(a, k) * At(b, k);
                }

                Assert.Equal(a == b ? 1 : 0, product, Number(entry, "tolerance"));
            }
        }

        double At(int vector, int k) => byRows ? weights[(vector * columns) + k] : weights[(k * columns) + vector];
    }

    private static string Name(JsonElement entry) => entry.GetProperty("initializer").GetString()!;

    private static double Number(JsonElement entry, string name) => entry.GetProperty(name).GetDouble();

    private static (int Inputs, int Units) Shape(JsonElement entry)
    {
        JsonElement shape = entry.GetProperty("shape");
        return (shape[0].GetInt32(), shape[1].GetInt32());
    }

    /// <summary>The entries of dense layers.</summary>
    private static IEnumerable<JsonElement> Entries() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Initializers", "initializers.json")))
            .RootElement.GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("shape").GetArrayLength() == 2);
}
