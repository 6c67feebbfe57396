namespace BackpropGen.Tests.Training;

/// <summary>What the loop does with data and options.</summary>
public sealed class FitTests
{
    [Fact]
    public void AClassificationIsLearnt()
    {
        var net = new Blobs(seed: 1);
        LabeledData<float> data = TrainerCase.Triangle(300);
        TrainingResult result = Trainer.Fit(
            net,
            data,
            new TrainingOptions { Epochs = 20, BatchSize = 16 },
            validation: TrainerCase.Triangle(100, seed: 2),
            metrics: [new Accuracy<float>(), new LogLoss<float>()]);

        Assert.Equal((StopReason.Completed, 20), (result.StopReason, result.History.Count));
        Assert.Equal(["val_accuracy", "val_log_loss"], result.History.MetricNames);
        EpochRecord last = result.History[^1];
        Assert.True(last.Metrics[0] > 0.97 && last.ValidationLoss < 0.15 && last.Loss < result.History[0].Loss / 3, last.ToString());

        // Without weights the log-loss is the network's own loss.
        Assert.Equal(last.ValidationLoss!.Value, last.Metrics[1], 1e-5);
    }

    [Fact]
    public void ARegressionIsLearnt()
    {
        var net = new Curve(seed: 1);
        TrainingResult result = Trainer.Fit(
            net, TrainerCase.Sine(64), new TrainingOptions { Epochs = 300, BatchSize = 16 }, metrics: [new R2Score<float>(), new RootMeanSquaredError<float>()]);
        Assert.Equal(["r2", "rmse"], result.History.MetricNames);
        Assert.True(result.History[^1].Metrics[0] > 0.99, result.History[^1].ToString());
        Assert.Null(result.History[^1].ValidationLoss);
        Assert.Equal("loss", result.Monitor);
    }

