using BackpropGen.Generator;
using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;

namespace BackpropGen.Conformance;

/// <summary>A batch for a network, with parameters. All numbers but class weights are exact in single precision.</summary>
/// <param name="Data">What the interpreter evaluates.</param>
/// <param name="Targets">The same targets in every form in which they mean the same.</param>
internal sealed record RandomBatch(GraphData Data, IReadOnlyList<Targets> Targets)
{
    /// <summary>Draws a batch.</summary>
    public static RandomBatch Draw(Random random, NetworkSpec spec, int rows)
    {
        int outputs = spec.Layers.Aggregate(spec.Inputs, (width, layer) => layer.OutputsFor(width));
        double[] inputs = Fill(rows * spec.Inputs, () => Normal(random));
        double[] parameters = DrawParameters(random, spec);
        double[]? weights = DrawSampleWeights(random, spec.Loss, rows);
        Dictionary<string, double[]> masks = DrawMasks(random, spec, rows);

        LossRule rule = LossRules.Of(spec.Loss.Kind);
        bool labelled = rule.TakesLabels && (!rule.TakesRows || random.Next(3) > 0);
        if (!labelled)
        {
            double[] targets = DrawRows(random, spec.Loss.Kind, rows, outputs);
            return new RandomBatch(
                new GraphData(inputs, targets, parameters, TargetsAreLabels: false, weights) { Given = masks }, [new Targets(null, targets, weights)]);
        }

        int[] labels = Fill(rows, () => random.Next(outputs));
        double[] oneHot = GraphData.OneHot(labels, outputs);
        List<Targets> forms = [new Targets(labels, null, weights)];
        if (rule.TakesRows && spec.Loss.ClassWeights.Count == 0)
        {
            forms.Add(new Targets(null, oneHot, weights));
        }

        return new RandomBatch(new GraphData(inputs, oneHot, parameters, TargetsAreLabels: true, weights) { Given = masks }, forms);
    }

    /// <summary>A number in [low, high), exact in single precision.</summary>
    public static double Uniform(Random random, double low, double high) => (float)(low + ((high - low) * random.NextDouble()));

    /// <summary>Weights that keep the variance of a layer's inputs, and small biases.</summary>
    private static double[] DrawParameters(Random random, NetworkSpec spec)
    {
        List<double> parameters = [];
        foreach (ParameterTensor tensor in ParameterTensor.Of(spec))
        {
            (double low, double high) = tensor.Name[0] switch
            {
                'b' => (-0.5, 0.5),
                'g' => (0.5, 1.5),
                _ => (-Math.Sqrt(3.0 / tensor.Rows), Math.Sqrt(3.0 / tensor.Rows)),
            };
            parameters.AddRange(Fill(tensor.Length, () => Uniform(random, low, high)));
        }

        return [.. parameters];
    }

    /// <summary>The masks of dropout by name; the factors are those of a float.</summary>
    private static Dictionary<string, double[]> DrawMasks(Random random, NetworkSpec spec, int rows) => GraphBuilder.Build(spec).Forward
        .OfType<DropoutMask>()
        .ToDictionary(
            op => op.Result.Name,
            op => Fill(rows * op.Result.Shape.Columns, () => random.NextDouble() < op.Rate ? 0 : (double)(float)(1 / (1 - op.Rate))));

    /// <summary>No weights, or positive ones with a zero here and there.</summary>
    private static double[]? DrawSampleWeights(Random random, LossSpec loss, int rows)
    {
        if (loss.Reduction != Reduction.WeightedMean && random.Next(3) > 0)
        {
            return null;
        }

        double[] weights = Fill(rows, () => random.Next(10) == 0 ? 0 : Uniform(random, 0.25, 2));
        weights[0] = 1;
        return weights;
    }

    /// <summary>Target rows that the loss is defined for.</summary>
    private static double[] DrawRows(Random random, Loss loss, int rows, int outputs) => loss switch
    {
        Loss.SoftmaxCrossEntropy or Loss.CrossEntropy or Loss.KullbackLeiblerDivergence =>
            [.. Enumerable.Range(0, rows).SelectMany(_ => Distribution(random, outputs))],
        Loss.BinaryCrossEntropy or Loss.BinaryCrossEntropyWithLogits =>
            Fill(rows * outputs, () => random.Next(3) == 0 ? Uniform(random, 0, 1) : random.Next(2)),
        Loss.PoissonNegativeLogLikelihood => Fill(rows * outputs, () => (double)random.Next(5)),
        _ => Fill(rows * outputs, () => Normal(random)),
    };

    /// <summary>A probability row; some of its probabilities are zero.</summary>
    private static double[] Distribution(Random random, int length)
    {
        double[] row = Fill(length, () => random.Next(4) == 0 ? 0 : random.NextDouble());
        row[random.Next(length)] = 1;
        double sum = row.Sum();
        return Array.ConvertAll(row, value => (double)(float)(value / sum));
    }

    private static double Normal(Random random)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return (float)(radius * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    private static T[] Fill<T>(int length, Func<T> draw)
    {
        var values = new T[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = draw();
        }

        return values;
    }
}
