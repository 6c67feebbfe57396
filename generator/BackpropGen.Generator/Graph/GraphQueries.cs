namespace BackpropGen.Generator.Graph;

/// <summary>What the rooms after this one ask of a graph.</summary>
internal static class GraphQueries
{
    /// <summary>All operations in order of evaluation.</summary>
    public static IEnumerable<Op> Ops(this NetworkGraph graph) => graph.Forward.Concat(graph.Backward);

    /// <summary>All values: the inputs, then what the operations bind, in order.</summary>
    public static IEnumerable<Value> Values(this NetworkGraph graph) => graph.Inputs.Concat(graph.Ops().SelectMany(op => op.Results));

    /// <summary>The value of that name, or null.</summary>
    public static Value? Find(this NetworkGraph graph, string name) => graph.Values().FirstOrDefault(value => value.Name == name);

    /// <summary>The only value of a role that occurs once: x, y, s, L, H.</summary>
    public static Value Single(this NetworkGraph graph, Role role) => graph.Values().Single(value => value.Role == role);

    /// <summary>The parameters of all layers, in the flat order of parameters and gradients: layers in order, W (or γ) then b (or β).</summary>
    public static IEnumerable<Value> Parameters(this NetworkGraph graph) => graph.Inputs.Where(value => value.IsParameter);
}
