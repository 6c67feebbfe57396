namespace BackpropGen.Tests.Schedules;

/// <summary>The ends of the schedules, and what they refuse.</summary>
public sealed class ScheduleTests
{
    public static IEnumerable<object[]> All =>
        new ILearningRateSchedule[]
        {
            new ConstantSchedule(0.1),
            new StepSchedule(0.1, 3),
            new MultiStepSchedule(0.1, [2, 5]),
            new ExponentialSchedule(0.1, 0.9),
            new CosineSchedule(0.1, 10),
            new LinearSchedule(0.1, 10),
            new WarmupCosineSchedule(0.1, 3, 10),
            new OneCycleSchedule(0.1, 10),
        }.Select(schedule => new object[] { schedule });

    [Theory]
    [MemberData(nameof(All))]
    public void EveryStepHasARate(ILearningRateSchedule schedule)
    {
        foreach (long step in new[] { 0, 1, 2, 9, 10, 11, 1_000, long.MaxValue })
        {
            Assert.InRange(schedule.At(step), 0, 0.1 + 1e-15);
        }

        Assert.Throws<ArgumentOutOfRangeException>("step", () => schedule.At(-1));
    }

    [Fact]
    public void BeyondTheEndTheLastRateHolds()
    {
        Assert.Equal(0.01, new CosineSchedule(0.1, 10, 0.01).At(1_000), 1e-15);
        Assert.Equal(0.02, new LinearSchedule(0.1, 10, 1, 0.2).At(1_000), 1e-15);
        Assert.Equal(0.01, new WarmupCosineSchedule(0.1, 2, 10, 0.01).At(1_000), 1e-15);
        Assert.Equal(0.1 / 25 / 1e4, new OneCycleSchedule(0.1, 10).At(1_000), 1e-15);
    }

    [Fact]
    public void OneCycleMayRiseForNoStepOrForAll()
    {
        Assert.Equal(0.1, new OneCycleSchedule(0.1, 10, PercentStart: 0.1).At(0), 1e-15);
        Assert.Equal(0.1, new OneCycleSchedule(0.1, 10, PercentStart: 1).At(9), 1e-15);
        Assert.Equal(0.052, new OneCycleSchedule(0.1, 21, PercentStart: 1, Cosine: false).At(10), 1e-15);
    }

    [Fact]
    public void WhatIsOutOfRangeIsNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => new ConstantSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => new CosineSchedule(double.NaN, 10));
        Assert.Throws<ArgumentOutOfRangeException>("StepSize", () => new StepSchedule(0.1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("milestones", () => new MultiStepSchedule(0.1, [3, -1]));
        Assert.Throws<ArgumentOutOfRangeException>("Gamma", () => new ExponentialSchedule(0.1, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>("EndFactor", () => new LinearSchedule(0.1, 10, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("TotalSteps", () => new WarmupCosineSchedule(0.1, 10, 10));
        Assert.Throws<ArgumentOutOfRangeException>("TotalSteps", () => new WarmupCosineSchedule(0.1, long.MaxValue, long.MaxValue));
        Assert.Throws<ArgumentNullException>("state", () => new PlateauSchedule { LearningRate = 0.1 }.Next(null!, 1));
        Assert.Throws<ArgumentOutOfRangeException>("PercentStart", () => new OneCycleSchedule(0.1, 10, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>("Factor", () => new PlateauSchedule { LearningRate = 0.1, Factor = 1 });
        Assert.Throws<ArgumentOutOfRangeException>("Patience", () => new PlateauSchedule { LearningRate = 0.1, Patience = -1 });
    }

    [Fact]
    public void AScheduleSetsTheRateOfANetwork()
    {
        var net = new XorSingle(seed: 1);
        net.LearningRate = (float)new CosineSchedule(0.2, 10).At(5);
        Assert.Equal(0.1f, net.LearningRate);
    }
}
