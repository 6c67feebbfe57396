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

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[RmsProp(LearningRate = 0.1)]
internal sealed partial class PlainRmsProp : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[RmsProp(LearningRate = 0.1, Rho = 0.9, Momentum = 0.8, Centered = true, WeightDecay = 0.2)]
internal sealed partial class RmsPropEverything : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Adagrad(LearningRate = 0.1)]
internal sealed partial class PlainAdagrad : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Adagrad(LearningRate = 0.1, LearningRateDecay = 0.5, InitialAccumulator = 0.25, WeightDecay = 0.2, DecoupledWeightDecay = true)]
internal sealed partial class AdagradEverything : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Adadelta]
internal sealed partial class PlainAdadelta : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Adamax(LearningRate = 0.1)]
internal sealed partial class PlainAdamax : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Adam(LearningRate = 0.1, Beta2 = 0.5, Amsgrad = true)]
internal sealed partial class AdamAmsgrad : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[NAdam(LearningRate = 0.1)]
internal sealed partial class PlainNAdam : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[RAdam(LearningRate = 0.1)]
internal sealed partial class PlainRAdam : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Lion(LearningRate = 0.1, WeightDecay = 0.2)]
internal sealed partial class PlainLion : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Sgd(LearningRate = 0.1, ClipNorm = 0.25)]
internal sealed partial class SgdClipNorm : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Sgd(LearningRate = 0.1, ClipValue = 0.3)]
internal sealed partial class SgdClipValue : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Adam(LearningRate = 0.1, ClipNorm = 0.4, AverageDecay = 0.75)]
internal sealed partial class AdamAverage : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

[NeuralNetwork(1, Precision = Precision.Double)]
[Dense(1)]
[Sgd(LearningRate = 0.1, WeightDecay = 0.2, DecoupledWeightDecay = true, DecayBiases = false)]
internal sealed partial class SgdDecoupled : ITestNetwork<double>, IHasInputGradients<double>, ITakesRows<double>, ITrainsOnRows<double>;

// A weight decay for every layer, and everything else that goes with any optimizer.
[NeuralNetwork(4, Loss = Loss.SoftmaxCrossEntropy, Reduction = Reduction.WeightedMean)]
[Dense(9, Activation.Tanh, WeightDecay = 0.5)]
[Dense(20, Activation.Relu, Bias = false)]
[Dense(8, Activation.Sigmoid, WeightDecay = 0)]
[Dense(3)]
[NAdam(WeightDecay = 0.1, DecayBiases = false, ClipValue = 0.05, AverageDecay = 0.9)]
internal sealed partial class LayerDecays
    : ITestNetwork<float>, IHasInputGradients<float>, ITakesLabels<float>, ITakesRows<float>, ITrainsOnLabels<float>, ITrainsOnRows<float>;
