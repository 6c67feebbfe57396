// Backpropagation through four layers, every number of it, each gradient next to its central difference.
// Row vectors: a batch is a matrix with one sample per row, W is [in × out], and H is the mean over the batch.

using System.Text;
using FourLayer;

const double Tolerance = 1e-8;

Console.OutputEncoding = Encoding.UTF8;
var printer = new DerivationPrinter(Console.Out);

// Two decimals, so that every line below can be followed with a pocket calculator; biases too, so that they are seen to work.
var net = new FourLayerNet();
var random = new Random(7);
foreach (ref double parameter in net.Parameters)
{
    parameter = Math.Round(random.NextDouble() * 2 - 1, 2);
}

double[] inputs =
[
    0.5, -0.2, 0.8, 0.1,
    -0.9, 0.4, 0.3, -0.6,
    0.2, 0.7, -0.5, 0.9,
];
int[] labels = [2, 0, 1];

var W1 = new Matrix(4, 5, net.Dense1.Weights.ToArray());
var W2 = new Matrix(5, 4, net.Dense2.Weights.ToArray());
var W3 = new Matrix(4, 3, net.Dense3.Weights.ToArray());

printer.Chapter("The network");
Console.WriteLine();
Console.WriteLine(FourLayerNet.Summary.TrimEnd());
printer.Given("W1", W1);
printer.Given("b1", new Matrix(1, 5, net.Dense1.Bias.ToArray()));
printer.Given("W2", W2);
printer.Given("b2", new Matrix(1, 4, net.Dense2.Bias.ToArray()));
printer.Given("W3", W3);
printer.Given("b3", new Matrix(1, 3, net.Dense3.Bias.ToArray()));

Derive("One sample", inputs[..4], labels[..1]);
Derive("A batch of three samples", inputs, labels);
bool falls = Train();

bool agrees = printer.LargestDifference <= Tolerance;
printer.Chapter("Result");
printer.Line(agrees
    ? $"All values agree: the largest difference is {DerivationPrinter.Scientific(printer.LargestDifference)}, allowed is {DerivationPrinter.Scientific(Tolerance)}."
    : $"NOT all values agree: the largest difference is {DerivationPrinter.Scientific(printer.LargestDifference)}, allowed is {DerivationPrinter.Scientific(Tolerance)}.");
if (!falls)
{
    Console.WriteLine("The loss did NOT fall in every training step.");
}

return agrees && falls ? 0 : 1;

