using System.Numerics;

namespace BackpropGen.Tests;

/// <summary>Once warm, no call allocates.</summary>
public sealed class AllocationTests
{
    /// <summary>A few blocks of rows and some rows more.</summary>
    private const int Ordinary = 37;

    /// <summary>TrainStep walks batches in tiles of up to 4,092 samples.</summary>
    private const int MoreThanATile = 4_099;

    /// <summary>Networks with fewer parameters get a batch of more than a tile; the others would take minutes.</summary>
    private const int LargestNetworkInTiles = 200;

    public static TheoryData<string> Doubles => AllNetworks.DoubleNames;

    public static TheoryData<string> Singles => AllNetworks.SingleNames;

    [Theory]
    [MemberData(nameof(Doubles))]
    public void Double_AllocatesNothing(string name) => Check(AllNetworks.Double(name));

    [Theory]
    [MemberData(nameof(Singles))]
    public void Float_AllocatesNothing(string name) => Check(AllNetworks.Single(name));

    private static void Check<T>(NetworkCase<T> network)
        where T : INumber<T>
    {
        ITestNetwork<T> net = network.Create(1);
        int largest = network.Parameters < LargestNetworkInTiles ? MoreThanATile : Ordinary;
        foreach (bool weighted in new[] { false, true })
        {
            Batch<T> batch = Batch<T>.Random(network, largest, seed: 1, weighted);
            CheckCalls(network, net, batch);
            CheckCalls(network, net, batch.Slice(0, Ordinary));
            CheckCalls(network, net, batch.Slice(0, 5));
            CheckCalls(network, net, batch.Slice(0, 1));

            // From here on the views exist, and every call keeps them in step.
            Measure("Parameters and Gradients", () => net.Parameters[..0].CopyTo(net.Gradients));
            CheckCalls(network, net, batch.Slice(0, Ordinary));
            CheckCalls(network, net, batch);
        }
    }

    private static void CheckCalls<T>(NetworkCase<T> network, ITestNetwork<T> net, Batch<T> batch)
        where T : INumber<T>
    {
        var outputs = new T[batch.Count * network.Outputs];
        var parameters = new T[network.Parameters];
        Measure("Forward", () => net.Forward(batch.Inputs));
        Measure("Forward with outputs", () => net.Forward(batch.Inputs, outputs));
        Measure("Backward", () => net.Backward(batch));
        Measure("Backward, accumulating", () => net.Backward(batch, accumulate: true));
        Measure("BackwardFrom", () => net.BackwardFrom(outputs));
        Measure("Predict", () => net.Predict(batch.Inputs, outputs));
        Measure("Evaluate", () => net.Evaluate(batch));
        Measure("CopyParametersTo", () => net.CopyParametersTo(parameters));
        Measure("SetParameters", () => net.SetParameters(parameters));
        if (net is IHasOptimizer<T> optimizer)
        {
            Measure("ApplyGradients", optimizer.ApplyGradients);
            Measure("TrainStep", () => net.TrainStep(batch));
        }
    }

    /// <summary>The least of three calls after the first: the runtime's own doings may fall into one of them, an allocation of ours into all.</summary>
    private static void Measure(string what, Action call)
    {
        call();
        long least = long.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(least == 0, $"{what} allocated {least} bytes.");
    }
}
