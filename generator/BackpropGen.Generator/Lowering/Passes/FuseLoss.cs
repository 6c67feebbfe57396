using BackpropGen.Generator.Graph;

namespace BackpropGen.Generator.Lowering.Passes;

/// <summary>
/// The sample losses, their reduction and the gradient they start are one sweep over the rows of the last layer. The activation gradient of
/// the last layer that follows is set apart: it is also where a backward pass from a given ∂h begins.
/// </summary>
internal static class FuseLoss
{
    public static IReadOnlyList<Step> Run(IReadOnlyList<Step> steps, LoweringContext context)
    {
        var result = new List<Step>();
        foreach (Step step in steps)
        {
            switch (step)
            {
                case OpStep { Op: SampleLoss or ReduceLoss }:
                    break;
                case OpStep { Op: LossGradient op }:
                    result.Add(new LossStep(context.LastLayer, context.Spec.Loss, LossSource.Output, op.Output, op.Target, op.Result));
                    break;
                case OpStep { Op: ActivationGradient op } when result.LastOrDefault() is LossStep loss && loss.Gradient == op.Upstream:
                    context.OutputGradientStep = ToStep(op, context);
                    context.LossGivesOutputGradient = true;
                    break;
                default:
                    result.Add(step);
                    break;
            }
        }

        return result;
    }

    public static ActivationGradientStep ToStep(ActivationGradient op, LoweringContext context) =>
        new(context.Layers[op.Result.Layer - 1], op.Upstream, op.PreActivation, op.Output, op.Result);
}
