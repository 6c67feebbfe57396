namespace BackpropGen;

/// <summary>An activation as a layer of its own: h = f(x), without parameters.</summary>
/// <param name="activation">f.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ActivationAttribute(Activation activation) : LayerAttribute
{
    /// <summary>The activation f.</summary>
    public Activation Activation { get; } = activation;

    /// <summary>α of <see cref="Activation.LeakyRelu"/> (≥ 0; 0.01 unless given) and <see cref="Activation.Elu"/> (&gt; 0; 1 unless given).</summary>
    public double Alpha { get; set; }

    /// <summary>β &gt; 0 of <see cref="Activation.Softplus"/>; 1 unless given.</summary>
    public double Beta { get; set; }
}
