namespace BackpropGen.Generator.Model;

/// <summary>An optimizer and its hyper-parameters.</summary>
/// <param name="LearningRate">The initial learning rate.</param>
/// <param name="WeightDecay">The coefficient of weight decay; 0 for none.</param>
internal abstract record OptimizerSpec(double LearningRate, double WeightDecay);

/// <summary>Stochastic gradient descent, optionally with momentum.</summary>
internal sealed record SgdSpec(
    double LearningRate, double Momentum = 0, double Dampening = 0, bool Nesterov = false, double WeightDecay = 0)
    : OptimizerSpec(LearningRate, WeightDecay);

/// <summary>Adam; AdamW where the weight decay is decoupled from the gradient.</summary>
internal sealed record AdamSpec(
    double LearningRate, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double WeightDecay = 0, bool DecoupledDecay = false)
    : OptimizerSpec(LearningRate, WeightDecay);
