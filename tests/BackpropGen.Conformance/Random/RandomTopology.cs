using BackpropGen.Generator;
using BackpropGen.Generator.Model;

namespace BackpropGen.Conformance;

/// <summary>Draws a network: layers, loss with a fitting last activation, options, optimizer.</summary>
internal static class RandomTopology
{
    private const int MaxDepth = 8;

    private static readonly Activation[] Activations = Enum.GetValues<Activation>();

    private static readonly Loss[] Losses = Enum.GetValues<Loss>();

    private static readonly Activation[] OutputActivations =
        [Activation.Identity, Activation.Identity, Activation.Identity, Activation.Tanh, Activation.LeakyRelu, Activation.Silu];

    /// <summary>A network of 1 to 8 layers.</summary>
    public static NetworkSpec Draw(Random random)
    {
        Loss kind = Pick(random, Losses);
        ActivationSpec last = Parameterised(random, LastActivation(random, kind));
        int outputs = AtLeastTwo(IsOverClasses(kind) || IsOverUnits(last.Kind), Width(random));
        int inputs = Width(random);
        return new NetworkSpec(
            new HostSpec("", default, "Net", "Net", DeclaresConstructor: false),
            inputs,
            new EquatableArray<LayerSpec>(DrawLayers(random, inputs, outputs, last)),
            DrawLoss(random, kind, outputs),
            DrawOptimizer(random),
            InputGradients: random.Next(5) > 0);
    }

    private static List<LayerSpec> DrawLayers(Random random, int inputs, int outputs, ActivationSpec last)
    {
        int depth = random.Next(1, MaxDepth + 1);
        bool separate = depth > 1 && random.Next(6) == 0;

        List<LayerSpec> layers = [];
        int width = inputs;
        while (layers.Count < depth - (separate ? 2 : 1))
        {
            ActivationSpec activation = Parameterised(random, Pick(random, Activations));
            string name = random.Next(8) == 0 ? $"Hidden{layers.Count}" : "";
            int units = AtLeastTwo(IsOverUnits(activation.Kind), Width(random));
            if (random.Next(7) == 0 && (width > 1 || !IsOverUnits(activation.Kind)))
            {
                layers.Add(new ActivationLayerSpec(name, activation));
            }
            else if (random.Next(12) == 0)
            {
                layers.Add(new DropoutSpec("", Pick(random, [0.1, 0.5])));
            }
            else if (random.Next(6) == 0 && width > 1)
            {
                // Not so small that rounding is blown up where a row is nearly constant.
                layers.Add(new LayerNormSpec(name, activation, Pick(random, [1e-3, 1e-2]), Affine: random.Next(3) > 0));
            }
            else
            {
                layers.Add(new DenseSpec(name, units, activation, Bias: random.Next(4) > 0));
                width = units;
            }
        }

        bool bias = random.Next(4) > 0;
        layers.Add(new DenseSpec("", outputs, separate ? new ActivationSpec(Activation.Identity) : last, bias));
        if (separate)
        {
            layers.Add(new ActivationLayerSpec("", last));
        }

        return layers;
    }

    /// <summary>Mostly small and off every vector width, sometimes wide.</summary>
    private static int Width(Random random) => random.Next(10) switch
    {
        < 5 => random.Next(1, 21),
        < 9 => random.Next(1, 71),
        _ => random.Next(71, 301),
    };

    /// <summary>The activation that gives what the loss takes its outputs for.</summary>
    private static Activation LastActivation(Random random, Loss kind) => kind switch
    {
        Loss.CrossEntropy => Activation.Softmax,
        Loss.NegativeLogLikelihood or Loss.KullbackLeiblerDivergence => Activation.LogSoftmax,
        Loss.BinaryCrossEntropy => Activation.Sigmoid,
        Loss.SoftmaxCrossEntropy or Loss.BinaryCrossEntropyWithLogits or Loss.PoissonNegativeLogLikelihood or Loss.MultiMargin =>
            Pick(random, OutputActivations),
        _ => random.Next(2) == 0 ? Activation.Identity : Pick(random, Activations),
    };

    private static ActivationSpec Parameterised(Random random, Activation kind) => kind switch
    {
        Activation.LeakyRelu => new(kind, Pick(random, [0.01, 0.2])),
        Activation.Elu => new(kind, Pick(random, [1.0, 0.5, 1.5])),
        Activation.Softplus => new(kind, Pick(random, [1.0, 0.5, 2.0])),
        _ => new(kind),
    };

