namespace BackpropGen.Generator.Model;

/// <summary>A layer as declared. Its input width is the output width of the layer before it.</summary>
/// <param name="Name">The name of the emitted property, unique in the network ("Dense1" or what the user gave).</param>
/// <param name="Activation">The function the layer ends with.</param>
internal abstract record LayerSpec(string Name, ActivationSpec Activation)
{
    /// <summary>The number of outputs, given the number of inputs.</summary>
    public abstract int OutputsFor(int inputs);

    /// <summary>The number of parameters, given the number of inputs.</summary>
    public abstract long ParameterCountFor(int inputs);
}

/// <summary>z = x·W + b, h = f(z).</summary>
internal sealed record DenseSpec(string Name, int Units, ActivationSpec Activation, bool Bias = true, Initializer Initializer = Initializer.Auto)
    : LayerSpec(Name, Activation)
{
    /// <summary>The weight decay of this layer; null for the optimizer's.</summary>
    public double? WeightDecay { get; init; }

    public override int OutputsFor(int inputs) => Units;

    public override long ParameterCountFor(int inputs) => ((long)inputs + (Bias ? 1 : 0)) * Units;
}

/// <summary>z = x̂ ⊙ γ + β, h = f(z), with x̂ = (x − μ)/√(σ² + ε) over the features of each row.</summary>
internal sealed record LayerNormSpec(string Name, ActivationSpec Activation, double Epsilon, bool Affine)
    : LayerSpec(Name, Activation)
{
    public override int OutputsFor(int inputs) => inputs;

    public override long ParameterCountFor(int inputs) => Affine ? 2L * inputs : 0;
}

/// <summary>h = x ⊙ m in training, with m = 0 for a part of the values, drawn anew in every pass, and 1/(1 − rate) for the others; h = x in inference.</summary>
internal sealed record DropoutSpec(string Name, double Rate)
    : LayerSpec(Name, ActivationSpec.Identity)
{
    public override int OutputsFor(int inputs) => inputs;

    public override long ParameterCountFor(int inputs) => 0;
}

/// <summary>h = f(x): an activation as a layer of its own.</summary>
internal sealed record ActivationLayerSpec(string Name, ActivationSpec Activation)
    : LayerSpec(Name, Activation)
{
    public override int OutputsFor(int inputs) => inputs;

    public override long ParameterCountFor(int inputs) => 0;
}
