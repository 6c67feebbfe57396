using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Lowering.Passes;

/// <summary>
/// Where f is the identity, h is z and ∂h is δ: the pass drops both operations and keeps the names z and δ, which the derivation uses.
/// An identity as the very first layer stays: x stands as the caller gave it, and what the network puts out stands in its workspace.
/// </summary>
internal static class RemoveIdentities
{
    public static IReadOnlyList<Step> Run(IReadOnlyList<Step> steps, LoweringContext context)
    {
        var kept = new List<Op>();
        foreach (Op op in steps.Cast<OpStep>().Select(step => step.Op))
        {
            switch (op)
            {
                case Activate { Activation.Kind: Activation.Identity } activate when activate.Input.Role != Role.Input:
                    context.Replace(activate.Result, activate.Input);
                    break;
                case ActivationGradient { Activation.Kind: Activation.Identity } gradient when !IsFirstLayer(gradient, context):
                    // ∂h takes the name δ; but where it already is the δ of an activation layer above, that name stays.
                    bool isDelta = gradient.Upstream.Role == Role.Delta;
                    context.Replace(isDelta ? gradient.Result : gradient.Upstream, isDelta ? gradient.Upstream : gradient.Result);
                    break;
                default:
                    kept.Add(op);
                    break;
            }
        }

        return kept.Select(op => (Step)new OpStep(op.Rename(context.Resolve))).ToList();
    }

    private static bool IsFirstLayer(ActivationGradient gradient, LoweringContext context) =>
        gradient.Result.Role == Role.InputGradient || (gradient.Result.Layer == 1 && context.Layers[0].Spec is ActivationLayerSpec);
}
