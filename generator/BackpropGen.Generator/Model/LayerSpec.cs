namespace BackpropGen.Generator.Model;

/// <summary>A layer as declared. Its input width is the output width of the layer before it.</summary>
/// <param name="Name">The name of the emitted property, unique in the network ("Dense1" or what the user gave).</param>
/// <param name="Activation">The function the layer ends with.</param>
internal abstract record LayerSpec(string Name, ActivationSpec Activation)
{
    /// <summary>The number of outputs, given the number of inputs.</summary>
    public abstract int OutputsFor(int inputs);
}

/// <summary>z = x·W + b, h = f(z).</summary>
internal sealed record DenseSpec(string Name, int Units, ActivationSpec Activation, bool Bias = true, Initializer Initializer = Initializer.Auto)
    : LayerSpec(Name, Activation)
{
    /// <summary>The weight decay of this layer; null for the optimizer's.</summary>
    public double? WeightDecay { get; init; }

    public override int OutputsFor(int inputs) => Units;
}

/// <summary>h = f(x): an activation as a layer of its own.</summary>
internal sealed record ActivationLayerSpec(string Name, ActivationSpec Activation)
    : LayerSpec(Name, Activation)
{
    public override int OutputsFor(int inputs) => inputs;
}
