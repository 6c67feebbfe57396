namespace BackpropGen;

/// <summary>
/// How the parameters follow their gradients. With one such attribute on the class, <c>TrainStep</c>, <c>Accumulate</c>,
/// <c>ApplyGradients</c>, <c>LearningRate</c> and access to the optimizer's state are emitted. What is not asked for costs nothing.
/// </summary>
public abstract class OptimizerAttribute : Attribute
{
    /// <summary>
    /// The coefficient λ ≥ 0 of weight decay; 0 unless given. It acts on weights and biases, as in PyTorch; a layer may have its own
    /// (<see cref="DenseAttribute.WeightDecay"/>).
    /// </summary>
    public double WeightDecay { get; set; }

    /// <summary>Whether biases decay like weights; true unless given.</summary>
    public bool DecayBiases { get; set; } = true;

    /// <summary>
    /// The largest L2 norm c of the gradient of all parameters together: g ← g·min(1, c/(‖g‖ + 10⁻⁶)) before weight decay, as
    /// <c>torch.nn.utils.clip_grad_norm_</c> does; 0 (no clipping) unless given. A property <c>GradientNorm</c> then tells the norm before
    /// clipping. <c>Gradients</c> stay as they are.
    /// </summary>
    public double ClipNorm { get; set; }

    /// <summary>
    /// The largest magnitude of each element of the gradient; larger ones are cut off before weight decay; 0 (no clipping) unless given.
    /// A property <c>GradientNorm</c> then tells the norm before clipping. Not together with <see cref="ClipNorm"/>.
    /// </summary>
    public double ClipValue { get; set; }

    /// <summary>
    /// The decay d of an exponential moving average of the parameters, θ̄ ← d·θ̄ + (1 − d)·θ after each step, starting at the parameters before
    /// the first step; 0 ≤ d &lt; 1, and 0 (no average) unless given. <c>CopyAveragesTo</c> and <c>SwapAverages</c> are then emitted.
    /// </summary>
    public double AverageDecay { get; set; }
}
