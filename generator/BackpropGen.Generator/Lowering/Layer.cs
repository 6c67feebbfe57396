using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Lowering;

/// <summary>A layer with its place in the network.</summary>
/// <param name="Number">1 for the first layer.</param>
/// <param name="Inputs">The number of inputs of one sample.</param>
/// <param name="Outputs">The number of outputs of one sample.</param>
/// <param name="Spec">The layer as declared.</param>
internal sealed record Layer(int Number, int Inputs, int Outputs, LayerSpec Spec)
{
    public string Name => Spec.Name;

    /// <summary>The layer as a dense one, or null where it has no parameters.</summary>
    public DenseSpec? Dense => Spec as DenseSpec;

    public long WeightCount => Dense is null ? 0 : (long)Inputs * Outputs;

    public long ParameterCount => Spec.ParameterCountFor(Inputs);

    /// <summary>The layers of a network, each with its sizes.</summary>
    public static IReadOnlyList<Layer> Of(NetworkSpec spec)
    {
        var layers = new List<Layer>();
        int width = spec.Inputs;
        foreach (LayerSpec layer in spec.Layers)
        {
            int outputs = layer.OutputsFor(width);
            layers.Add(new Layer(layers.Count + 1, width, outputs, layer));
            width = outputs;
        }

        return layers;
    }
}
