using BackpropGen.Benchmarks.Ladder;

namespace BackpropGen.Benchmarks.Jit;

// The same layer over and over: what the compiler has to do should grow like the depth, and not faster.

/// <summary>One layer of 32 neurons.</summary>
[NeuralNetwork(32)]
[Dense(32, Activation.Relu)]
[Sgd]
internal sealed partial class Depth1Network : IStepsOnRows;

/// <summary>8 layers of 32 neurons.</summary>
[NeuralNetwork(32)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Sgd]
internal sealed partial class Depth8Network : IStepsOnRows;

/// <summary>64 layers of 32 neurons.</summary>
[NeuralNetwork(32)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu), Dense(32, Activation.Relu)]
[Sgd]
internal sealed partial class Depth64Network : IStepsOnRows;
