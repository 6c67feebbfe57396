namespace BackpropGen.Tests.Training;

/// <summary>Two inputs, three classes; plain gradient descent has no state, so that parameters are all there is.</summary>
[NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(8, Activation.Tanh)]
[Dense(3)]
[Sgd(LearningRate = 0.1)]
internal sealed partial class Blobs;

/// <summary>The same in double.</summary>
[NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy, Precision = Precision.Double)]
[Dense(8, Activation.Tanh)]
[Dense(3)]
[Sgd(LearningRate = 0.1)]
internal sealed partial class BlobsDouble;

/// <summary>One input, one value.</summary>
[NeuralNetwork(1)]
[Dense(16, Activation.Tanh)]
[Dense(1)]
[Adam(LearningRate = 0.01)]
internal sealed partial class Curve;

/// <summary>One output between 0 and 1.</summary>
[NeuralNetwork(2, Loss = Loss.BinaryCrossEntropyWithLogits)]
[Dense(8, Activation.Tanh)]
[Dense(1)]
[Adam(LearningRate = 0.05)]
internal sealed partial class Binary;

/// <summary>Data for the tests of the trainer.</summary>
internal static class TrainerCase
{
    /// <summary>Points around the corners of a triangle, labelled by corner.</summary>
    public static LabeledData<float> Triangle(int count, int seed = 1, bool weighted = false)
    {
        (double X, double Y)[] corners = [(0, 1), (-0.9, -0.5), (0.9, -0.5)];
        var random = new Random(seed);
        int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(3))];
        float[] inputs = [.. labels.SelectMany(label => new[] { Near(corners[label].X), Near(corners[label].Y) })];
        float[] weights = weighted ? [.. labels.Select(_ => 0.5f + random.NextSingle())] : [];
        return new LabeledData<float>(inputs, labels, weights);

        float Near(double value) => (float)(value + (0.7 * (random.NextDouble() - 0.5)));
    }

    /// <summary>A sine.</summary>
    public static TargetData<float> Sine(int count)
    {
        float[] inputs = [.. Enumerable.Range(0, count).Select(i => ((2f * i) / (count - 1)) - 1)];
        return new TargetData<float>(inputs, Array.ConvertAll(inputs, x => MathF.Sin(3 * x)), count);
    }

    public static float[] ParametersOf(INeuralNetwork<float> network, int count)
    {
        var parameters = new float[count];
        network.CopyParametersTo(parameters);
        return parameters;
    }

    public static float[] ParametersOf(Blobs network) => ParametersOf(network, Blobs.ParameterCount);
}

/// <summary>Writes down what it is told, and does what a test asks for at a step.</summary>
internal sealed class Recorder : ITrainingObserver
{
    private TrainingSession? _session;

    public List<string> Calls { get; } = [];

    public List<StepReport> Steps { get; } = [];

    public List<EpochReport> Epochs { get; } = [];

    public List<TrainerState> States { get; } = [];

    public Action<TrainingSession, StepReport>? AtStep { get; init; }

    public Action<TrainingSession, EpochReport>? AtEpoch { get; init; }

    public void OnTrainingStarted(in TrainingStartReport report)
    {
        _session = report.Session;
        Calls.Add($"start {report.Epochs} × {report.BatchesPerEpoch}, {report.SampleCount} + {report.ValidationCount}");
    }

    public void OnEpochStarted(in EpochStartReport report) => Calls.Add($"epoch {report.Epoch}");

    public void OnStepCompleted(in StepReport report)
    {
        Calls.Add($"step {report.Epoch}.{report.Batch}: {report.SampleCount}");
        Steps.Add(report);
        States.Add(_session!.CaptureState());
        AtStep?.Invoke(_session, report);
    }

    public void OnEpochCompleted(in EpochReport report)
    {
        Calls.Add($"epoch {report.Record.Epoch} done");
        Epochs.Add(report);
        AtEpoch?.Invoke(_session!, report);
    }

    public void OnTrainingCompleted(in TrainingEndReport report) => Calls.Add($"end {report.Result.StopReason}");
}
