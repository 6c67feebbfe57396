// What every target compiles and runs: C# 9, and nothing that .NET Framework or Unity have not.
using System;
using System.Collections.Generic;
using System.Globalization;
using BackpropGen;

namespace Targets
{
    /// <summary>Loops that stand in the passes; an activation with an exponential.</summary>
    [NeuralNetwork(3, Loss = Loss.MeanSquaredError)]
    [Dense(6, Activation.Tanh)]
    [Dense(2)]
    [Adam(LearningRate = 0.01)]
    public sealed partial class SmallNet
    {
    }

    /// <summary>Layers large enough for kernels; softmax.</summary>
    [NeuralNetwork(20, Loss = Loss.SoftmaxCrossEntropy)]
    [Dense(48, Activation.Relu)]
    [Dense(33, Activation.Gelu)]
    [Dense(10)]
    [Sgd(LearningRate = 0.05, Momentum = 0.9)]
    public sealed partial class LargeNet
    {
    }

    [NeuralNetwork(5, Loss = Loss.BinaryCrossEntropyWithLogits, Precision = Precision.Double)]
    [Dense(7, Activation.Sigmoid)]
    [Dense(4)]
    [RmsProp(LearningRate = 0.01)]
    public sealed partial class DoubleNet
    {
    }

    /// <summary>Trains the networks on the same numbers everywhere, and says what came of it.</summary>
    public static class Training
    {
        private const int Steps = 25;

        private static ulong s_state;

        public static IEnumerable<string> Run()
        {
            s_state = 1;
            var small = new SmallNet(seed: 1);
            float[] inputs = Floats(11 * SmallNet.InputSize);
            float[] targets = Floats(11 * SmallNet.OutputSize);
            yield return Line("small losses", Losses(() => small.TrainStep(inputs, targets)));
            yield return Line("small parameters", Doubles(small.Parameters.ToArray()));

            var one = new SmallNet(seed: 2);
            yield return Line("one sample", Losses(() => one.TrainStep(inputs.AsSpan(0, 3), targets.AsSpan(0, 2))));

            var large = new LargeNet(seed: 3);
            float[] images = Floats(29 * LargeNet.InputSize);
            var labels = new int[29];
            for (int i = 0; i < labels.Length; i++)
            {
                labels[i] = i % LargeNet.OutputSize;
            }

            yield return Line("large losses", Losses(() => large.TrainStep(images, labels)));
            var probabilities = new float[29 * LargeNet.OutputSize];
            large.Predict(images, probabilities);
            yield return Line("large predictions", Doubles(probabilities));

            var wide = new DoubleNet(seed: 4);
            double[] rows = Array.ConvertAll(Floats(9 * DoubleNet.InputSize), value => (double)value);
            double[] bits = Array.ConvertAll(Floats(9 * DoubleNet.OutputSize), value => value < 0 ? 0d : 1d);
            yield return Line("double losses", Losses(() => wide.TrainStep(rows, bits)));
            yield return Line("double parameters", wide.Parameters.ToArray());
        }

        private static double[] Losses(Func<double> step)
        {
            var losses = new double[Steps];
            for (int i = 0; i < Steps; i++)
            {
                losses[i] = step();
            }

            return losses;
        }

        private static string Line(string name, double[] values) =>
            name + " = " + string.Join(" ", Array.ConvertAll(values, value => value.ToString("R", CultureInfo.InvariantCulture)));

        private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);

        /// <summary>Numbers from −1 to 1, from a generator that no version of .NET changes.</summary>
        private static float[] Floats(int count)
        {
            var values = new float[count];
            for (int i = 0; i < count; i++)
            {
                s_state = unchecked((s_state * 6364136223846793005UL) + 1442695040888963407UL);
                values[i] = ((s_state >> 40) / 8388608f) - 1;
            }

            return values;
        }
    }
}
