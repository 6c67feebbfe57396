namespace BackpropGen;

/// <summary>
/// Adamax (Kingma and Ba, 2015), Adam with the infinity norm, with weight decay coupled into the gradient: g ← ∂L/∂θ + λ·θ;
/// m ← β₁·m + (1 − β₁)·g; u ← max(β₂·u, |g| + ε); θ ← θ − η/(1 − β₁ᵗ) · m / u.
/// Conventions and defaults are those of <c>torch.optim.Adamax</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class AdamaxAttribute : OptimizerAttribute
{
    /// <summary>The learning rate η &gt; 0; 0.002 unless given.</summary>
    public double LearningRate { get; set; } = 0.002;

    /// <summary>The decay β₁ of the first moment, 0 ≤ β₁ &lt; 1; 0.9 unless given.</summary>
    public double Beta1 { get; set; } = 0.9;

    /// <summary>The decay β₂ of the infinity norm, 0 ≤ β₂ &lt; 1; 0.999 unless given.</summary>
    public double Beta2 { get; set; } = 0.999;

    /// <summary>ε &gt; 0, which keeps the quotient finite; 1e-8 unless given.</summary>
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Whether weight decay acts on the parameters themselves, θ ← θ·(1 − η·λ) before the step, instead of joining the gradient; false unless given.</summary>
    public bool DecoupledWeightDecay { get; set; }
}
