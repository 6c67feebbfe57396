namespace BackpropGen;

/// <summary>
/// NAdam (Dozat, 2016), Adam with Nesterov momentum, with weight decay coupled into the gradient: g ← ∂L/∂θ + λ·θ; m and v as in Adam;
/// μₜ = β₁·(1 − ½·0.96^(t·ψ)), Πₜ = μ₁·…·μₜ; θ ← θ − η·((1 − μₜ)/(1 − Πₜ)·g + μₜ₊₁/(1 − Πₜ₊₁)·m) / (√v/√(1 − β₂ᵗ) + ε).
/// Conventions and defaults are those of <c>torch.optim.NAdam</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class NAdamAttribute : OptimizerAttribute
{
    /// <summary>The learning rate η &gt; 0; 0.002 unless given.</summary>
    public double LearningRate { get; set; } = 0.002;

    /// <summary>The decay β₁ of the first moment, 0 ≤ β₁ &lt; 1; 0.9 unless given.</summary>
    public double Beta1 { get; set; } = 0.9;

    /// <summary>The decay β₂ of the second moment, 0 ≤ β₂ &lt; 1; 0.999 unless given.</summary>
    public double Beta2 { get; set; } = 0.999;

    /// <summary>ε &gt; 0, which keeps the quotient finite; 1e-8 unless given.</summary>
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>How fast the momentum μ warms up: ψ ≥ 0; 0.004 unless given.</summary>
    public double MomentumDecay { get; set; } = 4e-3;

    /// <summary>Whether weight decay acts on the parameters themselves, θ ← θ·(1 − η·λ) before the step, instead of joining the gradient; false unless given.</summary>
    public bool DecoupledWeightDecay { get; set; }
}
