namespace BackpropGen;

/// <summary>
/// Lion (Chen et al., 2023): θ ← θ·(1 − η·λ); θ ← θ − η·sign(β₁·m + (1 − β₁)·g), where sign(0) = 0; m ← β₂·m + (1 − β₂)·g.
/// The defaults are the paper's. Every parameter moves by η, so η is chosen three to ten times smaller than Adam's, and λ larger.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class LionAttribute : OptimizerAttribute
{
    /// <summary>The learning rate η &gt; 0; 0.0001 unless given.</summary>
    public double LearningRate { get; set; } = 1e-4;

    /// <summary>The decay β₁ of m in the direction of the step, 0 ≤ β₁ &lt; 1; 0.9 unless given.</summary>
    public double Beta1 { get; set; } = 0.9;

    /// <summary>The decay β₂ of m itself, 0 ≤ β₂ &lt; 1; 0.99 unless given.</summary>
    public double Beta2 { get; set; } = 0.99;
}
