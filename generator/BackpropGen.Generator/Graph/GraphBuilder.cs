using System.Collections.Immutable;
using System.Globalization;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Graph;

/// <summary>
/// Writes the forward pass of a network as a graph: for every layer z and h, then the loss of each sample L and of the batch H.
/// </summary>
/// <remarks>
/// Every layer ends with an <see cref="Activate"/>, the identity included, so that every layer has an h; dropping the copy is for
/// lowering. An activation layer binds only its h: its z is the h below it (or x).
/// </remarks>
internal static class GraphBuilder
{
    public static NetworkGraph Build(NetworkSpec spec)
    {
        var numbering = new ValueNumbering();
        var inputs = ImmutableArray.CreateBuilder<Value>();
        var forward = ImmutableArray.CreateBuilder<Op>();

        int outputs = spec.Layers.Aggregate(spec.Inputs, (width, layer) => layer.OutputsFor(width));
        Value x = Input("x", Shape.Batch(spec.Inputs), Role.Input);
        Value y = Input("y", Shape.Batch(outputs), Role.Target);
        Value s = Input("s", Shape.PerSample, Role.SampleWeight);

        Value below = x;
        for (int index = 0; index < spec.Layers.Count; index++)
        {
            LayerSpec layer = spec.Layers[index];
            int number = index + 1;
            Value z = LayerGraphs.Build(layer, below, new LayerScope(number, numbering, inputs, forward));
            below = Bind(new Activate(numbering.New(Name("h", number), z.Shape, Role.Output, number), z, layer.Activation));
        }

        Value losses = Bind(new SampleLoss(numbering.New("L", Shape.PerSample, Role.SampleLoss), below, y, s, spec.Loss));
        Bind(new ReduceLoss(numbering.New("H", Shape.Scalar, Role.Loss), losses, y, s, spec.Loss));

        var graph = new NetworkGraph(spec, inputs.ToImmutable(), forward.ToImmutable(), ImmutableArray<Op>.Empty);
        GraphVerifier.Verify(graph);
        return graph;

        Value Input(string name, Shape shape, Role role, int number = 0)
        {
            Value value = numbering.New(name, shape, role, number);
            inputs.Add(value);
            return value;
        }

        Value Bind(Op op)
        {
            forward.Add(op);
            return op.Result;
        }
    }

    /// <summary>The name of a layer's value: its symbol and the layer's number, "W1".</summary>
    private static string Name(string symbol, int layer) => symbol + layer.ToString(CultureInfo.InvariantCulture);
}
