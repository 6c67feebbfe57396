using System.Runtime.InteropServices;
using System.Text;
using BackpropGen.Benchmarks.Ladder;

namespace BackpropGen.Benchmarks.Contestants;

/// <summary>Writes a dense network as the protocol-buffer bytes of an ONNX model: Gemm, activation, ..., and a softmax where the loss has one.</summary>
internal static class OnnxModel
{
    public const string Input = "x";
    public const string Output = "y";

    // Field numbers of onnx.proto.
    private const int IrVersion = 10;
    private const int OperatorSet = 17;
    private const int FloatElements = 1;

    public static byte[] Write(RungData data)
    {
        Topology topology = data.Rung.Topology;
        var graph = new ProtoWriter();
        string value = Input;
        for (int l = 0; l < topology.Layers; l++)
        {
            (float[] weights, float[] bias) = data.Layer(l);
            bool last = l == topology.Layers - 1;
            string sum = last && !topology.OnLabels ? Output : $"z{l + 1}";
            graph.Message(1, Node("Gemm", [value, $"W{l + 1}", $"b{l + 1}"], sum));
            graph.Message(5, Initializer($"W{l + 1}", weights, topology.Widths[l], topology.Widths[l + 1]));
            graph.Message(5, Initializer($"b{l + 1}", bias, topology.Widths[l + 1]));
            value = sum;
            if (!last)
            {
                value = $"h{l + 1}";
                graph.Message(1, Node(topology.Hidden.ToString(), [sum], value));
            }
        }

        if (topology.OnLabels)
        {
            graph.Message(1, Node("Softmax", [value], Output));
        }

        graph.Text(2, "network");
        graph.Message(11, ValueInfo(Input, data.Rung.Batch, topology.Inputs));
        graph.Message(12, ValueInfo(Output, data.Rung.Batch, topology.Outputs));

        var operators = new ProtoWriter();
        operators.Text(1, "");
        operators.Number(2, OperatorSet);

        var model = new ProtoWriter();
        model.Number(1, IrVersion);
        model.Message(7, graph);
        model.Message(8, operators);
        return model.ToArray();
    }

    private static ProtoWriter Node(string type, string[] inputs, string output)
    {
        var node = new ProtoWriter();
        Array.ForEach(inputs, input => node.Text(1, input));
        node.Text(2, output);
        node.Text(4, type);
        return node;
    }

    private static ProtoWriter Initializer(string name, float[] values, params int[] shape)
    {
        var tensor = new ProtoWriter();
        Array.ForEach(shape, size => tensor.Number(1, size));
        tensor.Number(2, FloatElements);
        tensor.Text(8, name);
        tensor.Bytes(9, MemoryMarshal.AsBytes<float>(values));
        return tensor;
    }

    private static ProtoWriter ValueInfo(string name, params int[] shape)
    {
        var dimensions = new ProtoWriter();
        foreach (int size in shape)
        {
            var dimension = new ProtoWriter();
            dimension.Number(1, size);
            dimensions.Message(1, dimension);
        }

        var tensor = new ProtoWriter();
        tensor.Number(1, FloatElements);
        tensor.Message(2, dimensions);
        var type = new ProtoWriter();
        type.Message(1, tensor);
        var info = new ProtoWriter();
        info.Text(1, name);
        info.Message(2, type);
        return info;
    }

    /// <summary>The wire format of protocol buffers, as far as it is needed.</summary>
    private sealed class ProtoWriter
    {
        private const int VarintType = 0;
        private const int LengthType = 2;

        private readonly MemoryStream _stream = new();

        public void Number(int field, int value)
        {
            Varint((field << 3) | VarintType);
            Varint(value);
        }

        public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

        public void Message(int field, ProtoWriter message) => Bytes(field, message._stream.ToArray());

        public void Bytes(int field, ReadOnlySpan<byte> bytes)
        {
            Varint((field << 3) | LengthType);
            Varint(bytes.Length);
            _stream.Write(bytes);
        }

        public byte[] ToArray() => _stream.ToArray();

        private void Varint(int value)
        {
            for (uint rest = (uint)value; ; rest >>= 7)
            {
                if (rest < 0x80)
                {
                    _stream.WriteByte((byte)rest);
                    return;
                }

                _stream.WriteByte((byte)(rest | 0x80));
            }
        }
    }
}
