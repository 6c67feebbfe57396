using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering.Passes;

namespace BackpropGen.Generator.Lowering;

/// <summary>From the mathematics to a program: a flat list of named passes, each from a list of steps to a list of steps.</summary>
internal static class LoweringPipeline
{
    /// <summary>The passes, in order. Each is a file of its own that says what it does and why it is safe.</summary>
    private static readonly IReadOnlyList<(string Name, Func<IReadOnlyList<Step>, LoweringContext, IReadOnlyList<Step>> Run)> Passes =
    [
        ("remove-identities", RemoveIdentities.Run),               // h = z where f is the identity: one value, not two
        ("collapse-softmax-loss", CollapseSoftmaxLoss.Run),        // softmax Jacobian · loss gradient = p − y
        ("fuse-loss", FuseLoss.Run),                               // sample losses and their gradient in one sweep
        ("fuse-dense", FuseDense.Run),                             // the bias is where the sums start
        ("fuse-activation", FuseActivation.Run),                   // f on the sums while they are in registers
        ("fuse-weight-gradient", FuseWeightGradient.Run),          // ∂W and ∂b read the same δ
        ("fuse-activation-gradient", FuseActivationGradient.Run),  // ⊙ f′(z) on ∂h while it is in registers
        ("hand-gradient-down-first", HandGradientDownFirst.Run),   // δ·Wᵀ before W is updated in place
        ("compute-deltas-first", ComputeDeltasFirst.Run),          // where threads share the work: each has its own rows of every δ
        ("pack-operands", PackOperands.Run),                       // h and δ in the order in which ∂W reads them
    ];

    /// <summary>Lowers a differentiated graph.</summary>
    /// <exception cref="InvalidOperationException">An operation was left that no pass lowers: a defect of the compiler.</exception>
    public static LoweredProgram Lower(NetworkGraph graph)
    {
        var context = new LoweringContext(graph);
        IReadOnlyList<Step> steps = graph.Forward.Concat(graph.Backward).Select(op => (Step)new OpStep(op)).ToList();
        foreach ((_, Func<IReadOnlyList<Step>, LoweringContext, IReadOnlyList<Step>> run) in Passes)
        {
            steps = run(steps, context);
        }

        if (steps.OfType<OpStep>().FirstOrDefault() is { } left)
        {
            throw new InvalidOperationException($"No lowering pass handles {left.Op}.");
        }

        return LoweredProgram.Assemble(graph, context, steps);
    }
}
