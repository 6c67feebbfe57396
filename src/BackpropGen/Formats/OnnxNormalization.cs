using BackpropGen.Numerics;

namespace BackpropGen;

/// <summary>Layers that normalise as ONNX nodes. ε is an attribute, which in ONNX is a float whatever the element type.</summary>
internal static class OnnxNormalization
{
    /// <summary>x̂ ⊙ γ + β over the features.</summary>
    /// <returns>The name of the value.</returns>
    public static string LayerNorm<T>(OnnxGraph<T> graph, LayerDescription layer, string value)
        where T : unmanaged
    {
        string scale = $"{layer.TensorName}.weight";
        if (layer.WeightOffset < 0)
        {
            // The operator has no form without a scale.
            var ones = new T[layer.Outputs];
            ones.AsSpan().Fill(Real.From<T>(1));
            graph.AddInitializer(scale, [layer.Outputs], ElementCodec.Encode<T>(ones));
        }

        string[] inputs = layer.HasBias ? [value, scale, $"{layer.TensorName}.bias"] : [value, scale];
        return graph.Add("LayerNormalization", inputs, OnnxGraph<T>.Attribute("epsilon", layer.Epsilon!.Value));
    }
}
