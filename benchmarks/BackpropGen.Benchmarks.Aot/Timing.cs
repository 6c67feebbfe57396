using System.Diagnostics;
using BackpropGen.Benchmarks.Ladder;
using BackpropGen.Benchmarks.Machine;

namespace BackpropGen.Benchmarks;

/// <summary>Times a rung: the least of many short slices, each from the same weights.</summary>
internal static class Timing
{
    private const int Slices = 40;

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(4);

    /// <summary>Nanoseconds of a step.</summary>
    public static double Least(Rung rung)
    {
        var data = new RungData(rung);
        ILadderNetwork network = rung.Create();
        var outputs = new float[rung.Batch * rung.Topology.Outputs];
        network.SetParameters(data.Parameters);
        int steps = 1;
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            start = Stopwatch.GetTimestamp();
            Run(rung, network, data, outputs, steps);
            if (Stopwatch.GetElapsedTime(start) >= Slice)
            {
                break;
            }

            steps *= 2;
        }

        double least = double.PositiveInfinity;
        for (int i = 0; i < Slices; i++)
        {
            network.SetParameters(data.Parameters);
            Run(rung, network, data, outputs, 1);
            start = Stopwatch.GetTimestamp();
            Run(rung, network, data, outputs, steps);
            least = Math.Min(least, Clock.NanosecondsSince(start) / steps);
        }

        return least;
    }

    private static void Run(Rung rung, ILadderNetwork network, RungData data, float[] outputs, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            if (rung.Work == Work.Predict)
            {
                network.Predict(data.Inputs, outputs);
            }
            else if (network is IStepsOnLabels onLabels)
            {
                onLabels.TrainStep(data.Inputs, data.Labels);
            }
            else
            {
                ((IStepsOnRows)network).TrainStep(data.Inputs, data.Targets);
            }
        }
    }
}
