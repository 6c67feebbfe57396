using BackpropGen;

namespace CartPoleSample;

/// <summary>The value V: a state in, the discounted return to expect from there out.</summary>
[NeuralNetwork(CartPole.StateSize, Loss = Loss.MeanSquaredError)]
[Dense(64, Activation.Tanh)]
[Dense(1)]
[Adam(LearningRate = LearningRateAtStart)]
public sealed partial class Value
{
    internal const double LearningRateAtStart = 3e-3;
}
