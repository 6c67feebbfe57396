using System.Globalization;
using System.Text.RegularExpressions;
using Iris;

namespace BackpropGen.Samples.Tests;

public sealed class IrisTests
{
    /// <summary>The largest variances and covariances of his flowers, and their means, in each species.</summary>
    [Theory]
    [InlineData(0, new[] { 5.006, 3.428, 1.462, 0.246 }, 0.0992, 0.0061)]
    [InlineData(1, new[] { 5.936, 2.770, 4.260, 1.326 }, 0.0852, 0.0731)]
    [InlineData(2, new[] { 6.588, 2.974, 5.552, 2.026 }, 0.0938, 0.0488)]
    public void Drawn_flowers_are_distributed_like_those_of_Fisher(int species, double[] means, double sepals, double petals)
    {
        int[] counts = [1, 1, 1];
        counts[species] = 50_000;

        LabeledData<float> all = FisherFlowers.Draw(counts, seed: 1).Samples;
        LabeledData<float> drawn = all.Slice(species, 50_000);

        Assert.Equal(50_000, drawn.Labels.Span.Count(species));
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(means[i], Column(i).Average(), 0.02);
        }

        Assert.Equal(sepals, Covariance(0, 1), 0.005);
        Assert.Equal(petals, Covariance(2, 3), 0.005);

        double[] Column(int i) => [.. Enumerable.Range(0, drawn.Count).Select(n => (double)drawn.Inputs.Span[(n * 4) + i])];
        double Covariance(int i, int j) => Column(i).Zip(Column(j), (x, y) => x * y).Average() - (Column(i).Average() * Column(j).Average());
    }

    [Fact]
    public void The_same_seed_draws_the_same_flowers()
    {
        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));

        static float[] Draw(int seed) => FisherFlowers.Draw([3, 4, 5], seed).Samples.Inputs.ToArray();
    }

    [Fact]
    public void Inputs_are_standardised_with_what_training_knows()
    {
        // The columns: 1, 3; always 7.
        var train = new LabeledData<float>(new float[] { 1, 7, 3, 7 }, new[] { 0, 1 });
        var test = new LabeledData<float>(new float[] { 5, 8 }, new[] { 1 });

        Standardization standardization = Standardization.Of(train);

        Assert.Equal([2f, 7f], standardization.Means);
        Assert.Equal([1f, 1f], standardization.Deviations);
        Assert.Equal([-1f, 0f, 1f, 0f], standardization.Apply(train).Inputs.ToArray());
        Assert.Equal([3f, 1f], standardization.Apply(test).Inputs.ToArray());
        Assert.Equal([1], standardization.Apply(test).Labels.ToArray());
    }

    [Fact]
    public async Task The_sample_finds_more_of_the_rare_species_with_class_weights()
    {
        using var folder = new TemporaryFolder();
        string drawn = Path.Combine(folder.Path, "drawn.csv");
        (int exitCode, string output, string error) = await SampleProgram.Run("Iris.dll", "--drawn", drawn);

        Assert.Empty(error);
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain('\e', output);
        Assert.Equal(961, File.ReadLines(drawn).Count());
        Assert.Contains($"Read 300 setosa, 600 versicolor, 60 virginica from {drawn}", output);
        Assert.Contains("672 flowers to learn from", output);
        Assert.Contains("setosa 1.07, versicolor 0.53, virginica 5.33", output);
        Assert.Contains("4 → 16 → 3", output);
        Assert.All(output.Split('\n').Skip(1), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 120));

        double[] scores = Scores(output, "virginica");
        Assert.InRange(scores[1], 70, 99);
        Assert.InRange(scores[3], scores[1] + 1, 100);
        Assert.InRange(Scores(output, "mean")[3], 95, 100);
    }

    [Fact]
    public async Task The_sample_reads_a_file_where_species_of_one_size_need_no_weights()
    {
        using var folder = new TemporaryFolder();
        string data = Path.Combine(folder.Path, "data.csv");
        FlowerFile.Write(data, FisherFlowers.Draw([50, 50, 50], seed: 7));

        (int exitCode, string output, string error) = await SampleProgram.Run("Iris.dll", "--data", data, "--epochs", "100");

        Assert.Empty(error);
        Assert.Equal(0, exitCode);
        Assert.Contains("setosa 1.00, versicolor 1.00, virginica 1.00", output);
        Assert.Contains("105 flowers to learn from", output);
        double[] mean = Scores(output, "mean");
        Assert.InRange(mean[1], 85, 100);
        Assert.Equal(mean[..2], mean[2..]);
    }

    [Theory]
    [InlineData("--epochs 0", "--epochs needs a whole number from 1 to 100000, not '0'.")]
    [InlineData("--data /no/such/file.csv", "--data needs a file, and there is none at '/no/such/file.csv'.")]
    [InlineData("--seed 1 --seed 2", "--seed is given twice.")]
    [InlineData("--drawn", "--drawn needs a value.")]
    [InlineData("--petals", "There is no option '--petals'; --help lists those there are.")]
    public async Task A_bad_option_is_refused_with_one_sentence(string line, string message)
    {
        (int exitCode, string output, string error) = await SampleProgram.Run("Iris.dll", line.Split(' '));

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Equal(message, error.Trim());
    }

    [Fact]
    public void Flowers_are_read_or_drawn()
    {
        using var folder = new TemporaryFolder();
        string data = folder.Write("data.csv", []);

        var exception = Assert.Throws<Iris.OptionException>(() => Iris.Options.Parse(["--drawn", "flowers.csv", "--data", data]));

        Assert.Equal("--drawn names a file for drawn flowers, and with --data none are drawn.", exception.Message);
        Assert.Equal(data, Iris.Options.Parse(["--data", data]).DataFile);
        Assert.Equal("flowers.csv", Iris.Options.Parse(["--drawn", "flowers.csv"]).DrawnFile);
    }

    /// <summary>Precision and recall without class weights, then with them, in %.</summary>
    private static double[] Scores(string output, string row)
    {
        string line = output.Split('\n').Last(line => line.Contains(row) && line.Contains('%') && !line.Contains('('));
        return [.. Regex.Matches(line, @"\d+\.\d").Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture))];
    }
}
