using System.Security.Cryptography;
using System.Text;

namespace BackpropGen;

/// <summary>
/// What a network is, as data: its layers, where their parameters stand in the flat order, and what it predicts. Files, exports and tools
/// that work on any network read it; the network itself does not.
/// </summary>
public sealed class NetworkDescription
{
    internal NetworkDescription(
        string name, int inputSize, Precision precision, Loss loss, PredictionTransform prediction, string generator, IReadOnlyList<LayerDescription> layers)
    {
        Name = name;
        InputSize = inputSize;
        Precision = precision;
        Loss = loss;
        Prediction = prediction;
        Generator = generator;
        Layers = layers;
        Topology = WriteTopology();
        TopologyHash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Topology))).ToLowerInvariant();
    }

    /// <summary>The name of the class.</summary>
    public string Name { get; }

    /// <summary>The number of input values of one sample.</summary>
    public int InputSize { get; }

    /// <summary>The number of output values of one sample.</summary>
    public int OutputSize => Layers[^1].Outputs;

    /// <summary>The number of trainable parameters.</summary>
    public int ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>The element type.</summary>
    public Precision Precision { get; }

    /// <summary>What training minimises.</summary>
    public Loss Loss { get; }

    /// <summary>What <c>Predict</c> applies to the output of the last layer.</summary>
    public PredictionTransform Prediction { get; }

    /// <summary>The generator that wrote the network, with its version: "BackpropGen 0.1.0".</summary>
    public string Generator { get; }

    /// <summary>The layers from input to output.</summary>
    public IReadOnlyList<LayerDescription> Layers { get; }

    /// <summary>
    /// The layers as text, one line each after the number of inputs, such as "dense1 dense 4 5 bias Sigmoid". Networks of the same text
    /// compute the same function of the same parameters; the name of the class, the element type, the loss and the training are left out.
    /// </summary>
    public string Topology { get; }

    /// <summary>SHA-256 of <see cref="Topology"/> in UTF-8, in lower-case hexadecimal digits.</summary>
    public string TopologyHash { get; }

    /// <summary>The sizes of the layers: "DigitNet (784 → 128 → 64 → 10)".</summary>
    /// <returns>The name and the widths.</returns>
    public override string ToString() =>
        $"{Name} ({string.Join(" → ", Layers.Where(layer => layer.Kind == LayerKind.Dense).Select(layer => layer.Outputs).Prepend(InputSize))})";

    private string WriteTopology()
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant($"inputs {InputSize}\n"));
        foreach (LayerDescription layer in Layers)
        {
            // Layers without parameters have no place in a file, so their names do not matter there.
            string bias = layer.HasBias ? "bias" : "nobias";
            switch (layer.Kind)
            {
                case LayerKind.Dense:
                    text.Append(FormattableString.Invariant($"{layer.TensorName} dense {layer.Inputs} {layer.Outputs} {bias}"));
                    break;
                case LayerKind.LayerNorm:
                    text.Append(FormattableString.Invariant($"{layer.TensorName} layernorm {layer.Inputs} {layer.Epsilon:R} {bias}"));
                    break;
                case LayerKind.Dropout:
                    continue;  // no part of the function
                default:
                    text.Append(FormattableString.Invariant($"- activation {layer.Inputs}"));
                    break;
            }

            text.Append(FormattableString.Invariant($" {layer.Activation}"));
            if (layer.ActivationParameter is { } parameter)
            {
                text.Append(FormattableString.Invariant($" {parameter:R}"));
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
