using BackpropGen;

namespace Digits;

/// <summary>28 × 28 pixels in, one score per digit out.</summary>
[NeuralNetwork(784, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(128, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(10)]
[Adam(LearningRate = 1e-3)]
public sealed partial class DigitNet;
