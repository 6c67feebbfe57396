namespace BackpropGen.Tests.Training;

/// <summary>Early stopping, cancellation, and going on from where a run was stopped.</summary>
public sealed class StoppingTests
{
    private static readonly TrainingOptions Options = new() { Epochs = 6, BatchSize = 8, Seed = 5 };

    [Fact]
    public void EarlyStoppingRestoresTheBestEpoch()
    {
        // A rate that explodes after three epochs of 7 steps: from then on the validation loss gets no better.
        LabeledData<float> data = TrainerCase.Triangle(50);
        LabeledData<float> validation = TrainerCase.Triangle(50, seed: 2);
        var net = new Blobs(seed: 1);
        var snapshots = new List<float[]>();
        var recorder = new Recorder { AtEpoch = (_, _) => snapshots.Add(TrainerCase.ParametersOf(net)) };
        TrainingOptions options = Options with
        {
            Epochs = 50,
            Schedule = new MultiStepSchedule(0.1, [21], gamma: 10_000),
            EarlyStopping = new EarlyStopping { Patience = 4 },
            Observers = [recorder],
        };
        TrainingResult result = Trainer.Fit(net, data, options, validation);

        Assert.Equal((StopReason.EarlyStopping, "val_loss", 2), (result.StopReason, result.Monitor, result.BestEpoch));
        Assert.Equal(7, result.History.Count);
        Assert.Equal(result.History.Min(record => record.ValidationLoss), result.BestValue);
        Assert.Equal([true, true, true, false, false, false, false], recorder.Epochs.Select(epoch => epoch.IsBest));
        Close.Bitwise<float>(snapshots[2], TrainerCase.ParametersOf(net));
        Assert.Equal((float)result.BestValue, net.Evaluate(validation.Inputs.Span, validation.Labels.Span));

        var kept = new Blobs(seed: 1);
        Trainer.Fit(kept, data, options with { EarlyStopping = new EarlyStopping { Patience = 4, RestoreBestWeights = false } }, validation);
        Close.Bitwise<float>(snapshots[6], TrainerCase.ParametersOf(kept));
    }

    [Fact]
    public void WhatIsMonitoredSaysWhatIsBetter()
    {
        var net = new Blobs(seed: 1);
        TrainingResult result = Trainer.Fit(
            net,
            TrainerCase.Triangle(200),
            Options with { Epochs = 40, ValidationSplit = 0.25, Monitor = "val_accuracy", EarlyStopping = new EarlyStopping { Patience = 3 } },
            metrics: [new Accuracy<float>()]);
        Assert.Equal(StopReason.EarlyStopping, result.StopReason);
        Assert.Equal(result.History.Max(record => record.Metrics[0]), result.BestValue);
        Assert.Equal(result.History.Count - 1 - 3, result.BestEpoch);
    }

    [Fact]
    public void SmallImprovementsMayNotCount()
    {
        TrainingOptions options = Options with { Epochs = 50, EarlyStopping = new EarlyStopping { Patience = 2, MinDelta = 1e3 } };
        TrainingResult result = Trainer.Fit(new Blobs(seed: 1), TrainerCase.Triangle(50), options);
        Assert.Equal((StopReason.EarlyStopping, 0, 3), (result.StopReason, result.BestEpoch, result.History.Count));
    }

