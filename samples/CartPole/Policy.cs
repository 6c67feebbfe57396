using BackpropGen;

namespace CartPoleSample;

/// <summary>
/// The policy π: a state in, one score each for left and right out. With this loss <c>Predict</c> gives probabilities, the softmax of the
/// scores, and <c>Forward</c> the scores themselves, where the gradient of a loss of one's own begins.
/// </summary>
[NeuralNetwork(CartPole.StateSize, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(64, Activation.Tanh)]
[Dense(2)]
[Adam(LearningRate = LearningRateAtStart)]
public sealed partial class Policy
{
    internal const double LearningRateAtStart = 3e-3;
}
