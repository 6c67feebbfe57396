namespace BackpropGen.Tests.Schedules;

/// <summary>The plateau schedule lowers the rate when, and only when, PyTorch's does.</summary>
public sealed class PlateauScheduleTests
{
    [Fact]
    public void MoreThanPatienceBadValuesLowerTheRate()
    {
        var plateau = new PlateauSchedule { LearningRate = 1, Patience = 2 };

        // The first value is the best, three are no better: the third of these is one more than patience allows.
        Assert.Equal([1, 1, 1, 0.1, 0.1, 0.1, 0.01], Rates(plateau, 5, 5, 6, 5, 7, 5, 5), Near);
        Assert.Equal([1, 1, 1, 1, 1, 1, 1], Rates(plateau, 5, 5, 6, 4, 7, 4, 3), Near);
    }

    [Fact]
    public void TheThresholdIsRelativeToTheBest()
    {
        var plateau = new PlateauSchedule { LearningRate = 1, Patience = 0, Threshold = 0.1 };
        Assert.Equal([1, 1, 0.1], Rates(plateau, 10, 8.9, 8.1), Near);
        Assert.Equal([1, 0.1, 0.1], Rates(plateau, -10, -10.9, -11.1), Near);
        Assert.Equal([1, 0.1, 0.1], Rates(plateau with { HigherIsBetter = true }, 10, 10.9, 11.1), Near);
    }

    [Fact]
    public void ValuesAreNotCountedWhileItCoolsDown() =>
        Assert.Equal(
            [1, 0.5, 0.5, 0.5, 0.25], Rates(new PlateauSchedule { LearningRate = 1, Factor = 0.5, Patience = 0, Cooldown = 2 }, 1, 1, 1, 1, 1), Near);

    [Fact]
    public void TheRateStopsAtItsMinimumAndAtEpsilon()
    {
        Assert.Equal([1, 0.3, 0.3], Rates(new PlateauSchedule { LearningRate = 1, Patience = 0, MinLearningRate = 0.3 }, 1, 1, 1), Near);
        Assert.Equal([1e-8, 1e-8], Rates(new PlateauSchedule { LearningRate = 1e-8, Patience = 0 }, 1, 1));
    }

    [Fact]
    public void NaNIsNoImprovement() => Assert.Equal([1, 0.1], Rates(new PlateauSchedule { LearningRate = 1, Patience = 1 }, double.NaN, double.NaN), Near);

    private static double[] Rates(PlateauSchedule plateau, params double[] values)
    {
        PlateauState state = plateau.Start;
        return [.. values.Select(value => (state = plateau.Next(state, value)).LearningRate)];
    }

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 1e-12;
}