    [Fact]
    public void NaNIsNeverTheBest()
    {
        // A rate near the end of the range of float makes the parameters infinite and the loss NaN.
        TrainingOptions options = Options with { Schedule = new MultiStepSchedule(0.1, [7], gamma: 1e38), EarlyStopping = new EarlyStopping { Patience = 2 } };
        var net = new Blobs(seed: 1);
        TrainingResult result = Trainer.Fit(net, TrainerCase.Triangle(50), options, TrainerCase.Triangle(50, seed: 2));
        Assert.True(double.IsNaN(result.History[^1].ValidationLoss!.Value), result.History[^1].ToString());
        Assert.Equal((StopReason.EarlyStopping, 0), (result.StopReason, result.BestEpoch));
        Assert.All(TrainerCase.ParametersOf(net), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void CancellationStopsBetweenTwoSteps()
    {
        using var source = new CancellationTokenSource();
        var net = new Blobs(seed: 1);
        float[]? atStep = null;
        var recorder = new Recorder
        {
            AtStep = (_, step) =>
            {
                if (step.Step == 10)
                {
                    source.Cancel();
                    atStep = TrainerCase.ParametersOf(net);
                }
            },
        };
        TrainingResult result = Trainer.Fit(net, TrainerCase.Triangle(50), Options with { Observers = [recorder] }, cancellationToken: source.Token);

        Assert.Equal((StopReason.Cancelled, 1, 0), (result.StopReason, result.History.Count, result.BestEpoch));
        Assert.Equal((1, 32, 11L), (result.State.Epoch, result.State.Position, result.State.Step));
        Assert.Equal(11, recorder.Steps.Count);
        Close.Bitwise<float>(atStep, TrainerCase.ParametersOf(net));

        // The network works: it learns on.
        Assert.True(Trainer.Fit(net, TrainerCase.Triangle(50), Options).History[^1].Loss < result.History[0].Loss);
    }

    [Fact]
    public void ACancelledTokenTakesNoStep()
    {
        var net = new Blobs(seed: 1);
        TrainingResult result = Trainer.Fit(net, TrainerCase.Triangle(50), Options, cancellationToken: new CancellationToken(canceled: true));
        Assert.Equal((StopReason.Cancelled, 0, 0L), (result.StopReason, result.History.Count, result.State.Step));
        Assert.Equal((null, double.NaN), (result.BestEpoch, result.BestValue));
        Close.Bitwise<float>(TrainerCase.ParametersOf(new Blobs(seed: 1)), TrainerCase.ParametersOf(net));
    }

    [Fact]
    public void AnObserverMayEndTheRun()
    {
        var recorder = new Recorder { AtEpoch = (session, epoch) => session.RequestStop() };
        TrainingResult result = Trainer.Fit(new Blobs(), TrainerCase.Triangle(50), Options with { Observers = [recorder] });
        Assert.Equal((StopReason.Requested, 1), (result.StopReason, result.History.Count));
    }

    public static TheoryData<long, bool> Interruptions
    {
        get
        {
            // Steps in mid-epoch, at the end of an epoch, at the very first and the very last.
            var data = new TheoryData<long, bool>();
            foreach (long step in new[] { 0, 3, 6, 10, 20, 27, 28, 40, 41 })
            {
                data.Add(step, true);
                data.Add(step, false);
            }

            return data;
        }
    }

    /// <summary>6 epochs of 7 steps, run at once and in two parts.</summary>
    [Theory]
    [MemberData(nameof(Interruptions))]
    public void AContinuedRunEndsInTheSameBits(long lastStep, bool shuffle)
    {
        LabeledData<float> data = TrainerCase.Triangle(65, weighted: true);
        TrainingOptions options = Options with
        {
            Shuffle = shuffle,
            ValidationSplit = 0.2,
            Plateau = new PlateauSchedule { LearningRate = 0.9, Factor = 0.5, Patience = 0, Threshold = 0.05 },
            EarlyStopping = new EarlyStopping { Patience = 5, MinDelta = 0.02 },
        };
        var whole = new Blobs(seed: 1);
        TrainingResult expected = Trainer.Fit(whole, data, options, metrics: [new Accuracy<float>()]);

        var part = new Blobs(seed: 1);
        var stop = new Recorder
        {
            AtStep = (session, step) =>
            {
                if (step.Step == lastStep)
                {
                    session.RequestStop();
                }
            },
        };
        TrainingResult before = Trainer.Fit(part, data, options with { Observers = [stop] }, metrics: [new Accuracy<float>()]);
        Assert.Equal((StopReason.Requested, lastStep + 1), (before.StopReason, before.State.Step));

        // Through text, as a checkpoint would keep it, into a network that has never seen the run.
        string text = System.Text.Json.JsonSerializer.Serialize(before.State, Json);
        TrainerState state = System.Text.Json.JsonSerializer.Deserialize<TrainerState>(text, Json)!;
        var other = new Blobs(seed: 99);
        other.SetParameters(TrainerCase.ParametersOf(part));
        TrainingResult after = Trainer.Fit(other, data, options with { ResumeFrom = state }, metrics: [new Accuracy<float>()]);

        Close.Bitwise<float>(TrainerCase.ParametersOf(whole), TrainerCase.ParametersOf(other));
        Assert.Equal(expected.StopReason, after.StopReason);
        Assert.Equal((expected.BestEpoch, expected.BestValue), (after.BestEpoch, after.BestValue));
        Assert.Equal(expected.State.Plateau, after.State.Plateau);
        Assert.Equal(
            expected.History.Select(record => (record.Epoch, record.Loss, record.ValidationLoss, record.Metrics[0])),
            before.History.Concat(after.History).Select(record => (record.Epoch, record.Loss, record.ValidationLoss, record.Metrics[0])));
    }

    /// <summary>The interruptions above would prove little on a run without a lowered rate and a best epoch before the last.</summary>
    [Fact]
    public void AStateIsThatOfTheStepItIsAskedFor()
    {
        var recorder = new Recorder();
        Trainer.Fit(new Blobs(seed: 1), TrainerCase.Triangle(20), Options with { Epochs = 2, Observers = [recorder] });
        Assert.Equal([(0, 8, 1L), (0, 16, 2), (0, 20, 3), (1, 8, 4), (1, 16, 5), (1, 20, 6)], recorder.States.Select(state => (state.Epoch, state.Position, state.Step)));
    }

    [Fact]
    public void AStateOfAnotherRunIsRefused()
    {
        LabeledData<float> data = TrainerCase.Triangle(20);
        TrainerState state = Trainer.Fit(new Blobs(), data, Options).State;
        Refused(Options with { ResumeFrom = state, Seed = 7 });
        Refused(Options with { ResumeFrom = state with { SampleCount = 19 } });
        Refused(Options with { ResumeFrom = state with { Position = 21 } });
        Refused(Options with { ResumeFrom = state with { Epoch = -1 } });
        Refused(Options with { ResumeFrom = state with { BestParameters = [1, 2] } });
        Refused(Options with { ResumeFrom = state, EarlyStopping = new EarlyStopping() });

        void Refused(TrainingOptions options) => Assert.Throws<ArgumentException>("options", () => Trainer.Fit(new Blobs(), data, options));
    }

    [Fact]
    public void AFinishedRunMayBeGivenMoreEpochs()
    {
        LabeledData<float> data = TrainerCase.Triangle(50);
        var whole = new Blobs(seed: 1);
        Trainer.Fit(whole, data, Options);
        var parts = new Blobs(seed: 1);
        TrainerState state = Trainer.Fit(parts, data, Options with { Epochs = 4 }).State;
        TrainingResult rest = Trainer.Fit(parts, data, Options with { ResumeFrom = state });
        Assert.Equal([4, 5], rest.History.Select(record => record.Epoch));
        Close.Bitwise<float>(TrainerCase.ParametersOf(whole), TrainerCase.ParametersOf(parts));
    }

    [Fact]
    public void ARunThatRestoredItsBestEpochIsOver()
    {
        // No later epoch is an improvement, so that the first stays the best.
        LabeledData<float> data = TrainerCase.Triangle(50);
        TrainingOptions options = Options with { Epochs = 3, EarlyStopping = new EarlyStopping { MinDelta = 1e3 } };
        var recorder = new Recorder();
        var net = new Blobs(seed: 1);
        TrainingResult result = Trainer.Fit(net, data, options with { Observers = [recorder] });
        Assert.Equal((StopReason.Completed, 0, true), (result.StopReason, result.BestEpoch, result.State.RestoredBest));
        Assert.DoesNotContain(recorder.States, state => state.RestoredBest);

        TrainerState back = TrainerState.FromJson(result.State.ToJson());
        var exception = Assert.Throws<ArgumentException>("options", () => Trainer.Fit(net, data, options with { Epochs = 6, ResumeFrom = back }));
        Assert.Contains("the parameters of its best epoch, 0", exception.Message, StringComparison.Ordinal);

        // What ends with its best epoch, or keeps the last, goes on.
        TrainingOptions improving = options with { EarlyStopping = new EarlyStopping() };
        TrainingOptions keeping = options with { EarlyStopping = new EarlyStopping { MinDelta = 1e3, RestoreBestWeights = false } };
        foreach (TrainingOptions other in new[] { improving, keeping })
        {
            var whole = new Blobs(seed: 1);
            Trainer.Fit(whole, data, other with { Epochs = 6 });
            var parts = new Blobs(seed: 1);
            TrainerState state = Trainer.Fit(parts, data, other).State;
            Assert.False(state.RestoredBest);
            Trainer.Fit(parts, data, other with { Epochs = 6, ResumeFrom = state });
            Close.Bitwise<float>(TrainerCase.ParametersOf(whole), TrainerCase.ParametersOf(parts));
        }
    }

    [Fact]
    public void APlateauThatCannotBeIsRefused()
    {
        LabeledData<float> data = TrainerCase.Triangle(20);
        TrainingOptions options = Options with { Plateau = new PlateauSchedule { LearningRate = 0.1 } };
        TrainerState state = Trainer.Fit(new Blobs(), data, options with { Epochs = 1 }).State;
        foreach (PlateauState plateau in new[]
        {
            state.Plateau! with { LearningRate = double.NaN }, state.Plateau with { LearningRate = -1 }, state.Plateau with { Best = double.NaN },
            state.Plateau with { BadEpochs = -1 }, state.Plateau with { Cooldown = -1 },
        })
        {
            var exception = Assert.Throws<ArgumentException>(
                "options", () => Trainer.Fit(new Blobs(), data, options with { ResumeFrom = state with { Plateau = plateau } }));
            Assert.StartsWith("'options.ResumeFrom.Plateau' is ", exception.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(
            "options", () => Trainer.Fit(new Blobs(), data, options with { ResumeFrom = state with { OwnLearningRate = double.NaN } }));
    }

    [Fact]
    public void ARunThatEndsByItselfGivesTheRateBack()
    {
        LabeledData<float> data = TrainerCase.Triangle(30);
        TrainingOptions toZero = Options with { Epochs = 2, Schedule = new LinearSchedule(0.2, 5) };
        Assert.Equal(StopReason.Completed, Run(toZero, expected: 0.1f));
        Assert.Equal(StopReason.Completed, Run(Options with { Plateau = new PlateauSchedule { LearningRate = 0.05 } }, expected: 0.1f));
        Assert.Equal(StopReason.EarlyStopping, Run(toZero with { Epochs = 50, EarlyStopping = new EarlyStopping { Patience = 1, MinDelta = 1e3 } }, expected: 0.1f));

        // A run that is stopped is to go on, with the rate that its checkpoint has; at the end of the second part the first rate is back.
        var stop = new Recorder { AtStep = (session, step) => session.RequestStop() };
        var net = new Blobs(seed: 1);
        TrainerState state = Trainer.Fit(net, data, toZero with { Observers = [stop] }).State;
        Assert.Equal((0.2f, (double)0.1f), (net.LearningRate, state.OwnLearningRate));
        Trainer.Fit(net, data, toZero with { ResumeFrom = TrainerState.FromJson(state.ToJson()) });
        Assert.Equal(0.1f, net.LearningRate);

        // Without a schedule the rate is whoever's set it.
        var slowing = new Blobs(seed: 1);
        Trainer.Fit(slowing, data, Options with { Observers = [new Recorder { AtStep = (_, _) => slowing.LearningRate = 0.01f }] });
        Assert.Equal(0.01f, slowing.LearningRate);

        StopReason Run(TrainingOptions options, float expected)
        {
            var trained = new Blobs(seed: 1);
            StopReason reason = Trainer.Fit(trained, data, options).StopReason;
            Assert.Equal(expected, trained.LearningRate);
            return reason;
        }
    }

    private static readonly System.Text.Json.JsonSerializerOptions Json =
        new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };
}
