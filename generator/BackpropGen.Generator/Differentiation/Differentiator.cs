using System.Collections.Immutable;
using BackpropGen.Generator.Graph;

namespace BackpropGen.Generator.Differentiation;

/// <summary>
/// Backpropagation: walks the forward pass in reverse and lets the rule of each operation write the gradients of what it reads. Each
/// layer's δ is bound once and serves its ∂W, its ∂b and the ∂h of the layer below; that reuse is all there is to it.
/// </summary>
internal static class Differentiator
{
    /// <summary>Adds the backward pass to a graph that has none.</summary>
    public static NetworkGraph Differentiate(NetworkGraph forward)
    {
        var tape = new GradientTape(forward);
        foreach (Op op in forward.Forward.Reverse())
        {
            GradientRules.Apply(op, forward, tape);
        }

        NetworkGraph graph = forward with { Backward = InReadingOrder(tape.Ops) };
        GraphVerifier.Verify(graph);
        return graph;
    }

    /// <summary>
    /// The order of the derivation: from the top layer down, within a layer ∂h, δ, ∂W, ∂b (the order in which <see cref="Role"/> names
    /// them), and ∂x at the end. The walk itself meets the bias before the weights.
    /// </summary>
    private static ImmutableArray<Op> InReadingOrder(IEnumerable<Op> ops) =>
        ops.OrderByDescending(op => op.Result.Layer).ThenBy(op => op.Result.Role).ToImmutableArray();
}
