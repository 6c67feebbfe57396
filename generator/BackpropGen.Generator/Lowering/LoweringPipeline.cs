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
        ("keep-kernels", KeepKernels.Run),                         // operations with kernels of their own
        ("hand-gradient-down-first", HandGradientDownFirst.Run),   // δ·Wᵀ before W is updated in place
        ("compute-deltas-first", ComputeDeltasFirst.Run),          // where threads share the work: each has its own rows of every δ
        ("pack-operands", PackOperands.Run),                       // h and δ in the order in which ∂W reads them
    ];

    /// <summary>Those of a forward pass alone.</summary>
    private static readonly string[] OfForward = ["remove-identities", "fuse-dense", "fuse-activation", "keep-kernels"];

    private static IEnumerable<(string Name, Func<IReadOnlyList<Step>, LoweringContext, IReadOnlyList<Step>> Run)> ForwardPasses =>
        Passes.Where(pass => OfForward.Contains(pass.Name));

    /// <summary>Lowers a differentiated graph.</summary>
    /// <exception cref="InvalidOperationException">An operation was left that no pass lowers: a defect of the compiler.</exception>
    public static LoweredProgram Lower(NetworkGraph graph)
    {
        var context = new LoweringContext(graph);
        IReadOnlyList<Step> steps = Run(Passes, graph.Forward.Concat(graph.Backward), context);
        if (!graph.InferenceDiffers)
        {
            return LoweredProgram.Assemble(graph, context, steps, inference: null);
        }

        // Other values become one where an operation is missing, so inference has names of its own.
        var inferenceContext = new LoweringContext(graph);
        IReadOnlyList<Step> inference = Run(ForwardPasses, graph.Inference.Where(op => op is not (SampleLoss or ReduceLoss)), inferenceContext);
        return LoweredProgram.Assemble(graph, context, steps, (inference, inferenceContext));
    }

    private static IReadOnlyList<Step> Run(
        IEnumerable<(string Name, Func<IReadOnlyList<Step>, LoweringContext, IReadOnlyList<Step>> Run)> passes,
        IEnumerable<Op> ops,
        LoweringContext context)
    {
        IReadOnlyList<Step> steps = ops.Select(op => (Step)new OpStep(op)).ToList();
        foreach ((_, Func<IReadOnlyList<Step>, LoweringContext, IReadOnlyList<Step>> run) in passes)
        {
            steps = run(steps, context);
        }

        return steps.OfType<OpStep>().FirstOrDefault() is { } left
            ? throw new InvalidOperationException($"No lowering pass handles {left.Op}.")
            : steps;
    }
}
