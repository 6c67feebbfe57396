using System.Collections.Immutable;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Graph;

/// <summary>The network as mathematics: typed values, each bound once, and the operations that bind them in order of evaluation.</summary>
/// <param name="Spec">The network it came from.</param>
/// <param name="Inputs">The values that come from outside: x, y, the sample weights, the parameters.</param>
/// <param name="Forward">The operations of the forward pass and the loss.</param>
/// <param name="Backward">The operations of the backward pass; empty before differentiation.</param>
internal sealed record NetworkGraph(
    NetworkSpec Spec,
    ImmutableArray<Value> Inputs,
    ImmutableArray<Op> Forward,
    ImmutableArray<Op> Backward)
{
    /// <summary>The operations of the forward pass as they are where nothing is learnt: without dropout.</summary>
    public IEnumerable<Op> Inference => Forward.Select(op => op is KernelOp kernel ? kernel.InInference : op).OfType<Op>();

    /// <summary>Whether inference is another pass than the forward pass of training.</summary>
    public bool InferenceDiffers => Forward.OfType<KernelOp>().Any(kernel => kernel.InInference != kernel);
}
