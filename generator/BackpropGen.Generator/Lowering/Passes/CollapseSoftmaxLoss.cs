using BackpropGen.Generator.Graph;

namespace BackpropGen.Generator.Lowering.Passes;

/// <summary>
/// Cross-entropy after a softmax layer, and the two log-probability losses after a log-softmax layer: the Jacobian of the layer times the
/// gradient of the loss is p·Σy − y. One subtraction replaces both, and no logarithm of a vanished probability is left.
/// </summary>
internal static class CollapseSoftmaxLoss
{
    public static IReadOnlyList<Step> Run(IReadOnlyList<Step> steps, LoweringContext context)
    {
        LossGradient gradient = steps.OfType<OpStep>().Select(step => step.Op).OfType<LossGradient>().Single();
        ActivationGradient? jacobian = steps.OfType<OpStep>().Select(step => step.Op).OfType<ActivationGradient>()
            .SingleOrDefault(op => op.Upstream == gradient.Result);
        LossSource? source = (context.Spec.Loss.Kind, jacobian?.Activation.Kind) switch
        {
            (Loss.SoftmaxCrossEntropy, _) => LossSource.Logits,
            (Loss.CrossEntropy, Activation.Softmax) => LossSource.Logits,
            (Loss.NegativeLogLikelihood or Loss.KullbackLeiblerDivergence, Activation.LogSoftmax) => LossSource.LogProbabilities,
            _ => null,
        };
        if (source is null)
        {
            return steps;
        }

        bool layerCollapses = context.Spec.Loss.Kind != Loss.SoftmaxCrossEntropy;
        Value input = gradient.Output;
        if (layerCollapses && source == LossSource.Logits)
        {
            input = steps.OfType<OpStep>().Select(step => step.Op).OfType<Activate>().Single(op => op.Result == gradient.Output).Input;
        }

        var result = new List<Step>();
        foreach (Step step in steps)
        {
            switch (step)
            {
                case OpStep { Op: SampleLoss or ReduceLoss }:
                    break;
                case OpStep { Op: LossGradient }:
                    Value start = layerCollapses ? jacobian!.Result : gradient.Result;
                    Value? totals = source == LossSource.Logits ? context.LossTerm("totals") : null;
                    Value? margins = source == LossSource.Logits ? context.LossTerm("margins") : null;
                    result.Add(new LossStep(context.LastLayer, context.Spec.Loss, source.Value, input, gradient.Target, start, totals, margins));
                    break;
                case OpStep { Op: ActivationGradient op } when layerCollapses && op == jacobian:
                    // Needed all the same where the backward pass starts from a given ∂h.
                    context.OutputGradientStep = FuseLoss.ToStep(op, context);
                    break;
                default:
                    result.Add(step);
                    break;
            }
        }

        return result;
    }
}
