namespace BackpropGen.Tests;

/// <summary>Predict from many threads at once on one network.</summary>
public sealed class ConcurrencyTests
{
    private const int Threads = 8;

    [Theory]
    [InlineData($"{nameof(DigitsSingle)}, Labels", false)]
    [InlineData($"{nameof(DigitsSingle)}, Labels", true)]
    [InlineData($"{nameof(NarrowSingle)}, Values", false)]
    [InlineData($"{nameof(NarrowSingle)}, Values", true)]
    public async Task Predict_FromManyThreadsIsPredictFromOne(string name, bool holdsParameters)
    {
        NetworkCase<float> network = AllNetworks.Single(name);
        ITestNetwork<float> net = network.Create(3);
        if (holdsParameters)
        {
            // A held view is read again before every call; that must not disturb the others.
            Assert.Equal(network.Parameters, net.Parameters.Length);
        }

        float[][] inputs = [.. Enumerable.Range(0, Threads).Select(i => Batch<float>.Random(network, 5 + (60 * i), seed: i).Inputs)];
        float[][] expected = [.. inputs.Select(Predict)];
        using var start = new Barrier(Threads);
        Task<bool>[] tasks = [.. Enumerable.Range(0, Threads).Select(i => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return Enumerable.Range(0, 300).All(_ => Predict(inputs[i]).AsSpan().SequenceEqual(expected[i]));
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];

        Assert.All(await Task.WhenAll(tasks), Assert.True);

        float[] Predict(float[] batch)
        {
            float[] outputs = new float[batch.Length / network.Inputs * network.Outputs];
            net.Predict(batch, outputs);
            return outputs;
        }
    }

    [Fact]
    public async Task Networks_OfOneClassShareNothing()
    {
        NetworkCase<float> network = AllNetworks.Single($"{nameof(WideningSingle)}, Values");
        Batch<float> batch = Batch<float>.Random(network, 33, seed: 1);
        float[][] results = await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            ITestNetwork<float> net = network.Create(4);
            for (int i = 0; i < 30; i++)
            {
                net.TrainStep(batch);
            }

            return net.Parameters.ToArray();
        })));

        Assert.All(results, parameters => Close.Bitwise<float>(results[0], parameters));
    }
}
