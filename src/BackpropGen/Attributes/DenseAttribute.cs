namespace BackpropGen;

/// <summary>A dense (fully connected) layer: z = x·W + b with W [inputs × units] and b [units], then h = f(z).</summary>
/// <param name="units">The number of outputs of the layer, 1 to 65,536.</param>
/// <param name="activation">f; the identity unless given.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DenseAttribute(int units, Activation activation = Activation.Identity) : LayerAttribute
{
    /// <summary>The number of outputs of the layer.</summary>
    public int Units { get; } = units;

    /// <summary>The activation f.</summary>
    public Activation Activation { get; } = activation;

    /// <summary>Whether the layer adds a bias b; true unless given.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>How W starts; <see cref="Initializer.Auto"/> unless given. b starts at zero.</summary>
    public Initializer Initializer { get; set; } = Initializer.Auto;

    /// <summary>The weight decay λ ≥ 0 of this layer in place of the optimizer's; 0 for none, the optimizer's unless given.</summary>
    public double WeightDecay { get; set; }

    /// <summary>α of <see cref="Activation.LeakyRelu"/> (≥ 0; 0.01 unless given) and <see cref="Activation.Elu"/> (&gt; 0; 1 unless given).</summary>
    public double Alpha { get; set; }

    /// <summary>β &gt; 0 of <see cref="Activation.Softplus"/>; 1 unless given.</summary>
    public double Beta { get; set; }
}
