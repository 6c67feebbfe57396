namespace BackpropGen;

/// <summary>
/// Adagrad (Duchi, Hazan and Singer, 2011) with weight decay coupled into the gradient: g ← ∂L/∂θ + λ·θ; s ← s + g²;
/// θ ← θ − η/(1 + (t − 1)·κ) · g / (√s + ε). Conventions and defaults are those of <c>torch.optim.Adagrad</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class AdagradAttribute : OptimizerAttribute
{
    /// <summary>The learning rate η &gt; 0; 0.01 unless given.</summary>
    public double LearningRate { get; set; } = 0.01;

    /// <summary>The decay κ ≥ 0 of the learning rate with the number t of steps; 0 unless given.</summary>
    public double LearningRateDecay { get; set; }

    /// <summary>Where the sum s ≥ 0 of the squares starts; 0 unless given.</summary>
    public double InitialAccumulator { get; set; }

    /// <summary>ε &gt; 0, which keeps the quotient finite; 1e-10 unless given.</summary>
    public double Epsilon { get; set; } = 1e-10;

    /// <summary>Whether weight decay acts on the parameters themselves, θ ← θ·(1 − η·λ) before the step, instead of joining the gradient; false unless given.</summary>
    public bool DecoupledWeightDecay { get; set; }
}
