using BackpropGen.Numerics;

namespace BackpropGen;

/// <summary>The nodes and constants of an ONNX graph while it is built: every node gives one value, which later nodes name.</summary>
/// <typeparam name="T">The element type of all values.</typeparam>
internal sealed class OnnxGraph<T>
    where T : unmanaged
{
    public const string Input = "input";
    public const string Output = "output";

    // Numbers of onnx.proto: element types, and kinds of attributes.
    private const int FloatElements = 1;
    private const int DoubleElements = 11;
    private const int FloatAttribute = 1;
    private const int IntAttribute = 2;

    private readonly List<Node> _nodes = [];
    private readonly List<ProtobufMessage> _initializers = [];
    private readonly Dictionary<double, string> _constants = [];

    private sealed record Node(string Operator, string[] Inputs, string Output, ProtobufMessage[] Attributes);

    /// <summary>Whether values are doubles, for which runtimes implement fewer operators.</summary>
    public static bool IsDouble => typeof(T) == typeof(double);

    /// <summary>Adds a node.</summary>
    /// <returns>The name of its value.</returns>
    public string Add(string operation, params string[] inputs) => Add(operation, inputs, []);

    /// <summary>Adds a node with attributes.</summary>
    /// <returns>The name of its value.</returns>
    public string Add(string operation, string[] inputs, params ProtobufMessage[] attributes)
    {
        string output = FormattableString.Invariant($"{operation.ToLowerInvariant()}_{_nodes.Count + 1}");
        _nodes.Add(new Node(operation, inputs, output, attributes));
        return output;
    }

    /// <summary>A scalar, which is combined with every element of another value.</summary>
    public string Constant(double value)
    {
        if (!_constants.TryGetValue(value, out string? name))
        {
            name = FormattableString.Invariant($"constant_{_constants.Count + 1}");
            _constants.Add(value, name);
            T[] element = [Real.From<T>(value)];
            AddInitializer(name, [], ElementCodec.Encode(element.AsSpan()));
        }

        return name;
    }

    /// <summary>Adds a tensor of constants.</summary>
    public void AddInitializer(string name, long[] shape, ReadOnlySpan<byte> data)
    {
        var tensor = new ProtobufMessage();
        foreach (long size in shape)
        {
            tensor.Int(1, size);
        }

        _initializers.Add(tensor.Int(2, Elements).Text(8, name).Bytes(9, data));
    }

    /// <summary>An attribute of a node, a float.</summary>
    public static ProtobufMessage Attribute(string name, double value) => new ProtobufMessage().Text(1, name).Float(2, (float)value).Int(20, FloatAttribute);

    /// <summary>An attribute of a node, a whole number.</summary>
    public static ProtobufMessage Attribute(string name, int value) => new ProtobufMessage().Text(1, name).Int(3, value).Int(20, IntAttribute);

    /// <summary>Takes values to another element type and back, for operators that a runtime has for floats alone.</summary>
    public string AddAsFloat(string operation, string input)
    {
        if (!IsDouble)
        {
            return Add(operation, input);
        }

        string single = Add(operation, Add("Cast", [input], Attribute("to", FloatElements)));
        return Add("Cast", [single], Attribute("to", DoubleElements));
    }

    /// <summary>The graph from "input" to a value, which is called "output" now.</summary>
    public ProtobufMessage Finish(string name, string value, int inputSize, int outputSize)
    {
        if (value == Input)
        {
            Add("Identity", Input);
        }

        // The last node gives the value: every other feeds one after it.
        _nodes[^1] = _nodes[^1] with { Output = Output };
        var graph = new ProtobufMessage();
        foreach (Node node in _nodes)
        {
            graph.Message(1, Message(node));
        }

        graph.Text(2, name);
        foreach (ProtobufMessage initializer in _initializers)
        {
            graph.Message(5, initializer);
        }

        return graph.Message(11, Description(Input, inputSize)).Message(12, Description(Output, outputSize));
    }

    private static int Elements => IsDouble ? DoubleElements : FloatElements;

    private static ProtobufMessage Message(Node node)
    {
        var message = new ProtobufMessage();
        foreach (string input in node.Inputs)
        {
            message.Text(1, input);
        }

        message.Text(2, node.Output).Text(3, node.Output).Text(4, node.Operator);
        foreach (ProtobufMessage attribute in node.Attributes)
        {
            message.Message(5, attribute);
        }

        return message;
    }

    /// <summary>A matrix [batch × columns] with any number of rows.</summary>
    private static ProtobufMessage Description(string name, int columns)
    {
        ProtobufMessage shape = new ProtobufMessage()
            .Message(1, new ProtobufMessage().Text(2, "batch"))
            .Message(1, new ProtobufMessage().Int(1, columns));
        ProtobufMessage tensor = new ProtobufMessage().Int(1, Elements).Message(2, shape);
        return new ProtobufMessage().Text(1, name).Message(2, new ProtobufMessage().Message(1, tensor));
    }
}
