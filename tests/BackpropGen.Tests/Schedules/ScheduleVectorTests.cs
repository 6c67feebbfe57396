using System.Text.Json;

namespace BackpropGen.Tests.Schedules;

/// <summary>The schedules give the rates of schedules.json, which were checked against PyTorch's schedulers.</summary>
public sealed class ScheduleVectorTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Names => new(Entries().Select(entry => entry.GetProperty("name").GetString()!));

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryRateIsThatOfTheVectors(string name)
    {
        JsonElement entry = Entries().Single(entry => entry.GetProperty("name").GetString() == name);
        double[] expected = [.. entry.GetProperty("lr_values").EnumerateArray().Select(value => value.GetDouble())];
        ILearningRateSchedule schedule = Create(entry);

        Assert.Equal(50, expected.Length);
        for (int step = 0; step < expected.Length; step++)
        {
            Close.One(expected[step], schedule.At(step), Tolerance, Tolerance, $"{name}, step {step}");
        }
    }

    [Fact]
    public void EveryKindIsThere() =>
        Assert.Equal(
            ["constant", "cosine", "exponential", "linear", "multi_step", "one_cycle", "step", "warmup_cosine"],
            Entries().Select(entry => entry.GetProperty("type").GetString()!).Distinct().Order(StringComparer.Ordinal));

    private static ILearningRateSchedule Create(JsonElement entry)
    {
        return entry.GetProperty("type").GetString() switch
        {
            "constant" => new ConstantSchedule(Number("lr")),
            "step" => new StepSchedule(Number("lr"), Whole("step_size"), Number("gamma")),
            "multi_step" => new MultiStepSchedule(
                Number("lr"), entry.GetProperty("milestones").EnumerateArray().Select(value => value.GetInt64()), Number("gamma")),
            "exponential" => new ExponentialSchedule(Number("lr"), Number("gamma")),
            "cosine" => new CosineSchedule(Number("lr"), Whole("t_max"), Number("eta_min")),
            "linear" => new LinearSchedule(Number("lr"), Whole("total_steps"), Number("start_factor"), Number("end_factor")),
            "warmup_cosine" => new WarmupCosineSchedule(Number("lr"), Whole("warmup_steps"), Whole("total_steps"), Number("eta_min")),
            "one_cycle" => new OneCycleSchedule(
                Number("max_lr"),
                Whole("total_steps"),
                Number("pct_start"),
                Number("div_factor"),
                Number("final_div_factor"),
                entry.GetProperty("anneal").GetString() == "cos"),
            string other => throw new InvalidDataException($"No schedule is called {other}."),
            null => throw new InvalidDataException("The schedule has no type."),
        };

        double Number(string name) => entry.GetProperty(name).GetDouble();

        long Whole(string name) => entry.GetProperty(name).GetInt64();
    }

    private static IEnumerable<JsonElement> Entries() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Schedules", "schedules.json")))
            .RootElement.GetProperty("schedules").EnumerateArray();
}
