// Everything that is emitted, once: what a target does not have would not compile.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using BackpropGen;

namespace Targets
{
    [NeuralNetwork(6, Parallelism = 2)]
    [Dense(9, Activation.Relu, Initializer = Initializer.GlorotUniform)]
    [Dense(9, Activation.LeakyRelu, Initializer = Initializer.GlorotNormal)]
    [Dense(9, Activation.Elu, Initializer = Initializer.HeUniform)]
    [Dense(9, Activation.Selu, Initializer = Initializer.HeNormal)]
    [Dense(9, Activation.Gelu, Initializer = Initializer.LecunUniform)]
    [Dense(9, Activation.GeluTanh, Initializer = Initializer.LecunNormal)]
    [Dense(9, Activation.Silu, Initializer = Initializer.Orthogonal)]
    [Dense(9, Activation.Mish)]
    [Dense(9, Activation.Softplus)]
    [Dense(9, Activation.Softsign)]
    [Dense(20, Activation.Sigmoid)]
    [Dense(20, Activation.HardSigmoid)]
    [Dense(20, Activation.Tanh)]
    [Dense(20, Activation.HardTanh)]
    [Dense(20, Activation.HardSwish)]
    [Dense(20, Activation.Relu6)]
    [Dense(20, Activation.Softmax)]
    [Dense(20, Activation.LogSoftmax)]
    [Activation(Activation.Tanh)]
    [Dense(4)]
    [Adam(ClipNorm = 1, AverageDecay = 0.9, WeightDecay = 0.01)]
    public sealed partial class AllActivations { }

    [NeuralNetwork(6, Parallelism = 4)]
    [Dense(300, Activation.Relu)]
    [Dense(280, Activation.Tanh)]
    [Dense(4)]
    [Adam(DecayBiases = false, WeightDecay = 0.01)]
    public sealed partial class Threads { }

    [NeuralNetwork(6, Loss = Loss.MeanAbsoluteError, KeepIntermediates = true)] [Dense(9)] [Dense(4)] [AdamW] public sealed partial class L1 { }
    [NeuralNetwork(6, Loss = Loss.Huber)] [Dense(4, Bias = false)] [Adadelta] public sealed partial class L2 { }
    [NeuralNetwork(6, Loss = Loss.SmoothL1)] [Dense(4)] [Adagrad] public sealed partial class L3 { }
    [NeuralNetwork(6, Loss = Loss.LogCosh, InputGradients = false)] [Dense(4)] [Adamax] public sealed partial class L4 { }
    [NeuralNetwork(6, Loss = Loss.Quantile, Quantile = 0.3)] [Dense(4)] [NAdam] public sealed partial class L5 { }
    [NeuralNetwork(6, Loss = Loss.BinaryCrossEntropyWithLogits, PositiveWeights = new double[] { 1, 2, 3, 4 })] [Dense(4)] [RAdam] public sealed partial class L6 { }
    [NeuralNetwork(6, Loss = Loss.BinaryCrossEntropy)] [Dense(4, Activation.Sigmoid)] [Lion] public sealed partial class L7 { }
    [NeuralNetwork(6, Loss = Loss.PoissonNegativeLogLikelihood, Reduction = Reduction.Sum)] [Dense(4)] [Sgd(ClipValue = 1)] public sealed partial class L8 { }
    [NeuralNetwork(6, Loss = Loss.KullbackLeiblerDivergence)] [Dense(4, Activation.LogSoftmax)] [RmsProp] public sealed partial class L9 { }
    [NeuralNetwork(6, Loss = Loss.SoftmaxCrossEntropy, LabelSmoothing = 0.1, ClassWeights = new double[] { 1, 2, 3, 4 })] [Dense(9)] [Dense(4)] [Sgd(Momentum = 0.9, Nesterov = true)] public sealed partial class C1 { }
    [NeuralNetwork(6, Loss = Loss.CrossEntropy)] [Dense(4, Activation.Softmax)] [Adam(Amsgrad = true)] public sealed partial class C2 { }
    [NeuralNetwork(6, Loss = Loss.NegativeLogLikelihood)] [Dense(4, Activation.LogSoftmax)] [Adam] public sealed partial class C3 { }
    [NeuralNetwork(6, Loss = Loss.MultiMargin, MarginPower = 2)] [Dense(4)] [Adam] public sealed partial class C4 { }

    /// <summary>Trains each a little, saves it, and loads it again.</summary>
    public static class Breadth
    {
        private const int Samples = 7;

        private static readonly float[] Inputs = Enumerable.Range(0, Samples * 6).Select(i => ((i * 37) % 41 / 20f) - 1).ToArray();
        private static readonly float[] Targets = Enumerable.Range(0, Samples * 4).Select(i => (float)(i % 4 == i / 4 % 4 ? 1 : 0)).ToArray();
        private static readonly int[] Labels = Enumerable.Range(0, Samples).Select(i => i % 4).ToArray();

        public static IEnumerable<string> Run()
        {
            ITargetTrainable<float>[] rows =
            {
                new AllActivations(1), new Threads(2), new L1(3), new L2(4), new L3(5), new L4(6), new L5(7), new L6(8), new L7(9), new L8(10), new L9(11),
            };
            foreach (ITargetTrainable<float> network in rows)
            {
                yield return Line(network, () => network.TrainStep(Inputs, Targets));
            }

            ILabelTrainable<float>[] classifiers = { new C1(12), new C2(13), new C3(14), new C4(15) };
            foreach (ILabelTrainable<float> network in classifiers)
            {
                yield return Line(network, () => network.TrainStep(Inputs, Labels));
            }
        }

        private static string Line(ITrainableNetwork<float> network, Func<float> step)
        {
            var values = new List<float> { step(), step(), step() };
            float[] parameters = network.Parameters.ToArray();
            var file = new MemoryStream();
            Checkpoint.Save(file, network, "position 3");
            float next = step();

            // Back to the checkpoint, the same step has the same loss.
            network.Initialize(99);
            file.Position = 0;
            string text = Checkpoint.Load(file, network);
            if (text != "position 3" || !network.Parameters.SequenceEqual(parameters) || !step().Equals(next))
            {
                throw new InvalidOperationException(network.Describe().Name + " is not what was saved.");
            }

            values.AddRange(network.Parameters.Slice(0, 12).ToArray());
            return network.Describe().Name + " = " + string.Join(" ", values.Select(value => ((double)value).ToString("R", CultureInfo.InvariantCulture)));
        }
    }
}
