using System.Diagnostics;
using BackpropGen.Benchmarks.Contestants;
using BackpropGen.Benchmarks.Machine;

namespace BackpropGen.Benchmarks.Ladder;

/// <summary>
/// Times the contestants of a rung in turns. What disturbs a shared machine lasts longer than a slice, so it hits all of them alike,
/// and over many rounds each gets its share of undisturbed slices. Every slice starts from the same weights.
/// </summary>
internal static class RoundRobin
{
    /// <summary>
    /// How long a contestant with several threads runs before it is timed: on virtual machines it may take some milliseconds until a
    /// processor that was idle is there again, which a loop of training pays once.
    /// </summary>
    private static readonly TimeSpan TimeToGather = TimeSpan.FromMilliseconds(8);

    public static void Run(IReadOnlyList<Entrant> entrants, RunLength length, MachineSpeed speed, bool onThreads)
    {
        (int Steps, int Rounds)[] plans = [.. entrants.Select(entrant => Plan(entrant.Contestant, length))];
        for (int round = 0; round < length.Rounds; round++)
        {
            speed.Sample();
            for (int i = 0; i < entrants.Count; i++)
            {
                // The rounds of a slow contestant are spread evenly over all.
                (int steps, int rounds) = plans[i];
                if ((round + 1) * rounds / length.Rounds > round * rounds / length.Rounds)
                {
                    Slice(entrants[i], steps, onThreads);
                }
            }
        }
    }

    /// <summary>How many steps make a slice, and how many slices fit the budget. Warms up on the way.</summary>
    private static (int Steps, int Rounds) Plan(IContestant contestant, RunLength length)
    {
        contestant.Reset();
        int steps = 1;
        while (true)
        {
            long start = Stopwatch.GetTimestamp();
            contestant.Run(steps);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed >= length.Slice)
            {
                steps = Math.Max(1, (int)(steps * (length.Slice / elapsed)));
                double rounds = length.Budget / (elapsed > length.Slice && steps == 1 ? elapsed : length.Slice);
                return (steps, Math.Clamp((int)rounds, length.FewestRounds, length.Rounds));
            }

            steps *= 2;
        }
    }

    private static void Slice(Entrant entrant, int steps, bool onThreads)
    {
        IContestant contestant = entrant.Contestant;
        contestant.Reset();

        // One step to bring back the caches that the others have used, where that is cheap.
        if (steps > 1)
        {
            contestant.Run(1);
        }

        long gathering = Stopwatch.GetTimestamp();
        while (onThreads && Stopwatch.GetElapsedTime(gathering) < TimeToGather)
        {
            contestant.Run(1);
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        contestant.Run(steps);
        double nanoseconds = Clock.NanosecondsSince(start);
        entrant.BytesPerStep = (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / steps;
        entrant.Nanoseconds.Add(nanoseconds / steps);
    }
}
