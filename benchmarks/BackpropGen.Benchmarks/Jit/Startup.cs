using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using BackpropGen.Benchmarks.Ladder;
using BackpropGen.Benchmarks.Machine;

namespace BackpropGen.Benchmarks.Jit;

/// <summary>What <c>new</c> and the first step of training cost a process that has not run any of it yet.</summary>
/// <param name="FirstCall">Milliseconds of both together.</param>
/// <param name="Compilation">Of these, milliseconds in the just-in-time compiler.</param>
/// <param name="Methods">How many methods it compiled.</param>
/// <param name="IntermediateBytes">The size of their IL.</param>
/// <param name="SecondStep">Milliseconds of the second step.</param>
internal sealed record Startup(double FirstCall, double Compilation, double Methods, double IntermediateBytes, double SecondStep)
{
    /// <summary>Measures it; once per process.</summary>
    /// <param name="create">Makes the network.</param>
    /// <param name="inputs">The inputs of a batch.</param>
    /// <param name="targets">Its targets, for a network on rows.</param>
    /// <param name="labels">Its labels, for a network on labels.</param>
    public static Startup Measure(Func<ILadderNetwork> create, float[] inputs, float[] targets, int[] labels)
    {
        TimeSpan compilation = JitInfo.GetCompilationTime(currentThread: true);
        long methods = JitInfo.GetCompiledMethodCount(currentThread: true);
        long bytes = JitInfo.GetCompiledILBytes(currentThread: true);
        long start = Stopwatch.GetTimestamp();
        ILadderNetwork network = create();
        Step(network, inputs, targets, labels);
        double first = Clock.NanosecondsSince(start);
        compilation = JitInfo.GetCompilationTime(currentThread: true) - compilation;
        methods = JitInfo.GetCompiledMethodCount(currentThread: true) - methods;
        bytes = JitInfo.GetCompiledILBytes(currentThread: true) - bytes;

        start = Stopwatch.GetTimestamp();
        Step(network, inputs, targets, labels);
        return new Startup(first / 1e6, compilation.TotalMilliseconds, methods, bytes, Clock.NanosecondsSince(start) / 1e6);
    }

    /// <summary>One line, for the process that has asked for it.</summary>
    public string ToLine() => string.Join(' ', new[] { FirstCall, Compilation, Methods, IntermediateBytes, SecondStep }
        .Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>Reads such a line.</summary>
    public static Startup Parse(string line)
    {
        double[] numbers = [.. line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return new Startup(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    private static void Step(ILadderNetwork network, float[] inputs, float[] targets, int[] labels)
    {
        if (network is IStepsOnLabels onLabels)
        {
            onLabels.TrainStep(inputs, labels);
        }
        else
        {
            ((IStepsOnRows)network).TrainStep(inputs, targets);
        }
    }
}