    [Fact]
    public void OneOutputIsLearntAndMeasured()
    {
        float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1];
        TrainingResult result = Trainer.Fit(
            new Binary(seed: 1),
            new TargetData<float>(inputs, new float[] { 0, 1, 1, 0 }, 4),
            new TrainingOptions { Epochs = 500, BatchSize = 4 },
            metrics: [new Accuracy<float>(), new F1Score<float>(2, Averaging.Binary)]);
        Assert.Equal([1, 1], result.History[^1].Metrics);
    }

    [Fact]
    public void TheSameSeedGivesTheSameWeights()
    {
        Close.Bitwise<float>(Train(seed: 3), Train(seed: 3));
        Assert.NotEqual(Train(seed: 3), Train(seed: 4));

        static float[] Train(ulong seed)
        {
            var net = new Blobs(seed: 1);
            Trainer.Fit(net, TrainerCase.Triangle(50), new TrainingOptions { Epochs = 3, BatchSize = 8, Seed = seed, ValidationSplit = 0.2 });
            return TrainerCase.ParametersOf(net);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WithoutShufflingItIsTheLoopOfOnesOwn(bool weighted)
    {
        LabeledData<float> data = TrainerCase.Triangle(50, weighted: weighted);
        var recorder = new Recorder();
        var fitted = new Blobs(seed: 1);
        TrainingResult result = Trainer.Fit(fitted, data, new TrainingOptions { Epochs = 2, BatchSize = 8, Shuffle = false, Observers = [recorder] });

        var own = new Blobs(seed: 1);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            double sum = 0;
            for (int first = 0; first < data.Count; first += 8)
            {
                LabeledData<float> batch = data.Slice(first, Math.Min(8, data.Count - first));
                sum += batch.Count * (double)own.TrainStep(batch.Inputs.Span, batch.Labels.Span, batch.SampleWeights.Span);
            }

            Assert.Equal(sum / data.Count, result.History[epoch].Loss);
        }

        Close.Bitwise<float>(TrainerCase.ParametersOf(own), TrainerCase.ParametersOf(fitted));

        // 50 samples are six batches of 8 and one of 2.
        Assert.Equal([8, 8, 8, 8, 8, 8, 2], recorder.Steps.Take(7).Select(step => step.SampleCount));
    }

    [Fact]
    public void AnEpochTakesEverySampleOnce()
    {
        // The loss of a network without hidden layer, in steps too small to move it, is a sum over the samples.
        LabeledData<float> data = TrainerCase.Triangle(37, weighted: true);
        var options = new TrainingOptions { Epochs = 3, BatchSize = 5, Schedule = new ConstantSchedule(1e-30) };
        var net = new Blobs(seed: 1);
        double expected = net.Evaluate(data.Inputs.Span, data.Labels.Span, data.SampleWeights.Span);
        foreach (EpochRecord record in Trainer.Fit(net, data, options).History)
        {
            Assert.Equal(expected, record.Loss, 1e-6);
        }
    }

    [Fact]
    public void ABatchLargerThanTheDataIsAllOfThem()
    {
        var recorder = new Recorder();
        Trainer.Fit(new Blobs(), TrainerCase.Triangle(10), new TrainingOptions { Epochs = 2, BatchSize = int.MaxValue, Observers = [recorder] });
        Assert.Equal([10, 10], recorder.Steps.Select(step => step.SampleCount));
    }

    [Fact]
    public void SampleWeightsDecideWhatIsLearnt()
    {
        // Every sample twice, once with the right label and once with a wrong one of weight 0.
        LabeledData<float> data = TrainerCase.Triangle(100);
        int[] wrong = [.. data.Labels.ToArray().Select(label => (label + 1) % 3)];
        var both = new LabeledData<float>(
            (float[])[.. data.Inputs.Span, .. data.Inputs.Span],
            (int[])[.. data.Labels.Span, .. wrong],
            (float[])[.. Enumerable.Repeat(1f, 100), .. Enumerable.Repeat(0f, 100)]);
        var net = new Blobs(seed: 1);
        TrainingResult result = Trainer.Fit(net, both, new TrainingOptions { Epochs = 20, BatchSize = 10 }, data, [new Accuracy<float>()]);
        Assert.True(result.History[^1].Metrics[0] > 0.97);
    }

    [Fact]
    public void ClassWeightsAreSampleWeights()
    {
        LabeledData<float> data = TrainerCase.Triangle(60, weighted: true);
        var options = new TrainingOptions { Epochs = 2, BatchSize = 8 };
        Close.Bitwise<float>(Train(data.WithBalancedClassWeights(), options), Train(data, options with { BalancedClassWeights = true }));
        Close.Bitwise<float>(Train(data.WithClassWeights(1, 2, 0.5), options), Train(data, options with { ClassWeights = [1, 2, 0.5] }));
        Assert.NotEqual(Train(data, options), Train(data, options with { BalancedClassWeights = true }));

        static float[] Train(LabeledData<float> data, TrainingOptions options)
        {
            var net = new Blobs(seed: 1);
            Trainer.Fit(net, data, options);
            return TrainerCase.ParametersOf(net);
        }
    }

    [Fact]
    public void AValidationSplitIsNotLearnt()
    {
        LabeledData<float> data = TrainerCase.Triangle(50);
        var options = new TrainingOptions { Epochs = 2, BatchSize = 8, Seed = 6, ValidationSplit = 0.2 };
        var split = new Blobs(seed: 1);
        TrainingResult first = Trainer.Fit(split, data, options);

        (LabeledData<float> training, LabeledData<float> validation) = data.Split(0.2, seed: 6, stratify: true);
        Assert.Equal((40, 10), (training.Count, validation.Count));
        var given = new Blobs(seed: 1);
        TrainingResult second = Trainer.Fit(given, training, options with { ValidationSplit = 0 }, validation);
        Close.Bitwise<float>(TrainerCase.ParametersOf(split), TrainerCase.ParametersOf(given));
        Assert.Equal(first.History.Select(record => record.ValidationLoss), second.History.Select(record => record.ValidationLoss));
    }

    [Fact]
    public void TheScheduleSetsTheRateOfEveryStep()
    {
        // The last rate is 0, which a network refuses; the run goes on all the same.
        var schedule = new LinearSchedule(0.1, 5);
        var recorder = new Recorder();
        Trainer.Fit(new Blobs(), TrainerCase.Triangle(30), new TrainingOptions { Epochs = 2, BatchSize = 10, Schedule = schedule, Observers = [recorder] });
        Assert.Equal(6, recorder.Steps.Count);
        Assert.All(recorder.Steps, step => Assert.Equal(schedule.At(step.Step), step.LearningRate, 1e-8));
        Assert.Equal(float.Epsilon, (float)recorder.Steps[^1].LearningRate);
    }

    [Fact]
    public void APlateauLowersTheRate()
    {
        var options = new TrainingOptions { Epochs = 5, BatchSize = 10, Plateau = new PlateauSchedule { LearningRate = 1e-30, Factor = 0.5, Patience = 1, Epsilon = 0 } };
        double[] rates = [.. Trainer.Fit(new Blobs(), TrainerCase.Triangle(30), options with { Shuffle = false }).History.Select(record => record.LearningRate)];
        Assert.All(rates.Zip([1, 1, 1, 0.5, 0.5]), pair => Assert.Equal(pair.Second * 1e-30, pair.First, 1e-36));
    }

    [Fact]
    public void WhatDoesNotFitIsNamedBeforeAnythingChanges()
    {
        var net = new Blobs(seed: 1);
        float[] before = TrainerCase.ParametersOf(net);
        LabeledData<float> data = TrainerCase.Triangle(10);
        var options = new TrainingOptions();
        Assert.Throws<ArgumentException>("data", () => Trainer.Fit(net, new LabeledData<float>(new float[30], new int[10])));
        Assert.Throws<ArgumentException>("data", () => Trainer.Fit(net, new LabeledData<float>(new float[2], new[] { 3 })));
        Assert.Throws<ArgumentException>("validation", () => Trainer.Fit(net, data, validation: new LabeledData<float>(new float[2], new[] { 3 })));
        Assert.Throws<ArgumentException>("validation", () => Trainer.Fit(net, data, options with { ValidationSplit = 0.5 }, data));
        Assert.Throws<ArgumentException>("metrics", () => Trainer.Fit(net, data, metrics: [new Accuracy<float>(), new Accuracy<float>()]));
        Assert.Throws<ArgumentException>("classWeights", () => Trainer.Fit(net, data, options with { ClassWeights = [1, 1] }));
        Assert.Throws<ArgumentException>("options", () => Trainer.Fit(net, data, options with { ClassWeights = [1, 1, 1], BalancedClassWeights = true }));
        Assert.Throws<ArgumentException>(
            "options", () => Trainer.Fit(net, data, options with { Schedule = new ConstantSchedule(1), Plateau = new PlateauSchedule { LearningRate = 1 } }));
        var exception = Assert.Throws<ArgumentException>("options", () => Trainer.Fit(net, data, options with { Monitor = "val_loss" }, metrics: [new Accuracy<float>()]));
        Assert.Contains("loss, accuracy", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("data", () => Trainer.Fit(new Curve(), new TargetData<float>(new float[4], new float[8], 4)));
        Assert.Throws<ArgumentException>("options", () => Trainer.Fit(new Curve(), TrainerCase.Sine(4), options with { BalancedClassWeights = true }));
        Assert.Throws<ArgumentOutOfRangeException>("Epochs", () => options with { Epochs = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("BatchSize", () => options with { BatchSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("ValidationSplit", () => options with { ValidationSplit = 1 });
        Close.Bitwise<float>(before, TrainerCase.ParametersOf(net));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-1e-300)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ARateThatCannotBeIsRefused(double rate) =>
        Assert.ThrowsAny<ArgumentException>(() => Trainer.Fit(new Blobs(), TrainerCase.Triangle(10), new TrainingOptions { Schedule = new Always(rate) }));

    [Fact]
    public void MetricsThatDoNotFitAreNamedBeforeAnythingChanges()
    {
        var net = new Blobs(seed: 1);
        var curve = new Curve(seed: 1);
        float[] before = TrainerCase.ParametersOf(net);
        float[] curveBefore = TrainerCase.ParametersOf(curve, Curve.ParameterCount);
        LabeledData<float> data = TrainerCase.Triangle(10);
        var wide = new ConfusionMatrix<float>(5);
        foreach (LabeledData<float>? validation in new[] { null, data })
        {
            var exception = Assert.Throws<ArgumentException>("metrics", () => Trainer.Fit(net, data, validation: validation, metrics: [wide]));
            Assert.Contains("confusion_matrix", exception.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>("metrics", () => Trainer.Fit(curve, TrainerCase.Sine(4), metrics: [new F1Score<float>(3)]));
        Assert.Throws<ArgumentException>("metrics", () => Trainer.Fit(net, data, metrics: [null!]));
        foreach (string name in new[] { "epoch", "loss", "val_loss", "learning_rate", "seconds" })
        {
            Assert.Throws<ArgumentException>("metrics", () => Trainer.Fit(net, data, metrics: [new Named(name)]));
            Assert.Throws<ArgumentException>("metrics", () => Trainer.Fit(net, data, validation: data, metrics: [new Named(name)]));
        }

        Close.Bitwise<float>(before, TrainerCase.ParametersOf(net));
        Close.Bitwise<float>(curveBefore, TrainerCase.ParametersOf(curve, Curve.ParameterCount));

        // The row that was shown to find out does not count, and what a metric saw before the run does not matter.
        var r2 = new R2Score<float>();
        r2.Add([1, 2, 3, 4], [1, 2, 3, 4], outputs: 2);
        var named = new Named("rows");
        Assert.Single(Trainer.Fit(curve, TrainerCase.Sine(4), metrics: [r2]).History);
        Assert.Equal(10, Trainer.Fit(net, data, metrics: [named]).History[0].Metrics[0]);
    }

    [Fact]
    public void NothingIsNoObserverAndOneSampleNoSplit()
    {
        Assert.Throws<ArgumentNullException>("Observers", () => new TrainingOptions { Observers = null! });
        Assert.Throws<ArgumentException>("options", () => Trainer.Fit(new Blobs(), TrainerCase.Triangle(10), new TrainingOptions { Observers = [null!] }));
        var split = new TrainingOptions { ValidationSplit = 0.5 };
        Assert.Throws<ArgumentException>("data", () => Trainer.Fit(new Blobs(), TrainerCase.Triangle(1), split));
        Assert.Throws<ArgumentException>("data", () => Trainer.Fit(new Curve(), new TargetData<float>(new float[1], new float[1], 1), split));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AStepAllocatesNothing(bool shuffle)
    {
        var net = new Blobs();
        LabeledData<float> data = TrainerCase.Triangle(1_000, weighted: true);
        var options = new TrainingOptions { Epochs = 3, BatchSize = 8, Shuffle = shuffle, Schedule = new CosineSchedule(0.1, 100) };
        long least = long.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            var watch = new AllocationWatch();
            Trainer.Fit(net, data, options with { Observers = [watch] }, validation: data, metrics: [new Accuracy<float>()]);
            Assert.Equal(3 * 125, watch.Steps);
            least = Math.Min(least, watch.Bytes);
        }

        Assert.True(least == 0, $"The steps of the last epoch allocated {least} bytes.");
    }

    /// <summary>A schedule of one's own.</summary>
    private sealed class Always(double rate) : ILearningRateSchedule
    {
        public double At(long step) => rate;
    }

    /// <summary>A metric of one's own: the number of rows.</summary>
    private sealed class Named(string name) : ILabelMetric<float>
    {
        public string Name => name;

        public bool HigherIsBetter => true;

        public double Value { get; private set; }

        public void Reset() => Value = 0;

        public void Add(ReadOnlySpan<float> predictions, ReadOnlySpan<int> labels) => Value += labels.Length;
    }

    /// <summary>What the thread allocates between the first and the last step of the last epoch.</summary>
    private sealed class AllocationWatch : ITrainingObserver
    {
        private long _first;

        public int Steps { get; private set; }

        public long Bytes { get; private set; } = -1;

        public void OnStepCompleted(in StepReport report)
        {
            Steps++;
            if (report.Batch == 0)
            {
                _first = GC.GetAllocatedBytesForCurrentThread();
            }

            Bytes = GC.GetAllocatedBytesForCurrentThread() - _first;
        }
    }
}
