using BackpropGen;

// The derivative without calculus, (H(v + ε) − H(v − ε)) / 2ε, knows nothing of layers: it judges what the package computes.
const double Epsilon = 1e-5;

var random = new Random(5);
double[] inputs = Enumerable.Range(0, 7 * FourLayer.InputSize).Select(_ => (random.NextDouble() * 2) - 1).ToArray();
int[] labels = [0, 1, 2, 2, 1, 0, 1];

var net = new FourLayer(seed: 3);
net.Forward(inputs);
double before = net.Backward(labels);

Console.WriteLine($"parameters = {FourLayer.ParameterCount}");
Console.WriteLine($"largest gradient = {net.Gradients.ToArray().Max(Math.Abs):R}");
Console.WriteLine($"largest difference, parameters = {LargestDifference(net.Gradients, net.Parameters):R}");
Console.WriteLine($"largest difference, inputs = {LargestDifference(net.InputGradients, inputs):R}");

for (int step = 0; step < 2000; step++)
{
    net.TrainStep(inputs, labels);
}

Console.WriteLine($"loss before = {before:R}");
Console.WriteLine($"loss after = {net.Evaluate(inputs, labels):R}");

double LargestDifference(ReadOnlySpan<double> gradients, Span<double> values)
{
    double largest = 0;
    for (int i = 0; i < values.Length; i++)
    {
        double value = values[i];
        values[i] = value + Epsilon;
        double above = net.Evaluate(inputs, labels);
        values[i] = value - Epsilon;
        double below = net.Evaluate(inputs, labels);
        values[i] = value;
        largest = Math.Max(largest, Math.Abs(gradients[i] - ((above - below) / (2 * Epsilon))));
    }

    return largest;
}

[NeuralNetwork(4, Loss = Loss.SoftmaxCrossEntropy, Precision = Precision.Double)]
[Dense(5, Activation.Sigmoid)]
[Dense(4, Activation.Sigmoid)]
[Dense(3)]
[Sgd(LearningRate = 0.5, Momentum = 0.9)]
public sealed partial class FourLayer;