// One forward and one backward pass: the generated code computes, this function shows and checks.
void Derive(string title, double[] samples, int[] classes)
{
    int n = classes.Length;
    var x = new Matrix(n, 4, samples);
    var y = Matrix.OneHot(classes, 3);
    Func<double> loss = () => net.Evaluate(samples, classes);

    net.Forward(samples);
    double H = net.Backward(classes);

    Matrix z1 = new(n, 5), h1 = new(n, 5), δ1 = new(n, 5);
    net.Dense1.CopyPreActivationsTo(z1.Values);
    net.Dense1.CopyOutputsTo(h1.Values);
    net.Dense1.CopyDeltasTo(δ1.Values);

    Matrix z2 = new(n, 4), h2 = new(n, 4), δ2 = new(n, 4);
    net.Dense2.CopyPreActivationsTo(z2.Values);
    net.Dense2.CopyOutputsTo(h2.Values);
    net.Dense2.CopyDeltasTo(δ2.Values);

    Matrix z3 = new(n, 3), p = new(n, 3), δ3 = new(n, 3);
    net.Dense3.CopyPreActivationsTo(z3.Values);
    net.Dense3.CopyDeltasTo(δ3.Values);
    net.Predict(samples, p.Values);

    var dx = new Matrix(n, 4, net.InputGradients.ToArray());

    printer.Chapter(title);
    printer.Given("x", x);
    printer.Given("y", y);

    printer.Section("forward", "each layer weighs, adds and bends");
    printer.Show("z1 = x·W1 + b1", z1);
    printer.Show("h1 = σ(z1)", h1);
    printer.Show("z2 = h1·W2 + b2", z2);
    printer.Show("h2 = σ(z2)", h2);
    printer.Show("z3 = h2·W3 + b3", z3);
    printer.Show("p = softmax(z3)", p);

    printer.Section("loss");
    printer.Line($"H = −Σ y·ln p{(n == 1 ? "" : $" / {n}")} = {H:F6}");

    printer.Section("output layer", "softmax Jacobian and cross-entropy collapse into one subtraction");
    printer.Compare(
        n == 1 ? "δ3 = p − y" : $"δ3 = (p − y) / {n}", δ3,
        "the equation, recomputed", Matrix.Zip(p, y, (p, y) => (p - y) / n));
    printer.Compare(
        "∂W3 = h2ᵀ·δ3", new Matrix(4, 3, net.Dense3.WeightGradients.ToArray()),
        "central difference", new Matrix(4, 3, CentralDifference.Of(net.Dense3.Weights, loss)));
    printer.Compare(
        "∂b3 = column sums of δ3", new Matrix(1, 3, net.Dense3.BiasGradients.ToArray()),
        "central difference", new Matrix(1, 3, CentralDifference.Of(net.Dense3.Bias, loss)));

    printer.Section("hidden layer 2", "takes δ3 from above; nothing below δ3 is computed twice");
    Matrix dh2 = Matrix.TimesTransposed(δ3, W3);
    printer.Show("∂h2 = δ3·W3ᵀ", dh2);
    printer.Compare(
        "δ2 = ∂h2 ⊙ σ′(z2), σ′ = h2⊙(1 − h2)", δ2,
        "the equation, recomputed", Matrix.Zip(dh2, h2, (dh, h) => dh * h * (1 - h)));
    printer.Compare(
        "∂W2 = h1ᵀ·δ2", new Matrix(5, 4, net.Dense2.WeightGradients.ToArray()),
        "central difference", new Matrix(5, 4, CentralDifference.Of(net.Dense2.Weights, loss)));
    printer.Compare(
        "∂b2 = column sums of δ2", new Matrix(1, 4, net.Dense2.BiasGradients.ToArray()),
        "central difference", new Matrix(1, 4, CentralDifference.Of(net.Dense2.Bias, loss)));

    printer.Section("hidden layer 1", "the same three lines, with δ2 from above");
    Matrix dh1 = Matrix.TimesTransposed(δ2, W2);
    printer.Show("∂h1 = δ2·W2ᵀ", dh1);
    printer.Compare(
        "δ1 = ∂h1 ⊙ σ′(z1), σ′ = h1⊙(1 − h1)", δ1,
        "the equation, recomputed", Matrix.Zip(dh1, h1, (dh, h) => dh * h * (1 - h)));
    printer.Compare(
        "∂W1 = xᵀ·δ1", new Matrix(4, 5, net.Dense1.WeightGradients.ToArray()),
        "central difference", new Matrix(4, 5, CentralDifference.Of(net.Dense1.Weights, loss)));
    printer.Compare(
        "∂b1 = column sums of δ1", new Matrix(1, 5, net.Dense1.BiasGradients.ToArray()),
        "central difference", new Matrix(1, 5, CentralDifference.Of(net.Dense1.Bias, loss)));

    printer.Section("input", "a network below this one would start from here");
    printer.Compare(
        "∂x = δ1·W1ᵀ", dx,
        "central difference", new Matrix(n, 4, CentralDifference.Of(samples, loss)));
}

// Three steps of W ← W − η·∂W and b ← b − η·∂b on the batch.
bool Train()
{
    printer.Chapter($"Three training steps on the batch, η = {net.LearningRate}");
    Console.WriteLine();

    bool falls = true;
    double last = double.PositiveInfinity;
    for (int step = 1; step <= 3; step++)
    {
        double before = net.TrainStep(inputs, labels);
        Console.WriteLine($"    before step {step}    H = {before:F6}");
        falls &= before < last;
        last = before;
    }

    double after = net.Evaluate(inputs, labels);
    Console.WriteLine($"    after step 3     H = {after:F6}");
    return falls && after < last;
}
