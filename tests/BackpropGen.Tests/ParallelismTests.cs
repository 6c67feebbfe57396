using System.Numerics;
using System.Reflection;
using BackpropGen.Numerics;

namespace BackpropGen.Tests;

/// <summary>Networks for several threads: the same bits for any number of them, and nothing beside the work.</summary>
public sealed class ParallelismTests
{
    /// <summary>Enough for 16 parts of the largest networks, and a remainder for their kernels.</summary>
    private const int Samples = 311;

    public static TheoryData<string> Doubles => ThreadedNetworks.DoubleNames;

    public static TheoryData<string> Singles => ThreadedNetworks.SingleNames;

    [Fact]
    public void ManySteps_GiveTheSameParametersForAnyNumberOfThreads()
    {
        NetworkCase<float> network = ThreadedNetworks.Single($"{nameof(ThreadedSgd)}, Labels");
        float[] expected = Train(AllNetworks.SingleCase(seed => new UnthreadedSgd(seed), TargetKind.Labels), threads: null, steps: 1000);
        Assert.All(new[] { 1, 2, 3, 8, 16 }, threads => Close.Bitwise<float>(expected, Train(network, threads, steps: 1000)));
    }

    [Fact]
    public void ManyStepsOfAdamInDouble_GiveTheSameParametersForAnyNumberOfThreads()
    {
        NetworkCase<double> network = ThreadedNetworks.Double($"{nameof(ThreadedAdam)}, Values");
        double[] expected = Train(network, threads: 1, steps: 1000);
        Assert.All(new[] { 2, 3, 8, 16 }, threads => Close.Bitwise<double>(expected, Train(network, threads, steps: 1000)));
    }

    [Theory]
    [MemberData(nameof(Singles))]
    public void EveryResult_IsTheSameForAnyNumberOfThreads(string name) => CompareResults(ThreadedNetworks.Single(name));

