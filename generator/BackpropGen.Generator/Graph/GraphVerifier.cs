namespace BackpropGen.Generator.Graph;

/// <summary>
/// Checks what every graph must hold: numbers and names are unique, each value is bound once and before it is read, the shapes of
/// each operation agree, and what it reads and binds are values it may read and bind. A failure is a defect of the compiler.
/// </summary>
internal static class GraphVerifier
{
    private static readonly Role[] InputRoles = [Role.Input, Role.Target, Role.SampleWeight, Role.Weights, Role.Bias, Role.Scale];

    /// <summary>Returns if all is well.</summary>
    /// <exception cref="InvalidOperationException">Something is not, and the message says what.</exception>
    public static void Verify(NetworkGraph graph)
    {
        var bound = new Dictionary<int, Value>();
        var names = new HashSet<string>();
        foreach (Value input in graph.Inputs)
        {
            Check(InputRoles.Contains(input.Role), $"Input {input.Name} has the role {input.Role}, which only an operation binds.");
            Bind(input);
        }

        foreach (Op op in graph.Ops())
        {
            foreach (Value operand in op.Operands)
            {
                Check(
                    bound.TryGetValue(operand.Id, out Value? known) && known == operand,
                    $"{op.Result.Name} reads {operand.Name} (#{operand.Id}) before it is bound.");
            }

            OpRules.Verify(op);
            foreach (Value result in op.Results)
            {
                Bind(result);
            }
        }

        void Bind(Value value)
        {
            Check(!bound.ContainsKey(value.Id), $"{value.Name} is bound twice, or shares its number #{value.Id} with another value.");
            Check(names.Add(value.Name), $"Two values are named {value.Name}.");
            Check(
                value.Layer >= 0 && value.Layer <= graph.Spec.Layers.Count,
                $"{value.Name} belongs to layer {value.Layer} of {graph.Spec.Layers.Count}.");
            bound.Add(value.Id, value);
        }
    }

    /// <summary>Throws the message unless the condition holds.</summary>
    internal static void Check(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }
}
