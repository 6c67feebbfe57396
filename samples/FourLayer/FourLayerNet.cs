using BackpropGen;

namespace FourLayer;

/// <summary>
/// Four layers of neurons, 4 inputs, 5 and 4 hidden, 3 classes, and so three matrices of weights between them. In double
/// precision, and with z, h and δ kept for reading, because here the numbers on the way are the point.
/// </summary>
[NeuralNetwork(4, Loss = Loss.SoftmaxCrossEntropy, Precision = Precision.Double, KeepIntermediates = true)]
[Dense(5, Activation.Sigmoid)]
[Dense(4, Activation.Sigmoid)]
[Dense(3)]
[Sgd(LearningRate = 0.5)]
public sealed partial class FourLayerNet;
