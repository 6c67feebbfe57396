namespace BackpropGen.Tests.Formats;

[NeuralNetwork(3, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(4, Activation.Tanh)]
[Dense(2, Name = "Head")]
[Adam]
internal sealed partial class SmallFileNet;

[NeuralNetwork(3, Precision = Precision.Double, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(4, Activation.Tanh)]
[Dense(2, Name = "Head")]
[AdamW]
internal sealed partial class SmallFileNetDouble;

/// <summary>The same topology, another optimizer.</summary>
[NeuralNetwork(3, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(4, Activation.Tanh)]
[Dense(2, Name = "Head")]
[Sgd(Momentum = 0.9)]
internal sealed partial class SmallSgdNet;

/// <summary>The same tensors, another function.</summary>
[NeuralNetwork(3)]
[Dense(4, Activation.Relu)]
[Dense(2, Name = "Head")]
internal sealed partial class OtherActivationNet;

/// <summary>Another width, a layer without bias, a layer more.</summary>
[NeuralNetwork(3)]
[Dense(5, Activation.Tanh, Bias = false)]
[Dense(2)]
[Dense(2, Name = "Head")]
internal sealed partial class OtherShapeNet;

/// <summary>Larger than what is moved at a time.</summary>
[NeuralNetwork(123, Loss = Loss.BinaryCrossEntropyWithLogits)]
[Dense(97, Activation.Relu)]
[Activation(Activation.Softsign)]
[Dense(1)]
internal sealed partial class LargeFileNet;
