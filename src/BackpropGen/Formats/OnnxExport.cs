namespace BackpropGen;

/// <summary>Writes any network as an ONNX model of operator set 17: what <c>ExportOnnx</c> of every network calls.</summary>
/// <remarks>
/// "input" is [batch × inputs], "output" [batch × outputs] gives what <c>Predict</c> gives, for any number of rows. The parameters are called
/// and oriented as in <c>Save</c>.
/// </remarks>
public static class OnnxExport
{
    private const int IrVersion = 8;
    private const int OperatorSet = 17;

    /// <summary>Writes the model to a file, which is replaced as a whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The network.</param>
    /// <typeparam name="T">The element type of the network.</typeparam>
    /// <exception cref="NotSupportedException">The parameters are more than the 2 GB that a model may have.</exception>
    public static void Write<T>(string path, INeuralNetwork<T> network)
        where T : unmanaged => AtomicFile.Write(path, stream => Write(stream, network));

    /// <summary>Writes the model to a stream.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <param name="network">The network.</param>
    /// <typeparam name="T">The element type of the network.</typeparam>
    /// <exception cref="NotSupportedException">The parameters are more than the 2 GB that a model may have.</exception>
    public static void Write<T>(Stream stream, INeuralNetwork<T> network)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(network);
        NetworkDescription description = network.Describe();
        List<OutgoingTensor> tensors = NetworkFile.Tensors(network);
        if (tensors.Sum(tensor => tensor.Length) > 2_000_000_000)
        {
            throw new NotSupportedException($"{description} has more than 2 GB of parameters, which is the most of an ONNX model.");
        }

        Model(description, Graph<T>(description, tensors)).WriteTo(stream);
    }

    private static ProtobufMessage Model(NetworkDescription network, ProtobufMessage graph)
    {
        string[] generator = network.Generator.Split(' ');
        ProtobufMessage operators = new ProtobufMessage().Text(1, string.Empty).Int(2, OperatorSet);
        ProtobufMessage model = new ProtobufMessage()
            .Int(1, IrVersion)
            .Text(2, generator[0])
            .Text(3, generator[^1])
            .Message(7, graph)
            .Message(8, operators);
        foreach ((string key, string value) in NetworkFile.Metadata(network))
        {
            model.Message(14, new ProtobufMessage().Text(1, key).Text(2, value));
        }

        return model;
    }

    private static ProtobufMessage Graph<T>(NetworkDescription network, List<OutgoingTensor> tensors)
        where T : unmanaged
    {
        var graph = new OnnxGraph<T>();
        foreach (OutgoingTensor tensor in tensors)
        {
            var data = new MemoryStream((int)tensor.Length);
            tensor.Write(data);
            graph.AddInitializer(tensor.Name, tensor.Shape, data.GetBuffer());
        }

        string value = OnnxGraph<T>.Input;
        foreach (LayerDescription layer in network.Layers)
        {
            if (layer.Kind == LayerKind.Dense)
            {
                string[] weight = [value, $"{layer.TensorName}.weight"];
                value = graph.Add("Gemm", layer.HasBias ? [.. weight, $"{layer.TensorName}.bias"] : weight, OnnxGraph<T>.Attribute("transB", 1));
            }

            if (layer.Kind == LayerKind.LayerNorm)
            {
                value = OnnxNormalization.LayerNorm(graph, layer, value);
            }

            value = OnnxActivations.Add(graph, layer.Activation, layer.ActivationParameter, value);
        }

        value = network.Prediction switch
        {
            PredictionTransform.None => value,
            PredictionTransform.Softmax => OnnxActivations.Add(graph, Activation.Softmax, null, value),
            PredictionTransform.Sigmoid => OnnxActivations.Add(graph, Activation.Sigmoid, null, value),
            _ => graph.Add("Exp", value),
        };
        return graph.Finish(network.Name, value, network.InputSize, network.OutputSize);
    }
}
