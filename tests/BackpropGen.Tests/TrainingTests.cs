namespace BackpropGen.Tests;

[NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(33, Activation.Relu)]
[Dense(33, Activation.Tanh)]
[Dense(3)]
[Adam(LearningRate = 0.01)]
internal sealed partial class SpiralNet;

/// <summary>Networks learn.</summary>
public sealed class TrainingTests
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Xor_IsLearnt(ulong seed)
    {
        var net = new XorSingle(seed);
        float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1];
        float[] targets = [0, 1, 1, 0];
        float first = net.TrainStep(inputs, targets);
        float last = first;
        for (int i = 0; i < 500; i++)
        {
            last = net.TrainStep(inputs, targets);
        }

        float[] outputs = new float[4];
        net.Predict(inputs, outputs);
        Assert.True(last < 1e-3f && last < first, $"The loss went from {first} to {last}.");
        Assert.All(outputs.Zip(targets), pair => Assert.InRange(pair.First, pair.Second - 0.1f, pair.Second + 0.1f));
    }

    [Fact]
    public void Spirals_AreLearnt()
    {
        (float[] inputs, int[] labels) = Spirals(samplesPerArm: 100);
        var net = new SpiralNet(seed: 5);
        for (int epoch = 0; epoch < 400; epoch++)
        {
            net.TrainStep(inputs, labels);
        }

        float[] probabilities = new float[labels.Length * 3];
        net.Predict(inputs, probabilities);
        int right = labels.Where((label, i) => probabilities.AsSpan(i * 3, 3).IndexOf(probabilities.AsSpan(i * 3, 3).ToArray().Max()) == label).Count();
        Assert.True(right >= 0.97 * labels.Length, $"{right} of {labels.Length} are right.");
    }

    [Fact]
    public void TrainStep_LowersTheLossOfADeepNetwork()
    {
        NetworkCase<double> network = AllNetworks.Double($"{nameof(Deep)}, Labels");
        ITestNetwork<double> net = network.Create(1);
        Batch<double> batch = Batch<double>.Random(network, 16, seed: 1);
        double before = net.Evaluate(batch);
        for (int i = 0; i < 200; i++)
        {
            net.TrainStep(batch);
        }

        Assert.True(net.Evaluate(batch) < 0.95 * before);
    }

    /// <summary>Three interleaved arms, with a little noise.</summary>
    private static (float[] Inputs, int[] Labels) Spirals(int samplesPerArm)
    {
        var random = new Random(1);
        var inputs = new List<float>();
        var labels = new List<int>();
        for (int arm = 0; arm < 3; arm++)
        {
            for (int i = 0; i < samplesPerArm; i++)
            {
                double radius = (i + 1.0) / samplesPerArm;
                double angle = (arm * 2 * Math.PI / 3) + (4 * radius) + (0.1 * (random.NextDouble() - 0.5));
                inputs.Add((float)(radius * Math.Cos(angle)));
                inputs.Add((float)(radius * Math.Sin(angle)));
                labels.Add(arm);
            }
        }

        return ([.. inputs], [.. labels]);
    }
}
