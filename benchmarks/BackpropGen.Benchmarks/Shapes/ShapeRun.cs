using System.Diagnostics;
using System.Numerics;
using BackpropGen.Benchmarks.Machine;

namespace BackpropGen.Benchmarks.Shapes;

/// <summary>Trains one network of a shape.</summary>
internal interface IShapeRun
{
    /// <summary>Takes a number of steps; returns the nanoseconds per step.</summary>
    double Time(int steps);
}

/// <summary>Trains one network of a shape whose elements are <typeparamref name="T"/>.</summary>
internal sealed class ShapeRun<T> : IShapeRun
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TrainStep _step;
    private readonly T[] _inputs;
    private readonly T[] _targets;

    public ShapeRun(Type network, Shape shape)
    {
        object instance = Activator.CreateInstance(network, 1UL)!;
        _step = network
            .GetMethod("TrainStep", [typeof(ReadOnlySpan<T>), typeof(ReadOnlySpan<T>), typeof(ReadOnlySpan<T>)])!
            .CreateDelegate<TrainStep>(instance);
        var random = new Random(1);
        _inputs = Uniform(random, shape.Batch * shape.Widths[0]);
        _targets = Uniform(random, shape.Batch * shape.Widths[^1]);
    }

    private delegate T TrainStep(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> sampleWeights);

    public double Time(int steps)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < steps; i++)
        {
            _step(_inputs, _targets, default);
        }

        return Clock.NanosecondsSince(start) / steps;
    }

    private static T[] Uniform(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating((2 * random.NextDouble()) - 1))];
}
