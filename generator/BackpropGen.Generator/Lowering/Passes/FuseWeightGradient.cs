using BackpropGen.Generator.Graph;

namespace BackpropGen.Generator.Lowering.Passes;

/// <summary>∂W = hᵀ·δ and ∂b = Σ δ of a layer become one step, since both walk the same δ.</summary>
internal static class FuseWeightGradient
{
    public static IReadOnlyList<Step> Run(IReadOnlyList<Step> steps, LoweringContext context)
    {
        var result = new List<Step>();
        foreach (Step step in steps)
        {
            switch (step)
            {
                case OpStep { Op: MatMul { TransposeLeft: true } op }:
                    Layer layer = context.Layers[op.Result.Layer - 1];
                    result.Add(new WeightGradientStep(layer, op.Left, op.Right, op.Result, null));
                    break;
                case OpStep { Op: ColumnSum op }:
                    int product = result.FindIndex(other => other is WeightGradientStep gradient && gradient.Layer.Number == op.Result.Layer);
                    result[product] = (WeightGradientStep)result[product] with { BiasGradient = op.Result };
                    break;
                default:
                    result.Add(step);
                    break;
            }
        }

        return result;
    }
}
