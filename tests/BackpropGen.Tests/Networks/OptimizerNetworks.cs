namespace BackpropGen.Tests;

// Every optimizer, on the smallest network: w and b.

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Sgd(LearningRate = 0.1)]
internal sealed partial class PlainSgd : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Sgd(LearningRate = 0.1, WeightDecay = 0.2)]
internal sealed partial class SgdWeightDecay : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Sgd(LearningRate = 0.1, Momentum = 0.9)]
internal sealed partial class SgdMomentum : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Sgd(LearningRate = 0.1, Momentum = 0.9, Dampening = 0.5)]
internal sealed partial class SgdDampening : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Sgd(LearningRate = 0.1, Momentum = 0.9, Nesterov = true)]
internal sealed partial class SgdNesterov : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Sgd(LearningRate = 0.1, Momentum = 0.8, Nesterov = true, WeightDecay = 0.2)]
internal sealed partial class SgdEverything : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Adam(LearningRate = 0.1)]
internal sealed partial class PlainAdam : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Adam(LearningRate = 0.1, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-3, WeightDecay = 0.2)]
internal sealed partial class AdamWeightDecay : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[AdamW(LearningRate = 0.1, WeightDecay = 0.2)]
internal sealed partial class AdamWDecay : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[AdamW]
internal sealed partial class AdamWDefault : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;
