namespace BackpropGen.Tests;

/// <summary>The emitted forward pass against the mathematics written out.</summary>
public sealed class ForwardTests
{
    public static TheoryData<string> Networks => AllNetworks.DoubleNames;

    [Fact]
    public void FourLayer_IsItsEquations()
    {
        var net = new FourLayer(seed: 3);
        double[] x = [0.5, -1, 0.25, 2];
        double[] logits = new double[3];
        double[] probabilities = new double[3];

        net.Forward(x, logits);
        net.Predict(x, probabilities);

        double[] h1 = Array.ConvertAll(Affine(x, net.Dense1.Weights, net.Dense1.Bias), Sigmoid);
        double[] h2 = Array.ConvertAll(Affine(h1, net.Dense2.Weights, net.Dense2.Bias), Sigmoid);
        double[] z3 = Affine(h2, net.Dense3.Weights, net.Dense3.Bias);
        double total = z3.Sum(Math.Exp);
        Close.All<double, double>(z3, logits, relative: 1e-13, absolute: 1e-15, "z3");
        Close.All<double, double>(Array.ConvertAll(z3, z => Math.Exp(z) / total), probabilities, relative: 1e-13, absolute: 1e-15, "p");
    }

    [Fact]
    public void Loss_OfFourLayerIsTheMeanOfMinusLogP()
    {
        var net = new FourLayer(seed: 4);
        double[] x = [0.5, -1, 0.25, 2, 1, 0, -0.5, 0.75];
        double[] p = new double[6];
        net.Predict(x, p);

        double loss = net.Evaluate(x, [2, 0]);

        Close.One(-(Math.Log(p[2]) + Math.Log(p[3])) / 2, loss, relative: 1e-12, absolute: 0, "H");
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Forward_OfABatchIsForwardOfEachSample(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        ITestNetwork<double> net = network.CreateWithBiases();
        Batch<double> batch = Batch<double>.Random(network, count: 31, seed: 5);
        double[] together = new double[31 * network.Outputs];
        double[] alone = new double[network.Outputs];

        net.Forward(batch.Inputs, together);

        for (int i = 0; i < 31; i++)
        {
            net.Forward(batch.Slice(i, 1).Inputs, alone);
            Close.All<double, double>(alone, together.AsSpan(i * network.Outputs, network.Outputs), 1e-12, 1e-14, $"sample {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Predict_LeavesNothingBehind(string name)
    {
        NetworkCase<double> network = AllNetworks.Double(name);
        Batch<double> batch = Batch<double>.Random(network, count: 4, seed: 6);
        Batch<double> other = Batch<double>.Random(network, count: 9, seed: 7);
        ITestNetwork<double> net = network.CreateWithBiases();
        net.ForwardBackward(batch);
        double[] gradients = net.Gradients.ToArray();

        net.Forward(batch.Inputs);
        net.Predict(other.Inputs, new double[9 * network.Outputs]);
        net.Evaluate(other);
        net.Backward(batch);

        Close.Bitwise<double>(gradients, net.Gradients);
    }

    [Fact]
    public void Predict_GivesWhatTheLossCallsAPrediction()
    {
        CheckPrediction(new BinaryLogitsNet(2), (row, k) => Sigmoid(row[k]));
        CheckPrediction(new PoissonNet(2), (row, k) => Math.Exp(row[k]));
        CheckPrediction(new SmoothedNet(2), (row, k) => Math.Exp(row[k]) / row.Sum(Math.Exp));
        CheckPrediction(new CrossEntropyNet(2), (row, k) => row[k]);
        CheckPrediction(new KullbackLeiblerNet(2), (row, k) => row[k]);
        CheckPrediction(new HuberNet(2), (row, k) => row[k]);

        static void CheckPrediction(ITestNetwork<double> net, Func<double[], int, double> expected)
        {
            double[] x = [0.3, -0.2, 1.1, 0.7];
            double[] h = new double[5];
            double[] prediction = new double[5];
            net.Forward(x, h);
            net.Predict(x, prediction);
            Close.All<double, double>([.. Enumerable.Range(0, 5).Select(k => expected(h, k))], prediction, 1e-12, 1e-15, net.GetType().Name);
        }
    }

    [Fact]
    public void Intermediates_AreThoseOfTheDerivation()
    {
        var net = new Keeping(seed: 2);
        double[] x = [0.1, -0.4, 0.9, 1.2, -2, 0.5, 0.6, -0.7, 0.8, 0];
        double[] targets = [0.2, 0.4, 0.9, 0.1, 0.5, 0.3];
        net.Forward(x);
        net.Backward(targets);

        double[] z1 = Copy(net.Hidden.CopyPreActivationsTo, 9);
        double[] h1 = Copy(net.Hidden.CopyOutputsTo, 9);
        double[] h2 = Copy(net.Activation1.CopyOutputsTo, 9);
        double[] z3 = Copy(net.Dense2.CopyPreActivationsTo, 33);
        double[] h3 = Copy(net.Dense2.CopyOutputsTo, 33);
        double[] z4 = Copy(net.Dense3.CopyPreActivationsTo, 3);
        double[] h4 = Copy(net.Dense3.CopyOutputsTo, 3);
        double[] d4 = Copy(net.Dense3.CopyDeltasTo, 3);
        double[] d3 = Copy(net.Dense2.CopyDeltasTo, 33);

        Close.All<double, double>(Affine(x[..5], net.Hidden.Weights, net.Hidden.Bias), z1.AsSpan(0, 9), 1e-13, 1e-15, "z1");
        Close.All<double, double>(Copy(net.Activation1.CopyPreActivationsTo, 9), h1, 0, 0, "z2");
        Close.All<double, double>(Array.ConvertAll(h1, Math.Tanh), h2, 1e-13, 1e-15, "h2");
        Close.All<double, double>(Affine(h2[9..], net.Dense2.Weights, net.Dense2.Bias), z3.AsSpan(33), 1e-13, 1e-15, "z3");
        Close.All<double, double>(Array.ConvertAll(z3, z => Math.Max(z, 0)), h3, 0, 0, "h3");
        Close.All<double, double>(Array.ConvertAll(z4, Sigmoid), h4, 1e-13, 1e-15, "h4");
        for (int i = 0; i < 6; i++)
        {
            Close.One(2 * (h4[i] - targets[i]) / 6 * h4[i] * (1 - h4[i]), d4[i], 1e-12, 1e-15, $"δ4[{i}]");
        }

        for (int unit = 0; unit < 33; unit++)
        {
            double upstream = Enumerable.Range(0, 3).Sum(k => d4[k] * net.Dense3.Weights[(unit * 3) + k]);
            Close.One(z3[unit] > 0 ? upstream : 0, d3[unit], 1e-12, 1e-15, $"δ3[{unit}]");
        }

        static double[] Copy(CopyTo copy, int width)
        {
            double[] rows = new double[2 * width];
            copy(rows);
            return rows;
        }
    }

    private delegate void CopyTo(Span<double> destination);

    private static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));

    /// <summary>x·W + b with W [in × out] row by row.</summary>
    private static double[] Affine(double[] x, Span<double> weights, Span<double> bias)
    {
        double[] z = bias.ToArray();
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < z.Length; j++)
            {
                z[j] += x[i] * weights[(i * z.Length) + j];
            }
        }

        return z;
    }
}
