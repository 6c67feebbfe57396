namespace BackpropGen.Generator.Lowering.Passes;

/// <summary>
/// A training step of plain gradient descent updates W in place, yet δ of the layer below needs W as it was. Inline loops read a copy of Wᵀ
/// made beforehand and keep the order of the derivation; all others read W itself, so their product goes before the update.
/// </summary>
internal static class HandGradientDownFirst
{
    public static IReadOnlyList<Step> Run(IReadOnlyList<Step> steps, LoweringContext context)
    {
        if (!context.CanUpdateInPlace)
        {
            return steps;
        }

        var result = steps.ToList();
        for (int i = 0; i + 1 < result.Count; i++)
        {
            if (result[i] is WeightGradientStep gradient && result[i + 1] is InputGradientStep product
                && gradient.Layer == product.Layer && context.TransposedScheduleOf(product.Layer) != Schedule.Inline)
            {
                (result[i], result[i + 1]) = (product, gradient);
                i++;
            }
        }

        return result;
    }
}
