namespace BackpropGen.Tests;

/// <summary>The moving average of the parameters.</summary>
public sealed class AverageTests
{
    private const double Decay = 0.75;

    [Fact]
    public void Average_FollowsTheParametersFromWhereTheyStarted()
    {
        var net = new AdamAverage(seed: 1);
        double[] average = net.Parameters.ToArray();
        Assert.Equal(average, Averages(net));
        for (int step = 0; step < 5; step++)
        {
            net.TrainStep([0.5, step], [1.0, 2.0]);
            double[] parameters = net.Parameters.ToArray();
            average = [.. average.Zip(parameters, (old, now) => (Decay * old) + ((1 - Decay) * now))];
            Close.All<double, double>(average, Averages(net), 1e-14, 1e-16, "average");
        }
    }

    [Fact]
    public void Swap_PutsTheAveragesInPlaceForEveryMemberAndBack()
    {
        var net = new AdamAverage(seed: 1);
        net.TrainStep([0.5], [1.0]);
        net.TrainStep([0.25], [1.0]);
        Span<double> held = net.Parameters;
        double[] parameters = held.ToArray();
        double[] averages = Averages(net);
        Assert.NotEqual(parameters, averages);

        net.SwapAverages();
        Assert.Equal(averages, held.ToArray());
        Assert.Equal(averages, Averages(net));
        var output = new double[1];
        net.Predict([2], output);
        Assert.Equal((2 * averages[0]) + averages[1], output[0], 1e-14);

        net.SwapAverages();
        Assert.Equal(parameters, held.ToArray());
        Assert.Equal(averages, Averages(net));
    }

    [Fact]
    public void Training_WaitsUntilTheParametersAreBack()
    {
        var net = new AdamAverage(seed: 1);
        net.TrainStep([0.5], [1.0]);
        net.SwapAverages();
        double[] averages = net.Parameters.ToArray();
        Assert.Throws<InvalidOperationException>(() => net.TrainStep([0.5], [1.0]));
        Assert.Throws<InvalidOperationException>(() => net.Accumulate([0.5], [1.0]));
        Assert.Throws<InvalidOperationException>(net.ApplyGradients);
        Assert.Equal(averages, net.Parameters.ToArray());

        net.SwapAverages();
        net.TrainStep([0.5], [1.0]);
    }

    [Fact]
    public void Parameters_AreNotReplacedWhileAveragesStandInTheirPlace()
    {
        var net = new AdamAverage(seed: 1);
        net.TrainStep([0.5], [1.0]);
        var file = new MemoryStream();
        net.Save(file);
        net.SwapAverages();
        double[] averages = net.Parameters.ToArray();

        var exception = Assert.Throws<InvalidOperationException>(() => net.SetParameters(new double[AdamAverage.ParameterCount]));
        Assert.Contains("SwapAverages", exception.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => net.Load(new MemoryStream(file.ToArray())));
        Assert.Equal(averages, net.Parameters.ToArray());

        net.SwapAverages();
        net.SetParameters(new double[AdamAverage.ParameterCount]);
        Assert.Equal(new double[AdamAverage.ParameterCount], net.Parameters.ToArray());
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Checkpoint_PutsBackWhicheverStoodInPlace(bool savedSwapped, bool loadedSwapped)
    {
        var net = new AdamAverage(seed: 1);
        net.TrainStep([0.5], [1.0]);
        net.TrainStep([0.25], [1.0]);
        var other = new AdamAverage(seed: 2);
        other.TrainStep([3.0], [1.0]);
        if (savedSwapped)
        {
            net.SwapAverages();
        }

        if (loadedSwapped)
        {
            other.SwapAverages();
        }

        var file = new MemoryStream();
        Checkpoint.Save(file, net);
        Checkpoint.Load(new MemoryStream(file.ToArray()), other);
        Assert.Equal(net.Parameters.ToArray(), other.Parameters.ToArray());
        Assert.Equal(Averages(net), Averages(other));
        if (savedSwapped)
        {
            net.SwapAverages();
            other.SwapAverages();
            Assert.Equal(net.Parameters.ToArray(), other.Parameters.ToArray());
        }

        net.TrainStep([0.5], [1.0]);
        other.TrainStep([0.5], [1.0]);
        Close.Bitwise<double>(net.Parameters, other.Parameters);
        Assert.Equal(Averages(net), Averages(other));
    }

    [Fact]
    public void SwappedTraining_IsTrainingWithoutSwaps()
    {
        var net = new LayerDecays(seed: 1);
        var other = new LayerDecays(seed: 1);
        for (int step = 0; step < 4; step++)
        {
            net.TrainStep([1, 2, 3, step], [1]);
            other.TrainStep([1, 2, 3, step], [1]);
            other.SwapAverages();
            other.Predict([1, 2, 3, 4], new float[3]);
            other.SwapAverages();
        }

        Close.Bitwise<float>(net.Parameters, other.Parameters);
    }

    [Fact]
    public void Initialize_StartsTheAverageAnew()
    {
        var net = new AdamAverage(seed: 1);
        net.TrainStep([0.5], [1.0]);
        net.SwapAverages();
        net.Initialize(7);
        Assert.Equal(net.Parameters.ToArray(), Averages(net));
        net.TrainStep([0.5], [1.0]);

        var fresh = new AdamAverage(seed: 7);
        fresh.TrainStep([0.5], [1.0]);
        Assert.Equal(Averages(fresh), Averages(net));
    }

    private static double[] Averages(AdamAverage net)
    {
        var averages = new double[AdamAverage.ParameterCount];
        net.CopyAveragesTo(averages);
        return averages;
    }
}
