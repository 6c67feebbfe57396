using BackpropGen;

namespace Iris;

/// <summary>Four measurements of a flower in, one score per species out.</summary>
[NeuralNetwork(4, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(16, Activation.Tanh)]
[Dense(3)]
[Adam(LearningRate = 3e-3)]
public sealed partial class IrisNet;
