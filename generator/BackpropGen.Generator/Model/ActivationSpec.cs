namespace BackpropGen.Generator.Model;

/// <summary>An activation and its parameter.</summary>
/// <param name="Kind">Which function.</param>
/// <param name="Parameter">α of LeakyRelu and Elu, β of Softplus; 0 for all others.</param>
internal sealed record ActivationSpec(Activation Kind, double Parameter = 0)
{
    /// <summary>h = z.</summary>
    public static ActivationSpec Identity { get; } = new(Activation.Identity);

    /// <summary>Whether the function has a parameter.</summary>
    public bool HasParameter => Kind is Activation.LeakyRelu or Activation.Elu or Activation.Softplus;
}
