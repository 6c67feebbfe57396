namespace BackpropGen;

/// <summary>
/// RMSProp (Tieleman and Hinton, 2012) with weight decay coupled into the gradient: g ← ∂L/∂θ + λ·θ; v ← ρ·v + (1 − ρ)·g²;
/// θ ← θ − η·g / (√v + ε). Centered, the square of the gradient's running mean is taken off v first; with momentum, b ← μ·b + g / (√v + ε) and
/// θ ← θ − η·b. Conventions and defaults are those of <c>torch.optim.RMSprop</c>, which calls ρ alpha.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class RmsPropAttribute : OptimizerAttribute
{
    /// <summary>The learning rate η &gt; 0; 0.01 unless given.</summary>
    public double LearningRate { get; set; } = 0.01;

    /// <summary>The decay ρ of the running mean of the squares, 0 ≤ ρ &lt; 1; 0.99 unless given.</summary>
    public double Rho { get; set; } = 0.99;

    /// <summary>ε &gt; 0, which keeps the quotient finite; 1e-8 unless given.</summary>
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>The momentum μ, 0 ≤ μ &lt; 1; 0 (none) unless given.</summary>
    public double Momentum { get; set; }

    /// <summary>Whether g is divided by the root of its variance (v less the square of its running mean) instead of that of its mean square.</summary>
    public bool Centered { get; set; }

    /// <summary>Whether weight decay acts on the parameters themselves, θ ← θ·(1 − η·λ) before the step, instead of joining the gradient; false unless given.</summary>
    public bool DecoupledWeightDecay { get; set; }
}
