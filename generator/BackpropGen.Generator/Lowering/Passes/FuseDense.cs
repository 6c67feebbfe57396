using BackpropGen.Generator.Graph;

namespace BackpropGen.Generator.Lowering.Passes;

/// <summary>x·W and + b become one step: the bias is where the sums start, so it costs nothing.</summary>
internal static class FuseDense
{
    public static IReadOnlyList<Step> Run(IReadOnlyList<Step> steps, LoweringContext context)
    {
        var result = new List<Step>();
        for (int i = 0; i < steps.Count; i++)
        {
            if (steps[i] is not OpStep { Op: MatMul { TransposeLeft: false, TransposeRight: false } product })
            {
                result.Add(steps[i]);
                continue;
            }

            Layer layer = context.Layers[product.Right.Layer - 1];
            if (i + 1 < steps.Count && steps[i + 1] is OpStep { Op: AddBias bias } && bias.Input == product.Result)
            {
                result.Add(new DenseStep(layer, product.Left, product.Right, bias.Bias, bias.Result, null));
                i++;
            }
            else
            {
                result.Add(new DenseStep(layer, product.Left, product.Right, null, product.Result, null));
            }
        }

        return result;
    }
}
