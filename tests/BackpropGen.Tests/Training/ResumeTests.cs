using System.Numerics;

namespace BackpropGen.Tests.Training;

/// <summary>Two inputs, three classes, and an optimizer with moments and an average.</summary>
[NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(8, Activation.Tanh)]
[Dense(3)]
[Adam(LearningRate = 0.02, WeightDecay = 1e-4, AverageDecay = 0.9)]
internal sealed partial class AdamBlobs;

/// <summary>The same in double.</summary>
[NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy, Precision = Precision.Double)]
[Dense(8, Activation.Tanh)]
[Dense(3)]
[Adam(LearningRate = 0.02, WeightDecay = 1e-4, AverageDecay = 0.9)]
internal sealed partial class AdamBlobsDouble;

/// <summary>A network that draws masks.</summary>
[NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(16, Activation.Relu)]
[Dropout(0.25)]
[Dense(3)]
[Adam(LearningRate = 0.02)]
internal sealed partial class MaskedBlobs;

/// <summary>
/// The whole way of a run that is interrupted: an observer stops it, one file keeps it, and new objects that know nothing but the file go on.
/// </summary>
public sealed class ResumeTests
{
    private const int Epochs = 10;
    private const int StepsPerEpoch = 7;

    /// <summary>How the learning rate is set: by a schedule, by a plateau with early stopping, or not at all.</summary>
    public enum Rate
    {
        Own,
        Schedule,
        Plateau,
    }

    public static TheoryData<Rate, long> Interruptions
    {
        get
        {
            // In the middle of an epoch, after its first step, after its last, and in the last epoch.
            var data = new TheoryData<Rate, long>();
            foreach (long step in new long[] { 3, 31, 35, 41, 66 })
            {
                data.Add(Rate.Own, step);
                data.Add(Rate.Schedule, step);
                data.Add(Rate.Plateau, step);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Interruptions))]
    public void ARunOfFloatsGoesOnFromItsFile(Rate rate, long lastStep) =>
        GoesOn<AdamBlobs, float>(seed => new AdamBlobs(seed), TrainerCase.Triangle(65, weighted: true), rate, lastStep);

    [Theory]
    [MemberData(nameof(Interruptions))]
    public void ARunThatDrawsMasksGoesOnFromItsFile(Rate rate, long lastStep) =>
        GoesOn<MaskedBlobs, float>(seed => new MaskedBlobs(seed), TrainerCase.Triangle(65, weighted: true), rate, lastStep);

    [Theory]
    [MemberData(nameof(Interruptions))]
    public void ARunOfDoublesGoesOnFromItsFile(Rate rate, long lastStep)
    {
        LabeledData<float> data = TrainerCase.Triangle(65, weighted: true);
        var inDouble = new LabeledData<double>(
            Array.ConvertAll(data.Inputs.ToArray(), value => (double)value), data.Labels, Array.ConvertAll(data.SampleWeights.ToArray(), value => (double)value));
        GoesOn<AdamBlobsDouble, double>(seed => new AdamBlobsDouble(seed), inDouble, rate, lastStep);
    }

    /// <summary>The tests above would prove little if the rate never fell and the last epoch were always the best.</summary>
    [Fact]
    public void TheRunsDoWhatMakesThemDifficult()
    {
        TrainingResult plateau = Fit<AdamBlobs, float>(new AdamBlobs(seed: 1), TrainerCase.Triangle(65, weighted: true), Options(Rate.Plateau));
        Assert.True(plateau.History[^1].LearningRate < plateau.History[0].LearningRate, "The plateau has not lowered the rate.");
        Assert.NotEqual(Epochs - 1, plateau.BestEpoch);
        Assert.NotNull(plateau.State.BestParameters);

        TrainingResult schedule = Fit<AdamBlobs, float>(new AdamBlobs(seed: 1), TrainerCase.Triangle(65, weighted: true), Options(Rate.Schedule));
        Assert.Equal(Epochs, schedule.History.Select(record => record.LearningRate).Distinct().Count());
        Assert.Equal(Epochs * StepsPerEpoch, schedule.State.Step);
    }

