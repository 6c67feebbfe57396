namespace BackpropGen.Tests.Training;

/// <summary>Who is told what, and when.</summary>
public sealed class ObserverTests
{
    [Fact]
    public void ObserversAreToldInOrder()
    {
        var recorder = new Recorder();
        Trainer.Fit(
            new Blobs(), TrainerCase.Triangle(20), new TrainingOptions { Epochs = 2, BatchSize = 8, Observers = [recorder] }, TrainerCase.Triangle(5));
        Assert.Equal(
            [
                "start 2 × 3, 20 + 5",
                "epoch 0", "step 0.0: 8", "step 0.1: 8", "step 0.2: 4", "epoch 0 done",
                "epoch 1", "step 1.0: 8", "step 1.1: 8", "step 1.2: 4", "epoch 1 done",
                "end Completed",
            ],
            recorder.Calls);
        Assert.Equal([0, 1, 2, 3, 4, 5], recorder.Steps.Select(step => step.Step));
    }

    [Fact]
    public void SeveralObserversTakeTurns()
    {
        var order = new List<string>();
        Recorder first = new() { AtStep = (_, _) => order.Add("first") };
        Recorder second = new() { AtStep = (_, _) => order.Add("second") };
        Trainer.Fit(new Blobs(), TrainerCase.Triangle(10), new TrainingOptions { BatchSize = 5, Observers = [first, second] });
        Assert.Equal(["first", "second", "first", "second"], order);
    }

    [Fact]
    public void AnObserverThatImplementsNothingIsOne()
    {
        TrainingResult result = Trainer.Fit(new Blobs(), TrainerCase.Triangle(10), new TrainingOptions { Observers = [new Indifferent()] });
        Assert.Equal(StopReason.Completed, result.StopReason);
    }

    [Fact]
    public void ProgressIsReportedEveryEpoch()
    {
        var progress = new Reports();
        TrainingResult result = Trainer.Fit(new Blobs(), TrainerCase.Triangle(10), new TrainingOptions { Epochs = 3, Progress = progress });
        Assert.Equal(result.History, progress.Select(report => report.Record));
        Assert.All(progress, report => Assert.Equal(3, report.Epochs));
    }

    [Fact]
    public void DoubleNetworksAreTrainedToo()
    {
        LabeledData<float> data = TrainerCase.Triangle(100);
        var inDouble = new LabeledData<double>(Array.ConvertAll(data.Inputs.ToArray(), value => (double)value), data.Labels);
        var options = new TrainingOptions { Epochs = 5, BatchSize = 10 };
        TrainingResult single = Trainer.Fit(new Blobs(seed: 1), data, options);
        TrainingResult twin = Trainer.Fit(new BlobsDouble(seed: 1), inDouble, options, metrics: [new Accuracy<double>()]);
        Assert.All(single.History.Zip(twin.History), pair => Assert.Equal(pair.Second.Loss, pair.First.Loss, 1e-4));
    }

    private sealed class Indifferent : ITrainingObserver;

    private sealed class Reports : List<EpochReport>, IProgress<EpochReport>
    {
        public void Report(EpochReport value) => Add(value);
    }
}
