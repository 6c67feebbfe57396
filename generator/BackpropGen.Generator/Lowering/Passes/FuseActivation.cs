using BackpropGen.Generator.Graph;

namespace BackpropGen.Generator.Lowering.Passes;

/// <summary>
/// f joins the dense step that computes its z where it fits the kernel's epilogue; z is then written only if somebody reads it.
/// Every other activation becomes a sweep of its own.
/// </summary>
internal static class FuseActivation
{
    public static IReadOnlyList<Step> Run(IReadOnlyList<Step> steps, LoweringContext context)
    {
        // How many steps read a value; the activation itself is one of them.
        Dictionary<Value, int> readers = steps.SelectMany(step => step.Reads.Distinct()).GroupBy(value => value).ToDictionary(reads => reads.Key, reads => reads.Count());
        var result = new List<Step>();
        foreach (Step step in steps)
        {
            if (step is not OpStep { Op: Activate op })
            {
                result.Add(step);
                continue;
            }

            Layer layer = context.Layers[op.Result.Layer - 1];
            if (result.LastOrDefault() is DenseStep dense && dense.Layer == layer && dense.PreActivation == op.Input
                && LoweringContext.FitsEpilogue(op.Activation, context.ScheduleOf(dense.Layer), derivative: false))
            {
                bool isRead = context.Spec.KeepIntermediates
                    || readers[op.Input] > 1
                    || context.OutputGradientStep?.PreActivation == op.Input;
                result[result.Count - 1] = dense with { Output = op.Result, PreActivation = isRead ? op.Input : null };
            }
            else
            {
                result.Add(new ActivateStep(layer, op.Input, op.Result));
            }
        }

        return result;
    }
}
