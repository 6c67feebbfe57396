namespace BackpropGen.Tests.Training;

/// <summary>The state of a run as text.</summary>
public sealed class TrainerStateTests
{
    private static readonly TrainerState Start = new() { Seed = 0, SampleCount = 1 };

    private static readonly TrainerState Full = new()
    {
        Seed = ulong.MaxValue,
        SampleCount = int.MaxValue,
        Epoch = 3,
        Position = 17,
        Step = long.MaxValue,
        LossSum = 1.0 / 3,
        BestEpoch = 2,
        BestValue = double.Epsilon,
        EpochsWithoutImprovement = 4,
        Plateau = new PlateauState(0.1, double.NegativeInfinity, 5, 6),
        OwnLearningRate = 0.1f,
        RestoredBest = true,
        BestParameters = [0.1f, -0.0, double.NaN, double.NegativeInfinity, Math.PI, double.MaxValue],
    };

    [Fact]
    public void AStateBeforeTheFirstEpochComesBack() => ComesBack(Start);

    [Fact]
    public void EveryMemberComesBackToTheBit()
    {
        TrainerState back = ComesBack(Full);
        Close.Bitwise<double>(Full.BestParameters!.ToArray(), back.BestParameters!.ToArray());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.0)]
    [InlineData(1.7976931348623157e308)]
    [InlineData(5e-324)]
    public void LossesComeBackToTheBit(double value)
    {
        TrainerState back = ComesBack(Full with { LossSum = value, BestValue = value, Plateau = new PlateauState(1, value, 0, 0) });
        Close.Bitwise<double>([value, value, value], [back.LossSum, back.BestValue, back.Plateau!.Best]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("nonsense")]
    [InlineData("\ud800")]
    [InlineData("{\"\udc00\":1}")]
    public void OtherTextIsRefused(string text) => Refused(text);

    [Theory]
    [InlineData("\"Epoch\":3,", "")]
    [InlineData("\"Epoch\":3,", "\"Epoch\":3,\"Epoch\":3,")]
    [InlineData("\"Epoch\":3,", "\"Epoch\":3.5,")]
    [InlineData("\"Epoch\":3,", "\"Epoch\":\"3\",")]
    [InlineData("\"Epoch\":3,", "\"Epoch\":3000000000,")]
    [InlineData("\"Epoch\":3,", "\"Epoch\":3,\"Colour\":1,")]
    [InlineData("\"Cooldown\":6", "\"Cooldown\":6,\"Colour\":1")]
    [InlineData("\"RestoredBest\":true,", "")]
    [InlineData("\"RestoredBest\":true,", "\"RestoredBest\":1,")]
    [InlineData("\"-Infinity\"", "\"nothing\"")]
    [InlineData("\"BestParameters\":\"", "\"BestParameters\":\"!")]
    [InlineData("\"BestParameters\":\"", "\"BestParameters\":\"AAAA")]
    public void DamagedTextIsRefused(string sound, string damaged)
    {
        string text = Full.ToJson();
        Assert.Contains(sound, text, StringComparison.Ordinal);
        Refused(text.Replace(sound, damaged, StringComparison.Ordinal));
    }

    private static TrainerState ComesBack(TrainerState state)
    {
        TrainerState back = TrainerState.FromJson(state.ToJson());

        // Records compare lists by reference.
        Assert.Equal(state with { BestParameters = null }, back with { BestParameters = null });
        Assert.Equal(state.BestParameters, back.BestParameters);
        return back;
    }

    private static void Refused(string text) =>
        Assert.StartsWith("The text is no state of a trainer: ", Assert.Throws<InvalidDataException>(() => TrainerState.FromJson(text)).Message, StringComparison.Ordinal);
}
