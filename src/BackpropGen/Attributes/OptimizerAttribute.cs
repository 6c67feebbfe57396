namespace BackpropGen;

/// <summary>
/// How the parameters follow their gradients. With one such attribute on the class, <c>TrainStep</c>, <c>ApplyGradients</c> and
/// <c>LearningRate</c> are emitted.
/// </summary>
public abstract class OptimizerAttribute : Attribute
{
    /// <summary>The coefficient λ ≥ 0 of weight decay; 0 unless given. It acts on weights and biases, as in PyTorch.</summary>
    public double WeightDecay { get; set; }
}
