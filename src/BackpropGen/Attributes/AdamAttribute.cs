namespace BackpropGen;

/// <summary>
/// Adam (Kingma and Ba, 2015) with weight decay coupled into the gradient: g ← ∂L/∂θ + λ·θ; m ← β₁·m + (1 − β₁)·g;
/// v ← β₂·v + (1 − β₂)·g²; θ ← θ − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε). Conventions and defaults are those of <c>torch.optim.Adam</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class AdamAttribute : OptimizerAttribute
{
    /// <summary>The learning rate η &gt; 0; 0.001 unless given.</summary>
    public double LearningRate { get; set; } = 0.001;

    /// <summary>The decay β₁ of the first moment, 0 ≤ β₁ &lt; 1; 0.9 unless given.</summary>
    public double Beta1 { get; set; } = 0.9;

    /// <summary>The decay β₂ of the second moment, 0 ≤ β₂ &lt; 1; 0.999 unless given.</summary>
    public double Beta2 { get; set; } = 0.999;

    /// <summary>ε &gt; 0, which keeps the quotient finite; 1e-8 unless given.</summary>
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Whether the largest v so far takes the place of v (AMSGrad; Reddi, Kale and Kumar, 2018); false unless given.</summary>
    public bool Amsgrad { get; set; }
}
