namespace BackpropGen.Tests;

/// <summary>The same seed and the same data give the same bits.</summary>
public sealed class DeterminismTests
{
    public static TheoryData<string> Doubles => AllNetworks.DoubleNames;

    public static TheoryData<string> Singles => AllNetworks.SingleNames;

    [Theory]
    [MemberData(nameof(Doubles))]
    public void Double_RunTwice(string name) => RunTwice(AllNetworks.Double(name));

    [Theory]
    [MemberData(nameof(Singles))]
    public void Float_RunTwice(string name) => RunTwice(AllNetworks.Single(name));

    [Fact]
    public void Seed_DecidesTheStart()
    {
        Close.Bitwise<float>(new DigitsSingle(seed: 7).Parameters, new DigitsSingle(seed: 7).Parameters);
        Assert.False(new DigitsSingle(seed: 7).Parameters.SequenceEqual(new DigitsSingle(seed: 8).Parameters));
    }

    [Fact]
    public void OwnConstructor_StartsAsSeedZero()
    {
        var net = new OwnConstructor("control");
        double[] start = net.Parameters.ToArray();
        Assert.Contains(start, value => value != 0);
        net.Initialize(0);
        Close.Bitwise<double>(start, net.Parameters);
        Assert.Equal("control", net.Purpose);
    }

    [Fact]
    public void History_DoesNotMatter()
    {
        // A workspace that has grown lays the same batch out as a fresh one does.
        NetworkCase<float> network = AllNetworks.Single($"{nameof(WideningSingle)}, Values");
        Batch<float> batch = Batch<float>.Random(network, 13, seed: 1);
        ITestNetwork<float> fresh = network.Create(1);
        ITestNetwork<float> grown = network.Create(1);
        grown.ForwardBackward(Batch<float>.Random(network, 500, seed: 2));

        fresh.ForwardBackward(batch);
        grown.ForwardBackward(batch);

        Close.Bitwise<float>(fresh.Gradients, grown.Gradients);
    }

    private static void RunTwice<T>(NetworkCase<T> network)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        (T[] Parameters, T[] Gradients, T[] Losses) first = Run(network);
        (T[] Parameters, T[] Gradients, T[] Losses) second = Run(network);
        Close.Bitwise<T>(first.Parameters, second.Parameters);
        Close.Bitwise<T>(first.Gradients, second.Gradients);
        Close.Bitwise<T>(first.Losses, second.Losses);
    }

    private static (T[] Parameters, T[] Gradients, T[] Losses) Run<T>(NetworkCase<T> network)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        ITestNetwork<T> net = network.Create(3);
        var losses = new List<T>();
        for (int i = 0; i < 5; i++)
        {
            Batch<T> batch = Batch<T>.Random(network, 10 + i, seed: i);
            losses.Add(net is IHasOptimizer<T> ? net.TrainStep(batch) : net.ForwardBackward(batch, accumulate: i > 0));
        }

        return (net.Parameters.ToArray(), net.Gradients.ToArray(), [.. losses]);
    }
}
