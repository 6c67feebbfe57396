using BackpropGen.Benchmarks.Ladder;
using BenchmarkDotNet.Attributes;

namespace BackpropGen.Benchmarks.Micro;

/// <summary>The passes of 17-64-64-6 with tanh, 64 samples at a time.</summary>
[MemoryDiagnoser]
[HideColumns("Error")]
public class PassesT3
{
    private const int Batch = 64;

    private readonly T3Network _network = new(1);
    private readonly float[] _inputs = Data.Uniform(Batch * T3Network.InputSize);
    private readonly float[] _targets = Data.Uniform(Batch * T3Network.OutputSize);

    /// <summary>Backward needs a pass to go back on.</summary>
    [GlobalSetup]
    public void Warm() => _network.Forward(_inputs);

    [Benchmark]
    public void Forward() => _network.Forward(_inputs);

    [Benchmark]
    public float Backward() => _network.Backward(_targets);

    [Benchmark]
    public float TrainStep() => _network.TrainStep(_inputs, _targets);
}

/// <summary>The passes of 784-128-64-10 with relu and softmax cross-entropy, 64 samples at a time.</summary>
[MemoryDiagnoser]
[HideColumns("Error")]
public class PassesT5
{
    private const int Batch = 64;

    private readonly T5Network _network = new(1);
    private readonly float[] _inputs = Data.Uniform(Batch * T5Network.InputSize);
    private readonly int[] _labels = [.. Enumerable.Range(0, Batch).Select(i => i % T5Network.OutputSize)];

    /// <summary>Backward needs a pass to go back on.</summary>
    [GlobalSetup]
    public void Warm() => _network.Forward(_inputs);

    [Benchmark]
    public void Forward() => _network.Forward(_inputs);

    [Benchmark]
    public float Backward() => _network.Backward(_labels);

    [Benchmark]
    public float TrainStep() => _network.TrainStep(_inputs, _labels);
}

/// <summary>Numbers to compute with.</summary>
internal static class Data
{
    /// <summary>The same numbers from −1 to 1 every time.</summary>
    public static float[] Uniform(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}
