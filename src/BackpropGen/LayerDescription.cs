namespace BackpropGen;

/// <summary>What a layer does.</summary>
public enum LayerKind
{
    /// <summary>z = x·W + b, h = f(z).</summary>
    Dense,

    /// <summary>h = f(x): an activation as a layer of its own.</summary>
    Activation,

    /// <summary>x̂ = (x − μ)/√(σ² + ε) over the features, z = x̂ ⊙ γ + β, h = f(z).</summary>
    LayerNorm,

    /// <summary>Dropout; in a prediction h = x.</summary>
    Dropout,
}

/// <summary>One layer of a <see cref="NetworkDescription"/>.</summary>
public sealed record LayerDescription
{
    internal LayerDescription()
    {
    }

    /// <summary>The name of the layer, and of the property of the network: "Dense1".</summary>
    public required string Name { get; init; }

    /// <summary>What the layer does.</summary>
    public required LayerKind Kind { get; init; }

    /// <summary>The number of inputs.</summary>
    public required int Inputs { get; init; }

    /// <summary>The number of outputs; of a dense layer, its units.</summary>
    public required int Outputs { get; init; }

    /// <summary>f.</summary>
    public required Activation Activation { get; init; }

    /// <summary>α of LeakyRelu and Elu, β of Softplus; null for all others.</summary>
    public double? ActivationParameter { get; init; }

    /// <summary>ε of a layer that normalises; null for all others.</summary>
    public double? Epsilon { get; init; }

    /// <summary>The probability of 0 of a dropout layer; null for all others.</summary>
    public double? Rate { get; init; }

    /// <summary>Whether there is a b (β of a layer that normalises).</summary>
    public bool HasBias { get; init; }

    /// <summary>
    /// Where W begins in the flat order of all parameters, row by row ([inputs × outputs]), or γ [outputs] of a layer that normalises; −1 where
    /// there is none.
    /// </summary>
    public int WeightOffset { get; init; } = -1;

    /// <summary>Where b begins in the flat order of all parameters; −1 without b.</summary>
    public int BiasOffset { get; init; } = -1;

    /// <summary>The number of elements of W or γ.</summary>
    public int WeightCount => Kind == LayerKind.Dense ? Inputs * Outputs : WeightOffset >= 0 ? Outputs : 0;

    /// <summary>The number of parameters: W (or γ) and b (or β).</summary>
    public int ParameterCount => WeightCount + (HasBias ? Outputs : 0);

    /// <summary>What the tensors of the layer are called in files: the name with its first letter in lower case, "dense1".</summary>
    public string TensorName => char.ToLowerInvariant(Name[0]) + Name[1..];
}