    [Theory]
    [MemberData(nameof(Doubles))]
    public void EveryResultInDouble_IsTheSameForAnyNumberOfThreads(string name) => CompareResults(ThreadedNetworks.Double(name));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(37)]
    [InlineData(38)]
    [InlineData(39)]
    [InlineData(43)]
    [InlineData(59)]
    [InlineData(64)]
    [InlineData(127)]
    [InlineData(5000)]
    public void EveryBatch_IsDividedWithoutATrace(int samples)
    {
        NetworkCase<float> network = ThreadedNetworks.Single($"{nameof(ThreadedSgd)}, Labels");
        Batch<float> batch = Batch<float>.Random(network, samples, seed: 4, weighted: true);
        (float Loss, float[] Parameters)[] results = [.. new[] { 1, 2, 5, 16 }.Select(threads =>
        {
            ITestNetwork<float> net = Create(network, threads);
            float loss = 0;
            for (int step = 0; step < 3; step++)
            {
                loss = net.TrainStep(batch);
            }

            return (loss, Parameters(net, network));
        })];

        Assert.All(results, result =>
        {
            Close.Bitwise<float>([results[0].Loss], [result.Loss]);
            Close.Bitwise<float>(results[0].Parameters, result.Parameters);
        });
    }

    [Fact]
    public void Gradients_AreThoseOfTheNetworkForOneThread()
    {
        NetworkCase<float> threaded = ThreadedNetworks.Single($"{nameof(ThreadedSgd)}, Labels");
        Batch<float> batch = Batch<float>.Random(threaded, Samples, seed: 2);
        ITestNetwork<float> expected = new UnthreadedSgd(5);
        ITestNetwork<float> actual = Create(threaded, 16, seed: 5);

        Close.Bitwise<float>([expected.ForwardBackward(batch)], [actual.ForwardBackward(batch)]);
        Close.Bitwise<float>(expected.Gradients, actual.Gradients);
        Close.Bitwise<float>(((IHasInputGradients<float>)expected).InputGradients, ((IHasInputGradients<float>)actual).InputGradients);
    }

    /// <summary>The other tests would prove little if 16 threads meant fewer parts.</summary>
    [Fact]
    public void SixteenThreads_MeanSixteenParts()
    {
        Assert.Equal(16, PartsOf(new ThreadedSgd { Parallelism = 16 }));
        Assert.Equal(16, PartsOf(new ThreadedAdam { Parallelism = 16 }));
        Assert.InRange(PartsOf(new ThreadedMixed { Parallelism = 16 }), 5, 16);

        static int PartsOf(object net) => (int)net.GetType().GetMethod("PartsOf", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(net, [Samples])!;
    }

    [Fact]
    public void SeveralThreads_TakePart()
    {
        // The calling thread does not wait for a worker that the system leaves asleep, so a single step proves nothing.
        NetworkCase<float> network = ThreadedNetworks.Single($"{nameof(ThreadedSgd)}, Labels");
        Batch<float> batch = Batch<float>.Random(network, Samples, seed: 1);
        ITestNetwork<float> net = Create(network, 16);
        long before = WorkerTeam.PartsOfWorkers;
        Until(() =>
        {
            net.TrainStep(batch);
            return WorkerTeam.PartsOfWorkers > before;
        });
        Assert.InRange(WorkerTeam.Workers, 1, Math.Max(1, Environment.ProcessorCount - 1));
    }

    [Fact]
    public void IdleWorkers_AreParked()
    {
        NetworkCase<float> network = ThreadedNetworks.Single($"{nameof(ThreadedSgd)}, Labels");
        Create(network, 16).TrainStep(Batch<float>.Random(network, Samples, seed: 1));
        Assert.True(WorkerTeam.Workers > 0);

        // Other tests may be at work for a while.
        Until(() => WorkerTeam.Parked == WorkerTeam.Workers);
    }

    [Fact]
    public async Task NetworksAtOnce_ShareTheTeam()
    {
        NetworkCase<float> single = ThreadedNetworks.Single($"{nameof(ThreadedSgd)}, Labels");
        NetworkCase<double> twice = ThreadedNetworks.Double($"{nameof(ThreadedAdam)}, Values");
        float[] expectedSingle = Train(single, threads: 1, steps: 60);
        double[] expectedDouble = Train(twice, threads: 1, steps: 60);
        Task<float[]>[] singles = [.. Enumerable.Range(0, 3).Select(i => Task.Run(() => Train(single, threads: 2 + i, steps: 60)))];
        Task<double[]>[] doubles = [.. Enumerable.Range(0, 3).Select(i => Task.Run(() => Train(twice, threads: 2 + i, steps: 60)))];

        Assert.All(await Task.WhenAll(singles), parameters => Close.Bitwise<float>(expectedSingle, parameters));
        Assert.All(await Task.WhenAll(doubles), parameters => Close.Bitwise<double>(expectedDouble, parameters));
    }

    [Theory]
    [MemberData(nameof(Singles))]
    public void WarmCalls_AllocateNothing(string name)
    {
        NetworkCase<float> network = ThreadedNetworks.Single(name);
        Batch<float> batch = Batch<float>.Random(network, Samples, seed: 1, weighted: true);
        float[] outputs = new float[Samples * network.Outputs];
        ITestNetwork<float> net = Create(network, 4);
        int steps = 0;

        // A worker would allocate on its own thread; the least of several calls leaves out what other tests do meanwhile.
        long least = long.MaxValue;
        for (int i = 0; i < 30 && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long all = GC.GetTotalAllocatedBytes(precise: false);
            for (int step = 0; step < 3; step++, steps++)
            {
                net.TrainStep(batch);
                net.ForwardBackward(batch);
                net.BackwardFrom(outputs);
                ((IHasOptimizer<float>)net).ApplyGradients();
            }

            long own = GC.GetAllocatedBytesForCurrentThread() - before;
            least = Math.Min(least, own);
            Assert.True(i == 0 || own == 0, $"The calling thread allocated {own} bytes.");
            least = Math.Min(least, Math.Max(own, GC.GetTotalAllocatedBytes(precise: false) - all));
        }

        Assert.Equal(0, least);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1025)]
    public void Parallelism_OutOfRange_IsRefused(int threads)
    {
        var net = new ThreadedSgd();
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => net.Parallelism = threads);
        Assert.StartsWith($"The parallelism is {threads}; a number of threads from 1 to 1024 is needed.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, net.Parallelism);
    }

    [Fact]
    public void Parallelism_StartsAsDeclared()
    {
        Assert.Equal((2, 4, 8), (new ThreadedSgd().Parallelism, new ThreadedAdam().Parallelism, new ThreadedTiny().Parallelism));
        Assert.Null(typeof(UnthreadedSgd).GetProperty(nameof(IThreaded.Parallelism)));
    }

    [Fact]
    public void WhatAPartThrows_ReachesTheCallerWhenAllAreDone()
    {
        int done = 0;
        var pass = new PartedPass<float>((PassPart part, in PassData<float> data) =>
        {
            Interlocked.Increment(ref done);
            if (part.Index == 3)
            {
                throw new InvalidOperationException("part 3");
            }
        });

        Assert.Equal("part 3", Assert.Throws<InvalidOperationException>(() => pass.Run(8, default)).Message);
        Assert.Equal(8, done);
        pass.Run(3, default);
        Assert.Equal(11, done);
    }

    [Theory]
    [InlineData(301, 16, 6)]
    [InlineData(128, 2, 6)]
    [InlineData(5, 3, 6)]
    [InlineData(4, 4, 6)]
    [InlineData(780, 7, 6)]
    [InlineData(1, 1024, 16)]
    public void Parts_CoverEverythingOnce(int count, int parts, int block)
    {
        int end = 0;
        for (int i = 0; i < parts; i++)
        {
            var part = new PassPart(i, parts);
            Assert.Equal(end, part.Start(count, block));
            end = part.End(count, block);
            Assert.True(end >= part.Start(count, block));
            Assert.True(end == count || end % block == 0);
        }

        Assert.Equal(count, end);
    }

    private static T[] Train<T>(NetworkCase<T> network, int? threads, int steps)
        where T : unmanaged, INumber<T>
    {
        ITestNetwork<T> net = Create(network, threads);
        Batch<T>[] batches = [.. Enumerable.Range(0, 4).Select(i => Batch<T>.Random(network, Samples + i, seed: i))];
        for (int step = 0; step < steps; step++)
        {
            net.TrainStep(batches[step % batches.Length]);
        }

        return Parameters(net, network);
    }

    /// <summary>All that calls give, with and without views, over several calls in a row.</summary>
    private static void CompareResults<T>(NetworkCase<T> network)
        where T : unmanaged, INumber<T>
    {
        T[][] expected = Results(1);
        Assert.All(new[] { 2, 3, 8, 16 }, threads =>
        {
            T[][] actual = Results(threads);
            Assert.All(expected.Zip(actual), pair => Close.Bitwise<T>(pair.First, pair.Second));
        });

        T[][] Results(int threads)
        {
            ITestNetwork<T> net = Create(network, threads);
            var results = new List<T[]>();
            foreach (bool weighted in new[] { false, true })
            {
                Batch<T> batch = Batch<T>.Random(network, Samples, seed: 1, weighted);
                results.Add([net.TrainStep(batch), net.TrainStep(batch.Slice(3, 97)), net.TrainStep(batch)]);
                results.Add(net.SampleLosses.ToArray());
                T[] outputs = new T[Samples * network.Outputs];
                net.Forward(batch.Inputs, outputs);
                results.Add(outputs);
                results.Add([net.Backward(batch), net.Backward(batch, accumulate: true)]);
                results.Add(net.Gradients.ToArray());
                net.BackwardFrom(outputs);
                results.Add(net.Gradients.ToArray());
                if (net is IHasInputGradients<T> inputs)
                {
                    results.Add(inputs.InputGradients.ToArray());
                }

                ((IHasOptimizer<T>)net).ApplyGradients();
                results.Add([net.Evaluate(batch)]);
                results.Add(Parameters(net, network));
            }

            return [.. results];
        }
    }

    private static ITestNetwork<T> Create<T>(NetworkCase<T> network, int? threads, ulong seed = 3)
        where T : INumber<T>
    {
        ITestNetwork<T> net = network.Create(seed);
        if (threads is { } number)
        {
            ((IThreaded)net).Parallelism = number;
        }

        return net;
    }

    private static T[] Parameters<T>(ITestNetwork<T> net, NetworkCase<T> network)
        where T : INumber<T>
    {
        T[] parameters = new T[network.Parameters];
        net.CopyParametersTo(parameters);
        Assert.All(parameters, parameter => Assert.True(T.IsFinite(parameter)));
        return parameters;
    }

    /// <summary>Waits for what must come about, however slow the machine; only a minute without it is a failure.</summary>
    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromMinutes(1)));
}
