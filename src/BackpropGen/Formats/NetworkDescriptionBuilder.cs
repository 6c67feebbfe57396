using System.ComponentModel;

namespace BackpropGen;

/// <summary>How emitted code says what a network is: layer after layer, each fed by the one before it.</summary>
/// <param name="name">The name of the class.</param>
/// <param name="inputSize">The number of input values of one sample.</param>
/// <remarks>For accessors that are not init see <see cref="Numerics.PassData{T}"/>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NetworkDescriptionBuilder(string name, int inputSize)
{
    private readonly List<LayerDescription> _layers = [];
    private int _offset;

    /// <summary>The generator and its version.</summary>
    public required string Generator { get; set; }

    /// <summary>The element type.</summary>
    public Precision Precision { get; set; }

    /// <summary>What training minimises.</summary>
    public Loss Loss { get; set; }

    /// <summary>What <c>Predict</c> applies to the output of the last layer.</summary>
    public PredictionTransform Prediction { get; set; }

    /// <summary>The number of inputs of the next layer.</summary>
    private int Width => _layers.Count == 0 ? inputSize : _layers[^1].Outputs;

    /// <summary>Adds z = x·W + b, h = f(z).</summary>
    /// <param name="name">The name of the layer.</param>
    /// <param name="units">The number of outputs.</param>
    /// <param name="activation">f.</param>
    /// <param name="parameter">The parameter of f; null if it has none.</param>
    /// <param name="bias">Whether there is a b.</param>
    public void Dense(string name, int units, Activation activation, double? parameter = null, bool bias = true)
    {
        Add(new LayerDescription
        {
            Name = name,
            Kind = LayerKind.Dense,
            Inputs = Width,
            Outputs = units,
            Activation = activation,
            ActivationParameter = parameter,
            HasBias = bias,
            WeightOffset = _offset,
            BiasOffset = bias ? _offset + (Width * units) : -1,
        });
    }

    /// <summary>Adds h = f(x).</summary>
    /// <param name="name">The name of the layer.</param>
    /// <param name="activation">f.</param>
    /// <param name="parameter">The parameter of f; null if it has none.</param>
    public void Activation(string name, Activation activation, double? parameter = null) => Add(new LayerDescription
    {
        Name = name,
        Kind = LayerKind.Activation,
        Inputs = Width,
        Outputs = Width,
        Activation = activation,
        ActivationParameter = parameter,
    });

    /// <summary>Adds x̂ = (x − μ)/√(σ² + ε), z = x̂ ⊙ γ + β, h = f(z).</summary>
    /// <param name="name">The name of the layer.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="affine">Whether there are γ and β.</param>
    /// <param name="activation">f.</param>
    /// <param name="parameter">The parameter of f; null if it has none.</param>
    public void LayerNorm(string name, double epsilon, bool affine, Activation activation, double? parameter = null) => Add(new LayerDescription
    {
        Name = name,
        Kind = LayerKind.LayerNorm,
        Inputs = Width,
        Outputs = Width,
        Activation = activation,
        ActivationParameter = parameter,
        Epsilon = epsilon,
        HasBias = affine,
        WeightOffset = affine ? _offset : -1,
        BiasOffset = affine ? _offset + Width : -1,
    });

    /// <summary>Adds dropout.</summary>
    /// <param name="name">The name of the layer.</param>
    /// <param name="rate">The probability of 0.</param>
    public void Dropout(string name, double rate) => Add(new LayerDescription
    {
        Name = name,
        Kind = LayerKind.Dropout,
        Inputs = Width,
        Outputs = Width,
        Activation = BackpropGen.Activation.Identity,
        Rate = rate,
    });

    /// <summary>The description of all that was added.</summary>
    /// <returns>An immutable description.</returns>
    public NetworkDescription Build() => new(name, inputSize, Precision, Loss, Prediction, Generator, [.. _layers]);

    private void Add(LayerDescription layer)
    {
        _layers.Add(layer);
        _offset += layer.ParameterCount;
    }
}
