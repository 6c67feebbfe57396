namespace BackpropGen.Generator.Model;

/// <summary>An optimizer and its hyper-parameters. The properties have the names of the attribute's.</summary>
/// <param name="LearningRate">The initial learning rate.</param>
/// <param name="WeightDecay">The coefficient of weight decay; 0 for none.</param>
internal abstract record OptimizerSpec(double LearningRate, double WeightDecay)
{
    /// <summary>Whether the weight decay acts on the parameters themselves instead of joining the gradient.</summary>
    public bool DecoupledWeightDecay { get; init; }

    /// <summary>Whether biases decay like weights.</summary>
    public bool DecayBiases { get; init; } = true;

    /// <summary>The largest norm of the whole gradient; 0 for any.</summary>
    public double ClipNorm { get; init; }

    /// <summary>The largest magnitude of an element of the gradient; 0 for any.</summary>
    public double ClipValue { get; init; }

    /// <summary>The decay of the moving average of the parameters; 0 where there is none.</summary>
    public double AverageDecay { get; init; }

    /// <summary>Whether the gradient is clipped in one of the two ways.</summary>
    public bool Clips => ClipNorm > 0 || ClipValue > 0;

    /// <summary>Whether a moving average of the parameters is kept.</summary>
    public bool Averages => AverageDecay > 0;
}

/// <summary>Stochastic gradient descent, optionally with momentum.</summary>
internal sealed record SgdSpec(
    double LearningRate, double Momentum = 0, double Dampening = 0, bool Nesterov = false, double WeightDecay = 0)
    : OptimizerSpec(LearningRate, WeightDecay);

/// <summary>Adam; AdamW where the weight decay is decoupled from the gradient.</summary>
internal sealed record AdamSpec(
    double LearningRate, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double WeightDecay = 0, bool Amsgrad = false)
    : OptimizerSpec(LearningRate, WeightDecay);

/// <summary>RMSProp, optionally centered and with momentum.</summary>
internal sealed record RmsPropSpec(
    double LearningRate, double Rho = 0.99, double Epsilon = 1e-8, double Momentum = 0, bool Centered = false, double WeightDecay = 0)
    : OptimizerSpec(LearningRate, WeightDecay);

/// <summary>Adagrad.</summary>
internal sealed record AdagradSpec(
    double LearningRate, double LearningRateDecay = 0, double InitialAccumulator = 0, double Epsilon = 1e-10, double WeightDecay = 0)
    : OptimizerSpec(LearningRate, WeightDecay);

/// <summary>Adadelta.</summary>
internal sealed record AdadeltaSpec(double LearningRate, double Rho = 0.9, double Epsilon = 1e-6, double WeightDecay = 0)
    : OptimizerSpec(LearningRate, WeightDecay);

/// <summary>Adamax: Adam with the infinity norm.</summary>
internal sealed record AdamaxSpec(
    double LearningRate, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double WeightDecay = 0)
    : OptimizerSpec(LearningRate, WeightDecay);

/// <summary>NAdam: Adam with Nesterov momentum.</summary>
internal sealed record NAdamSpec(
    double LearningRate, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double MomentumDecay = 4e-3, double WeightDecay = 0)
    : OptimizerSpec(LearningRate, WeightDecay);

/// <summary>RAdam: Adam whose first steps go without the second moment.</summary>
internal sealed record RAdamSpec(
    double LearningRate, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double WeightDecay = 0)
    : OptimizerSpec(LearningRate, WeightDecay);

/// <summary>Lion: the sign of a momentum.</summary>
internal sealed record LionSpec(double LearningRate, double Beta1 = 0.9, double Beta2 = 0.99, double WeightDecay = 0)
    : OptimizerSpec(LearningRate, WeightDecay);
