using BackpropGen.Generator.Graph;

namespace BackpropGen.Generator.Lowering.Passes;

/// <summary>Operations with kernels of their own become steps as they are.</summary>
internal static class KeepKernels
{
    public static IReadOnlyList<Step> Run(IReadOnlyList<Step> steps, LoweringContext context) =>
        steps.Select(step => step is OpStep { Op: KernelOp op } ? new KernelStep(op, LayerOf(op, context)) : step).ToList();

    /// <summary>The layer of an operation: that of the values beside the gradient that it hands down, which bears the number of the layer below.</summary>
    private static Layer LayerOf(KernelOp op, LoweringContext context) =>
        context.Layers[op.Operands.Concat(op.Results).Max(value => value.Layer) - 1];
}
