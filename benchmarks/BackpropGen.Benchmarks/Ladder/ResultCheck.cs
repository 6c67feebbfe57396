using System.Diagnostics;
using BackpropGen.Benchmarks.Contestants;

namespace BackpropGen.Benchmarks.Ladder;

/// <summary>
/// Whether all contestants do the same work: the losses after ten steps from the same weights, or the outputs of inference. The
/// comparison is relative, and the tolerance that of float32 sums taken in different orders.
/// </summary>
internal static class ResultCheck
{
    private const int Steps = 10;
    private const double Tolerance = 2e-4;

    /// <summary>Compares the others with the first; returns a sentence on what was compared.</summary>
    /// <exception cref="ResultsDifferException">One of them differs.</exception>
    public static string Run(Rung rung, IReadOnlyList<Entrant> entrants, TimeSpan budget)
    {
        float[][] reference = Results(rung, entrants[0].Contestant, Timeout.InfiniteTimeSpan);
        List<string> shortened = [];
        foreach (Entrant entrant in entrants.Skip(1))
        {
            float[][] results = Results(rung, entrant.Contestant, budget);
            Compare(rung, entrants[0].Name, reference[results.Length - 1], entrant.Name, results[^1], results.Length - 1);
            if (results.Length < reference.Length)
            {
                shortened.Add($"{entrant.Name} after {results.Length - 1}");
            }
        }

        if (rung.Work == Work.Predict)
        {
            return "outputs agree";
        }

        string exceptions = shortened.Count > 0 ? $" ({string.Join(", ", shortened)} only: slow)" : "";
        return FormattableString.Invariant($"losses agree after {Steps} steps{exceptions}: {reference[0][0]:G5} → {reference[^1][0]:G5}");
    }

    /// <summary>The result of each step. The loss after n steps is what step n + 1 returns. Within the budget, but at least two.</summary>
    private static float[][] Results(Rung rung, IContestant contestant, TimeSpan budget)
    {
        List<float[]> results = [];
        int count = rung.Work == Work.Predict ? 1 : Steps + 1;
        long start = Stopwatch.GetTimestamp();
        contestant.Reset();
        while (results.Count < count
            && (results.Count < 2 || budget < TimeSpan.Zero || Stopwatch.GetElapsedTime(start) < budget))
        {
            contestant.Run(1);
            results.Add([.. contestant.Result()]);
        }

        return [.. results];
    }

    private static void Compare(Rung rung, string expectedName, float[] expected, string name, float[] actual, int steps)
    {
        if (expected.Length != actual.Length)
        {
            throw new ResultsDifferException($"{rung.Name}: {expectedName} gives {expected.Length} numbers, {name} {actual.Length}.");
        }

        // Not "greater than": a NaN must fail, too.
        double scale = expected.Max(MathF.Abs);
        int wrong = Enumerable.Range(0, expected.Length)
            .FirstOrDefault(i => !(Math.Abs((double)expected[i] - actual[i]) <= Tolerance * scale), -1);
        if (wrong >= 0)
        {
            throw new ResultsDifferException(FormattableString.Invariant(
                $"{rung.Name}: after {steps} steps {expectedName} has {expected[wrong]:G9}, {name} has {actual[wrong]:G9}."));
        }
    }
}

/// <summary>Two contestants do not do the same work, so their times mean nothing.</summary>
internal sealed class ResultsDifferException(string message) : Exception(message);
