using BackpropGen.Generator.Graph;

namespace BackpropGen.Generator.Lowering.Passes;

/// <summary>
/// ⊙ f′(z) of the layer below joins the product δ·Wᵀ where it fits the kernel's epilogue: δ of the layer below comes out in one step,
/// as the derivation writes it. Every other activation gradient becomes a sweep of its own; so does one that reads x, whose rows stand
/// as the caller gave them, without the padding that kernels rely on.
/// </summary>
internal static class FuseActivationGradient
{
    public static IReadOnlyList<Step> Run(IReadOnlyList<Step> steps, LoweringContext context)
    {
        var result = new List<Step>();
        foreach (Step step in steps)
        {
            switch (step)
            {
                case OpStep { Op: MatMul { TransposeRight: true } op }:
                    result.Add(new InputGradientStep(context.Layers[op.Right.Layer - 1], op.Left, op.Right, op.Result, null));
                    break;
                case OpStep { Op: ActivationGradient op }:
                    ActivationGradientStep gradient = FuseLoss.ToStep(op, context);
                    if (result.LastOrDefault() is InputGradientStep { Epilogue: null } product && product.Result == op.Upstream
                        && op.PreActivation?.Role != Role.Input && !IsKept(op.Upstream, context)
                        && LoweringContext.FitsEpilogue(op.Activation, context.TransposedScheduleOf(product.Layer), derivative: true))
                    {
                        result[result.Count - 1] = product with { Result = op.Result, Epilogue = gradient };
                    }
                    else
                    {
                        result.Add(gradient);
                    }

                    break;
                default:
                    result.Add(step);
                    break;
            }
        }

        return result;
    }

    /// <summary>Whether the caller may read the value: the δ of an activation layer is the ∂h of the layer below.</summary>
    private static bool IsKept(Value upstream, LoweringContext context) => context.Spec.KeepIntermediates && upstream.Role == Role.Delta;
}