    private static LossSpec DrawLoss(Random random, Loss kind, int outputs)
    {
        var loss = new LossSpec(kind, Pick(random, [Reduction.Mean, Reduction.Mean, Reduction.Sum, Reduction.WeightedMean]));
        loss = kind switch
        {
            Loss.Huber or Loss.SmoothL1 => loss with { Parameter = Pick(random, [1.0, 0.5, 1.75]) },
            Loss.Quantile => loss with { Parameter = Pick(random, [0.5, 0.1, 0.9]) },
            Loss.MultiMargin => loss with { Parameter = Pick(random, [1.0, 0.5]), Power = random.Next(1, 3) },
            Loss.SoftmaxCrossEntropy => loss with { LabelSmoothing = Pick(random, [0.0, 0.0, 0.1]) },
            _ => loss,
        };
        bool weighted = random.Next(3) == 0;
        return kind switch
        {
            Loss.SoftmaxCrossEntropy or Loss.NegativeLogLikelihood when weighted => loss with { ClassWeights = Weights(random, outputs) },
            Loss.BinaryCrossEntropyWithLogits when weighted => loss with { PositiveWeights = Weights(random, outputs) },
            _ => loss,
        };
    }

    /// <summary>An optimizer or none, with clipping, exempt biases and averages now and then.</summary>
    private static OptimizerSpec? DrawOptimizer(Random random)
    {
        OptimizerSpec? optimizer = DrawRule(random, Pick(random, [0.0, 0.0, 0.05]));
        if (optimizer is null || random.Next(2) == 0)
        {
            return optimizer;
        }

        double clip = Pick(random, [0.01, 0.3, 10.0]);
        optimizer = random.Next(2) == 0 ? optimizer with { ClipNorm = clip } : optimizer with { ClipValue = clip };
        return optimizer with { DecayBiases = random.Next(2) == 0, AverageDecay = Pick(random, [0.0, 0.9]) };
    }

    /// <summary>
    /// ε is large enough that quotients do not blow up the rounding of a tiny gradient. Lion is missing: it takes the sign of gradients that
    /// may be nothing but rounding; its reference file and the tests of the emitted networks have it.
    /// </summary>
    private static OptimizerSpec? DrawRule(Random random, double decay) => random.Next(11) switch
    {
        0 => null,
        1 or 2 => new SgdSpec(0.1, WeightDecay: decay) { DecoupledWeightDecay = random.Next(2) == 0 },
        3 => random.Next(2) == 0
            ? new SgdSpec(0.05, 0.9, Dampening: Pick(random, [0.0, 0.1]), WeightDecay: decay)
            : new SgdSpec(0.05, 0.9, Nesterov: true, WeightDecay: decay),
        4 => new AdamSpec(0.01, Epsilon: 1e-2, WeightDecay: decay, Amsgrad: random.Next(2) == 0),
        5 => new AdamSpec(0.01, Beta1: 0.8, Beta2: 0.99, Epsilon: 1e-2, WeightDecay: decay) { DecoupledWeightDecay = true },
        6 => new RmsPropSpec(0.01, 0.9, 1e-2, Pick(random, [0.0, 0.8]), random.Next(2) == 0, decay),
        7 => new AdagradSpec(0.01, Pick(random, [0.0, 0.1]), Pick(random, [0.0, 0.5]), 1e-2, decay),
        8 => new AdadeltaSpec(0.5, 0.9, 1e-2, decay),
        9 => new AdamaxSpec(0.01, 0.9, 0.99, 1e-2, decay),
        _ => random.Next(2) == 0 ? new NAdamSpec(0.01, Epsilon: 1e-2, WeightDecay: decay) : new RAdamSpec(0.01, Epsilon: 1e-2, WeightDecay: decay),
    };

    /// <summary>Whether the loss compares classes, of which there must be two.</summary>
    private static bool IsOverClasses(Loss kind) => kind is Loss.SoftmaxCrossEntropy or Loss.CrossEntropy
        or Loss.NegativeLogLikelihood or Loss.KullbackLeiblerDivergence or Loss.MultiMargin;

    /// <summary>Whether the activation is over all units of a layer, of which there must be two.</summary>
    private static bool IsOverUnits(Activation kind) => kind is Activation.Softmax or Activation.LogSoftmax;

    private static int AtLeastTwo(bool condition, int width) => condition ? Math.Max(2, width) : width;

    private static EquatableArray<double> Weights(Random random, int count) =>
        new(Enumerable.Range(0, count).Select(_ => RandomBatch.Uniform(random, 0.25, 2)));

    private static T Pick<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];
}
