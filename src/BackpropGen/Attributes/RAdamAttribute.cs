namespace BackpropGen;

/// <summary>
/// RAdam (Liu et al., 2020), Adam that does without the second moment until enough steps have gone into it, with weight decay coupled into
/// the gradient: g ← ∂L/∂θ + λ·θ; m and v as in Adam; ρ∞ = 2/(1 − β₂) − 1, ρ = ρ∞ − 2t·β₂ᵗ/(1 − β₂ᵗ). Where ρ &gt; 5,
/// θ ← θ − η·r·√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + ε) with r = √((ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ)), before that θ ← θ − η/(1 − β₁ᵗ) · m.
/// Conventions and defaults are those of <c>torch.optim.RAdam</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class RAdamAttribute : OptimizerAttribute
{
    /// <summary>The learning rate η &gt; 0; 0.001 unless given.</summary>
    public double LearningRate { get; set; } = 0.001;

    /// <summary>The decay β₁ of the first moment, 0 ≤ β₁ &lt; 1; 0.9 unless given.</summary>
    public double Beta1 { get; set; } = 0.9;

    /// <summary>The decay β₂ of the second moment, 0 ≤ β₂ &lt; 1; 0.999 unless given.</summary>
    public double Beta2 { get; set; } = 0.999;

    /// <summary>ε &gt; 0, which keeps the quotient finite; 1e-8 unless given.</summary>
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Whether weight decay acts on the parameters themselves, θ ← θ·(1 − η·λ) before the step, instead of joining the gradient; false unless given.</summary>
    public bool DecoupledWeightDecay { get; set; }
}
