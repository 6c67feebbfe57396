using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Tests.Lowering;

/// <summary>Valid networks by chance: every activation, every loss, layers of both kinds, narrow and wide.</summary>
internal static class RandomNetworks
{
    private static readonly Activation[] Activations = Enum.GetValues<Activation>();

    /// <summary>The same network for the same seed.</summary>
    /// <param name="seed">Any number; networks of different seeds have different class names.</param>
    /// <param name="maximumDepth">The largest number of layers.</param>
    /// <param name="maximumWidth">The largest number of units.</param>
    public static NetworkSpec Create(int seed, int maximumDepth, int maximumWidth)
    {
        var random = new Random(seed);
        int inputs = Width(1);
        int depth = random.Next(1, maximumDepth + 1);
        LossSpec loss = new(Losses.All[random.Next(Losses.All.Length)], (Reduction)random.Next(3), Parameter: 0.5);
        IReadOnlyList<Activation> last = Losses.OutputsOf(loss.Kind);
        var layers = new List<LayerSpec>();
        int width = inputs;
        for (int i = 1; i < depth; i++)
        {
            bool isDense = random.Next(4) > 0;
            width = isDense ? Width(1) : width;
            layers.Add(isDense ? Dense(width, Hidden(width)) : Activate(Hidden(width)));
        }

        width = Width(2);
        layers.Add(Dense(width, last[random.Next(last.Count)]));
        if (random.Next(5) == 0)
        {
            layers.Add(Activate(Activation.Identity));
        }

        if (random.Next(4) == 0 && loss.Kind == Loss.SoftmaxCrossEntropy)
        {
            loss = loss with { ClassWeights = Weights(width), LabelSmoothing = random.Next(2) * 0.1 };
        }
        else if (random.Next(2) == 0 && loss.Kind == Loss.BinaryCrossEntropyWithLogits)
        {
            loss = loss with { PositiveWeights = Weights(width) };
        }

        OptimizerSpec?[] optimizers =
        [
            null, new SgdSpec(0.1), new SgdSpec(0.1, 0.9, 0.5), new SgdSpec(0.1, 0.9, Nesterov: true, WeightDecay: 0.1),
            new AdamSpec(0.001), new AdamSpec(0.001, WeightDecay: 0.1), new AdamSpec(0.001, WeightDecay: 0.1) { DecoupledWeightDecay = true },
            new RmsPropSpec(0.01, Momentum: 0.9, Centered: true) { ClipNorm = 1 }, new AdagradSpec(0.01, 0.1, 0.5), new AdadeltaSpec(1),
            new AdamaxSpec(0.01), new NAdamSpec(0.01), new RAdamSpec(0.01) { ClipValue = 1 }, new LionSpec(0.01) { DecoupledWeightDecay = true },
            new AdamSpec(0.01, WeightDecay: 0.1, Amsgrad: true) { DecayBiases = false, AverageDecay = 0.99, ClipNorm = 1 },
        ];
        return Named.Network(
            FormattableString.Invariant($"Random{seed}"), inputs, loss, layers, optimizers[random.Next(optimizers.Length)],
            (Precision)random.Next(2), inputGradients: random.Next(3) > 0, keepIntermediates: random.Next(3) == 0);

        int Width(int least) => random.Next(3) == 0 ? random.Next(least, 4) : random.Next(least, maximumWidth + 1);

        // Softmax over one unit is not valid.
        Activation Hidden(int units)
        {
            Activation activation = Activations[random.Next(Activations.Length)];
            return units == 1 && activation is (Activation.Softmax or Activation.LogSoftmax) ? Activation.Tanh : activation;
        }

        DenseSpec Dense(int units, Activation activation) =>
            new(string.Empty, units, Losses.WithParameter(activation), random.Next(4) > 0);

        ActivationLayerSpec Activate(Activation activation) => new(string.Empty, Losses.WithParameter(activation));

        EquatableArray<double> Weights(int count) => new(Enumerable.Range(0, count).Select(_ => 0.25 + random.NextDouble()));
    }

    /// <summary>A random network after lowering.</summary>
    public static LoweredProgram Lowered(int seed, int maximumDepth, int maximumWidth) =>
        Lower(Create(seed, maximumDepth, maximumWidth));

    public static LoweredProgram Lower(NetworkSpec spec) => LoweringPipeline.Lower(Differentiator.Differentiate(GraphBuilder.Build(spec)));
}
