using System;
using System.Runtime.InteropServices;
using BackpropGen;

[assembly: CLSCompliant(true)]
[assembly: ComVisible(false)]

namespace Strict
{
    /// <summary>A program whose project objects to all that a compiler and its analyzers can object to.</summary>
    public static class Program
    {
        private static void Main()
        {
            ExclusiveOr net = new(seed: 1);
            float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1];
            float[] targets = [0, 1, 1, 0];
            for (int step = 0; step < 2000; step++)
            {
                _ = net.TrainStep(inputs, targets);
            }

            Console.WriteLine(net.Evaluate(inputs, targets) < 0.01f);
            Console.WriteLine(new Digits(seed: 1).TrainStep(new float[64 * Digits.InputSize], new int[64]) < 3);
        }
    }

    /// <summary>A small network with most of what there is to emit.</summary>
    [NeuralNetwork(2, Loss = Loss.BinaryCrossEntropyWithLogits, KeepIntermediates = true)]
    [Dense(8, Activation.Tanh)]
    [Dense(1)]
    [Adam(LearningRate = 0.05, ClipNorm = 10, AverageDecay = 0.5)]
    public sealed partial class ExclusiveOr;

    /// <summary>A network of kernels and threads.</summary>
    [NeuralNetwork(784, Loss = Loss.SoftmaxCrossEntropy, Parallelism = 2)]
    [Dense(512, Activation.Gelu)]
    [Dense(10)]
    [Sgd(Momentum = 0.9)]
    public partial class Digits;
}
