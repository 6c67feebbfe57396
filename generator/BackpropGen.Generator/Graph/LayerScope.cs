using System.Collections.Immutable;
using System.Globalization;

namespace BackpropGen.Generator.Graph;

/// <summary>What the builder of a layer writes into: parameters, values and operations that bear the layer's number.</summary>
/// <param name="number">The 1-based number of the layer.</param>
/// <param name="numbering">The numbers of the graph's values.</param>
/// <param name="inputs">The inputs of the graph so far.</param>
/// <param name="forward">Its operations so far.</param>
internal sealed class LayerScope(
    int number, ValueNumbering numbering, ImmutableArray<Value>.Builder inputs, ImmutableArray<Op>.Builder forward)
{
    /// <summary>A new value: its symbol and the layer's number, "z1".</summary>
    public Value New(string symbol, Shape shape, Role role) =>
        numbering.New(symbol + number.ToString(CultureInfo.InvariantCulture), shape, role, number);

    /// <summary>A parameter; in the flat order they stand as they are made.</summary>
    public Value Parameter(string symbol, Shape shape, Role role)
    {
        Value value = New(symbol, shape, role);
        inputs.Add(value);
        return value;
    }

    /// <summary>Appends an operation.</summary>
    /// <returns>Its result.</returns>
    public Value Bind(Op op)
    {
        forward.Add(op);
        return op.Result;
    }
}
