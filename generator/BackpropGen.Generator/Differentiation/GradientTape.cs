using System.Globalization;
using BackpropGen.Generator.Graph;

namespace BackpropGen.Generator.Differentiation;

/// <summary>What the reverse walk writes: the operations of the backward pass, and the gradient of each value once it is known.</summary>
internal sealed class GradientTape(NetworkGraph forward)
{
    private readonly ValueNumbering _numbering = ValueNumbering.After(forward);
    private readonly Dictionary<Value, Value> _gradients = [];
    private readonly List<Op> _ops = [];

    /// <summary>The operations written so far.</summary>
    public IReadOnlyList<Op> Ops => _ops;

    /// <summary>The gradient ∂H/∂value, which the operations that read the value have left.</summary>
    public Value GradientOf(Value value) =>
        _gradients.TryGetValue(value, out Value? gradient)
            ? gradient
            : throw new InvalidOperationException($"The gradient of {value.Name} is asked for before an operation that reads it was visited.");

    /// <summary>Notes the gradient of a value, which may already be a value of the graph.</summary>
    /// <remarks>Networks are chains: a value read by two operations would need the sum of two gradients, and none is.</remarks>
    public void SetGradient(Value value, Value gradient)
    {
        if (_gradients.ContainsKey(value))
        {
            throw new InvalidOperationException($"{value.Name} is read by more than one operation; the sum of its gradients has no rule.");
        }

        _gradients.Add(value, gradient);
    }

    /// <summary>Writes the operation that binds the gradient of a value.</summary>
    /// <param name="value">The value to differentiate by.</param>
    /// <param name="bind">Makes the operation from the value that it is to bind.</param>
    public void Emit(Value value, Func<Value, Op> bind) => _ops.Add(bind(Bind(value)));

    /// <summary>The same, unless nobody asks for the gradient.</summary>
    public void EmitIfWanted(Value value, Func<Value, Op> bind)
    {
        if (Wants(value))
        {
            Emit(value, bind);
        }
    }

    /// <summary>Whether the gradient of a value is asked for: that of x may not be.</summary>
    public bool Wants(Value value) => value.Role != Role.Input || forward.Spec.InputGradients;

    /// <summary>Makes the gradient of a value, for an operation that binds several.</summary>
    public Value Bind(Value value)
    {
        (string name, Role role) = value.Role switch
        {
            Role.Input => ("dx", Role.InputGradient),
            Role.PreActivation => (Name("d", value.Layer), Role.Delta),
            Role.Output => (Name("dh", value.Layer), Role.OutputGradient),
            Role.Weights => (Name("dW", value.Layer), Role.WeightGradient),
            Role.Bias => (Name("db", value.Layer), Role.BiasGradient),
            Role.Scale => (Name("dg", value.Layer), Role.ScaleGradient),
            Role.Normalized => (Name("dn", value.Layer), Role.NormalizedGradient),
            _ => throw new InvalidOperationException($"{value.Name} of role {value.Role} has no gradient of its own."),
        };

        // ∂x is made by the first layer, and counts as the last thing of it.
        int layer = role == Role.InputGradient ? 1 : value.Layer;
        return Bind(value, name, role, layer);
    }

    /// <summary>Writes the operation that binds δ of an activation layer, the gradient of a z that is the h of the layer below, or x.</summary>
    public void EmitDelta(Value value, int layer, Func<Value, Op> bind) => _ops.Add(bind(Bind(value, Name("d", layer), Role.Delta, layer)));

    private Value Bind(Value value, string name, Role role, int layer)
    {
        Value gradient = _numbering.New(name, value.Shape, role, layer);
        SetGradient(value, gradient);
        return gradient;
    }

    private static string Name(string symbol, int layer) => symbol + layer.ToString(CultureInfo.InvariantCulture);
}
