namespace BackpropGen;

/// <summary>A layer of a network. The order of the layer attributes on the class is the order of the layers.</summary>
public abstract class LayerAttribute : Attribute
{
    /// <summary>
    /// The name of the layer: of its property on the network and, with a lower first letter, of its tensors in files.
    /// Unless given, the kind and the position among its kind, such as <c>Dense1</c>.
    /// </summary>
    public string? Name { get; set; }
}
