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
            Value z = layer switch
            {
                DenseSpec dense => BuildDense(dense, number, below),
                ActivationLayerSpec => below,
                _ => throw new InvalidOperationException($"Layer {number} is of a kind without graph operations: {layer.GetType().Name}."),
            };
            below = Bind(new Activate(NewValue("h", number, z.Shape, Role.Output), z, layer.Activation));
        }

        Value losses = Bind(new SampleLoss(numbering.New("L", Shape.PerSample, Role.SampleLoss), below, y, s, spec.Loss));
        Bind(new ReduceLoss(numbering.New("H", Shape.Scalar, Role.Loss), losses, y, s, spec.Loss));

        var graph = new NetworkGraph(spec, inputs.ToImmutable(), forward.ToImmutable(), ImmutableArray<Op>.Empty);
        GraphVerifier.Verify(graph);
        return graph;

        // z = x·W + b; x·W has a value of its own only where there is a bias to add to it.
        Value BuildDense(DenseSpec dense, int number, Value x)
        {
            Value weights = Input(Name("W", number), Shape.Matrix(x.Shape.Columns, dense.Units), Role.Weights, number);
            Shape rows = Shape.Batch(dense.Units);
            if (!dense.Bias)
            {
                return Bind(new MatMul(NewValue("z", number, rows, Role.PreActivation), x, weights));
            }

            Value bias = Input(Name("b", number), Shape.Vector(dense.Units), Role.Bias, number);
            Value product = Bind(new MatMul(NewValue("xW", number, rows, Role.Product), x, weights));
            return Bind(new AddBias(NewValue("z", number, rows, Role.PreActivation), product, bias));
        }

        Value NewValue(string symbol, int number, Shape shape, Role role) => numbering.New(Name(symbol, number), shape, role, number);

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
