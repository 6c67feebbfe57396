namespace BackpropGen;

/// <summary>
/// Stochastic gradient descent, optionally with momentum: g ← ∂L/∂θ + λ·θ; v ← μ·v + (1 − d)·g (v = g at the first step);
/// θ ← θ − η·v, or with Nesterov θ ← θ − η·(g + μ·v). Conventions and defaults are those of <c>torch.optim.SGD</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class SgdAttribute : OptimizerAttribute
{
    /// <summary>The learning rate η &gt; 0; 0.01 unless given.</summary>
    public double LearningRate { get; set; } = 0.01;

    /// <summary>The momentum μ, 0 ≤ μ &lt; 1; 0 (none) unless given.</summary>
    public double Momentum { get; set; }

    /// <summary>The dampening d of the gradient's part in the momentum, 0 ≤ d ≤ 1; 0 unless given.</summary>
    public double Dampening { get; set; }

    /// <summary>Nesterov's look-ahead form; needs a momentum and no dampening.</summary>
    public bool Nesterov { get; set; }

    /// <summary>Whether weight decay acts on the parameters themselves, θ ← θ·(1 − η·λ) before the step, instead of joining the gradient; false unless given.</summary>
    public bool DecoupledWeightDecay { get; set; }
}
