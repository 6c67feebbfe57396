namespace BackpropGen;

/// <summary>
/// Layer normalisation: x̂ = (x − μ)/√(σ² + ε) with the mean μ and the variance σ² (biased) of the features of each sample, then
/// z = x̂ ⊙ γ + β and h = f(z). Source: Ba, Kiros, Hinton, "Layer Normalization", 2016; the conventions are those of PyTorch.
/// </summary>
/// <param name="activation">f; the identity unless given.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LayerNormAttribute(Activation activation = Activation.Identity) : LayerAttribute
{
    /// <summary>The activation f.</summary>
    public Activation Activation { get; } = activation;

    /// <summary>ε &gt; 0; 1e-5 unless given.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Whether there are γ [features], which starts at 1, and β [features], which starts at 0; true unless given.</summary>
    public bool Affine { get; set; } = true;

    /// <summary>α of <see cref="Activation.LeakyRelu"/> (≥ 0; 0.01 unless given) and <see cref="Activation.Elu"/> (&gt; 0; 1 unless given).</summary>
    public double Alpha { get; set; }

    /// <summary>β &gt; 0 of <see cref="Activation.Softplus"/>; 1 unless given.</summary>
    public double Beta { get; set; }
}
