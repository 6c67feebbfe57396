using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Graph;

/// <summary>From each kind of layer to its operations: what binds z, given x. A new kind of layer is a new row of the table.</summary>
internal static class LayerGraphs
{
    private static readonly Dictionary<Type, Func<LayerSpec, Value, LayerScope, Value>> Kinds = new()
    {
        [typeof(DenseSpec)] = (layer, x, scope) => Dense((DenseSpec)layer, x, scope),
        [typeof(ActivationLayerSpec)] = (_, x, _) => x,
        [typeof(LayerNormSpec)] = (layer, x, scope) => LayerNorm((LayerNormSpec)layer, x, scope),
        [typeof(DropoutSpec)] = (layer, x, scope) => Dropout((DropoutSpec)layer, x, scope),
    };

    /// <summary>Writes the operations of a layer, all but its activation.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">What it reads.</param>
    /// <param name="scope">Where to write.</param>
    /// <returns>z, the input of the activation.</returns>
    public static Value Build(LayerSpec layer, Value x, LayerScope scope) =>
        Kinds.TryGetValue(layer.GetType(), out Func<LayerSpec, Value, LayerScope, Value>? build)
            ? build(layer, x, scope)
            : throw new InvalidOperationException($"{layer.Name} is of a kind without graph operations: {layer.GetType().Name}.");

    /// <summary>z = x·W + b; x·W has a value of its own only where there is a bias to add to it.</summary>
    private static Value Dense(DenseSpec layer, Value x, LayerScope scope)
    {
        Value weights = scope.Parameter("W", Shape.Matrix(x.Shape.Columns, layer.Units), Role.Weights);
        Shape rows = Shape.Batch(layer.Units);
        if (!layer.Bias)
        {
            return scope.Bind(new MatMul(scope.New("z", rows, Role.PreActivation), x, weights));
        }

        Value bias = scope.Parameter("b", Shape.Vector(layer.Units), Role.Bias);
        Value product = scope.Bind(new MatMul(scope.New("xW", rows, Role.Product), x, weights));
        return scope.Bind(new AddBias(scope.New("z", rows, Role.PreActivation), product, bias));
    }

    /// <summary>z = x̂ ⊙ γ + β, x̂ with mean 0 and variance 1 in every row.</summary>
    private static Value LayerNorm(LayerNormSpec layer, Value x, LayerScope scope)
    {
        Value deviation = scope.New("r", Shape.PerSample, Role.Deviation);
        if (!layer.Affine)
        {
            return scope.Bind(new Normalize(scope.New("z", x.Shape, Role.PreActivation), deviation, x, layer.Epsilon));
        }

        Value scale = scope.Parameter("g", Shape.Vector(x.Shape.Columns), Role.Scale);
        Value shift = scope.Parameter("b", Shape.Vector(x.Shape.Columns), Role.Bias);
        Value normalized = scope.Bind(new Normalize(scope.New("n", x.Shape, Role.Normalized), deviation, x, layer.Epsilon));
        return scope.Bind(new ScaleShift(scope.New("z", x.Shape, Role.PreActivation), normalized, scale, shift));
    }

    /// <summary>z = x ⊙ m.</summary>
    private static Value Dropout(DropoutSpec layer, Value x, LayerScope scope)
    {
        Value mask = scope.Bind(new DropoutMask(scope.New("m", x.Shape, Role.Mask), layer.Rate));
        return scope.Bind(new ApplyMask(scope.New("z", x.Shape, Role.PreActivation), x, mask));
    }
}