    private static void GoesOn<TNetwork, T>(Func<ulong, TNetwork> create, LabeledData<T> data, Rate rate, long lastStep)
        where TNetwork : class, ILabelTrainable<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TNetwork whole = create(1);
        TrainingResult expected = Fit(whole, data, Options(rate));

        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            TrainingHistory before = RunUntil(create(1), data, Options(rate), lastStep, path);

            TNetwork other = create(99);
            TrainerState state = TrainerState.FromJson(Checkpoint.Load(path, other));
            TrainingResult after = Fit(other, data, Options(rate) with { ResumeFrom = state });

            Close.Bitwise<T>(Copy(whole), Copy(other));
            Same(whole.GetOptimizerState(), other.GetOptimizerState());
            Assert.Equal(Columns(expected.History), Columns(before.Concat(after.History)));
            Assert.Equal(
                (expected.StopReason, expected.Monitor, expected.BestEpoch, expected.BestValue),
                (after.StopReason, after.Monitor, after.BestEpoch, after.BestValue));
            Assert.Equal(expected.State.ToJson(), after.State.ToJson());
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The first part. The checkpoint is written within the observer, as a program does that fears to be killed.</summary>
    private static TrainingHistory RunUntil<TNetwork, T>(TNetwork network, LabeledData<T> data, TrainingOptions options, long lastStep, string path)
        where TNetwork : class, ILabelTrainable<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var stop = new Recorder
        {
            AtStep = (session, step) =>
            {
                if (step.Step == lastStep)
                {
                    Checkpoint.Save(path, network, session.CaptureState().ToJson());
                    session.RequestStop();
                }
            },
        };
        TrainingResult result = Fit(network, data, options with { Observers = [stop] });
        Assert.Equal((StopReason.Requested, lastStep + 1), (result.StopReason, result.State.Step));
        return result.History;
    }

    private static TrainingResult Fit<TNetwork, T>(TNetwork network, LabeledData<T> data, TrainingOptions options)
        where TNetwork : class, ILabelTrainable<T>
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Trainer.Fit(network, data, options, metrics: [new Accuracy<T>(), new LogLoss<T>()]);

    private static TrainingOptions Options(Rate rate)
    {
        var options = new TrainingOptions { Epochs = Epochs, BatchSize = 8, Seed = 5, ValidationSplit = 0.2 };
        return rate switch
        {
            Rate.Schedule => options with { Schedule = new WarmupCosineSchedule(0.05, WarmupSteps: 10, TotalSteps: Epochs * StepsPerEpoch) },
            Rate.Plateau => options with
            {
                Plateau = new PlateauSchedule { LearningRate = 0.5, Factor = 0.5, Patience = 0 },
                EarlyStopping = new EarlyStopping { Patience = 9 },
            },
            _ => options,
        };
    }

    private static T[] Copy<T>(INeuralNetwork<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var parameters = new T[network.Describe().ParameterCount];
        network.CopyParametersTo(parameters);
        return parameters;
    }

    private static void Same<T>(OptimizerState<T> expected, OptimizerState<T> actual)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Numbers, actual.Numbers);
        Assert.Equal(expected.Tensors.Select(entry => entry.Key), actual.Tensors.Select(entry => entry.Key));
        Assert.All(expected.Tensors, entry => Close.Bitwise<T>(entry.Value, actual.GetTensor(entry.Key)));
    }

    /// <summary>What is the same in every run: everything but the time.</summary>
    private static IEnumerable<string> Columns(IEnumerable<EpochRecord> records) => records.Select(record =>
        FormattableString.Invariant($"{record.Epoch} {record.Loss:R} {record.ValidationLoss:R} {record.LearningRate:R} {string.Join(' ', record.Metrics)}"));
}
