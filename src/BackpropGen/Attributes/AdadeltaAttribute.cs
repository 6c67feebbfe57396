namespace BackpropGen;

/// <summary>
/// Adadelta (Zeiler, 2012) with weight decay coupled into the gradient: g ← ∂L/∂θ + λ·θ; v ← ρ·v + (1 − ρ)·g²;
/// q = √(d + ε)/√(v + ε) · g; d ← ρ·d + (1 − ρ)·q²; θ ← θ − η·q. Conventions and defaults are those of <c>torch.optim.Adadelta</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class AdadeltaAttribute : OptimizerAttribute
{
    /// <summary>The learning rate η &gt; 0; 1 unless given.</summary>
    public double LearningRate { get; set; } = 1;

    /// <summary>The decay ρ of the running means of g² and of q², 0 ≤ ρ &lt; 1; 0.9 unless given.</summary>
    public double Rho { get; set; } = 0.9;

    /// <summary>ε &gt; 0, which keeps the quotient finite and lets the first steps begin; 1e-6 unless given.</summary>
    public double Epsilon { get; set; } = 1e-6;

    /// <summary>Whether weight decay acts on the parameters themselves, θ ← θ·(1 − η·λ) before the step, instead of joining the gradient; false unless given.</summary>
    public bool DecoupledWeightDecay { get; set; }
}
