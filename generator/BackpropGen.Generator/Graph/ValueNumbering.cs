namespace BackpropGen.Generator.Graph;

/// <summary>Hands out values with numbers that count up, so that a number is unique in its graph.</summary>
/// <param name="firstId">The first number to give.</param>
internal sealed class ValueNumbering(int firstId = 0)
{
    private int _nextId = firstId;

    /// <summary>Numbers on from a graph that stands.</summary>
    public static ValueNumbering After(NetworkGraph graph) => new(graph.Values().Max(value => value.Id) + 1);

    public Value New(string name, Shape shape, Role role, int layer = 0) => new(_nextId++, name, shape, role, layer);
}
