using BackpropGen.Generator;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;

namespace BackpropGen.Conformance;

/// <summary>
/// Draws networks with their batches and takes the graph interpreter's numbers as the reference. Network i of a seed is always the
/// same one, whatever the number of networks.
/// </summary>
internal static class RandomNetworks
{
    private const int MaxBatch = 70;
    private const int OptimizerSteps = 3;
    private const int TriesPerBatchSize = 6;
    private const int TriesPerTopology = 60;

    private static readonly PrecisionCheck Double = new(Precision.Double, new Tolerance(1e-9, 1e-12, ToleranceScale.Tensor));
    private static readonly PrecisionCheck Single = new(Precision.Single, new Tolerance(1e-4, 2e-5, ToleranceScale.Tensor));

    /// <summary>The networks of a seed.</summary>
    public static IEnumerable<CaseSource> Create(int count, int seed) => Enumerable.Range(0, count).Select(index =>
    {
        ReferenceCase reference = Draw(seed, index);
        return new CaseSource(reference.Name, reference);
    });

    private static ReferenceCase Draw(int seed, int index)
    {
        var random = new Random(unchecked((seed * 1_000_003) + index));
        ReferenceCase? drawn;
        do
        {
            drawn = TryDraw(random, FormattableString.Invariant($"random_{seed}_{index}"));
        }
        while (drawn is null);

        return drawn;
    }

    /// <summary>A network and a batch, or null where no batch stays clear of all kinks.</summary>
    private static ReferenceCase? TryDraw(Random random, string name)
    {
        NetworkSpec spec = RandomTopology.Draw(random);
        // Normalisation cancels most of what comes down to it, so what is left of a float is rounding; the reference files check float.
        bool isSingle = random.Next(2) != 0 && !spec.Layers.Any(layer => layer is LayerNormSpec);
        PrecisionCheck precision = isSingle ? Single : Double;
        var network = new InterpretedNetwork(spec);

        // Kinks nearer than rounding are avoided by drawing anew, and by smaller batches where there are too many pre-activations.
        double leastMargin = precision == Single ? 1e-5 : 1e-10;
        int rows = random.Next(1, MaxBatch + 1);
        for (int attempt = 1; attempt <= TriesPerTopology; attempt++)
        {
            var batch = RandomBatch.Draw(random, spec, rows);
            ReferenceValues values = network.Evaluate(batch.Data);
            spec = spec with { Optimizer = WithModestSteps(spec.Optimizer, values) };
            (ReferenceTrajectory? trajectory, double margin) = Train(network, spec, batch, values);
            if (margin >= leastMargin)
            {
                return new ReferenceCase(
                    name, spec, [precision], batch.Data.Inputs, batch.Data.Parameters, batch.Targets, values, trajectory, CheckDifferences: true)
                {
                    Masks = [.. GraphBuilder.Build(spec).Forward.OfType<DropoutMask>().Select(op => batch.Data.Given[op.Result.Name])],
                };
            }

            rows = attempt % TriesPerBatchSize == 0 ? Math.Max(1, rows / 2) : rows;
        }

        return null;
    }

    /// <summary>
    /// Gradient descent with a learning rate small enough for the gradient at hand: where the steps diverge, they double any rounding,
    /// and nothing could be compared after a few of them.
    /// </summary>
    private static OptimizerSpec? WithModestSteps(OptimizerSpec? optimizer, ReferenceValues values)
    {
        if (optimizer is not SgdSpec sgd)
        {
            return optimizer;
        }

        double rate = sgd.LearningRate;
        while (rate * Norm(values.Gradients) > 0.1)
        {
            rate /= 2;
        }

        return sgd with { LearningRate = rate };
    }

    /// <summary>The numbers of the optimizer steps, and how far they and the first pass stay from a kink.</summary>
    private static (ReferenceTrajectory? Trajectory, double Margin) Train(
        InterpretedNetwork network, NetworkSpec spec, RandomBatch batch, ReferenceValues first)
    {
        double margin = KinkMargin.Of(spec, first, batch.Targets[0]);
        if (spec.Optimizer is null)
        {
            return (null, margin);
        }

        var optimizer = new ReferenceOptimizer(spec, batch.Data.Parameters.Length);
        List<ReferenceStep> steps = [];
        GraphData data = batch.Data;
        ReferenceValues values = first;
        for (int step = 1; step <= OptimizerSteps; step++)
        {
            double learningRate = step == OptimizerSteps ? spec.Optimizer.LearningRate / 2 : spec.Optimizer.LearningRate;
            data = data with { Parameters = optimizer.Step(data.Parameters, values.Gradients, learningRate) };
            steps.Add(new ReferenceStep(learningRate, values.Loss, Norm(values.Gradients), data.Parameters));
            values = network.Evaluate(data);
            margin = Math.Min(margin, KinkMargin.Of(spec, values, batch.Targets[0]));
        }

        return (new ReferenceTrajectory(steps, values.Loss), margin);
    }

    private static double Norm(double[] gradients) => Math.Sqrt(gradients.Sum(gradient => gradient * gradient));
}
