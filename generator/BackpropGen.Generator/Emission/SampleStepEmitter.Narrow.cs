using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <content>The products of layers whose W stands unit by unit.</content>
internal sealed partial class SampleStepEmitter
{
    /// <summary>z = h·W + b where W stands unit by unit: the sums across lanes of h ⊙ W of every unit.</summary>
    private void EmitNarrowDense(DenseStep step)
    {
        Layer layer = step.Layer;
        Lane only = Lanes(layer.Outputs)[0];
        string z = $"z{CSharpLiteral.Int(layer.Number)}Row";
        string bias = step.Bias is null ? string.Empty : $" + Simd.Load(ref {step.Bias.Name}, 0)";
        IEnumerable<string> sums = Units(layer).Select(unit => Lanes(layer.Inputs).Aggregate(string.Empty, (sum, lane) =>
        {
            string product = $"{Row(step.Input, lane)}, {UnitWeights(step.Weights, layer, unit, lane)}";
            return sum.Length == 0 ? product.Replace(", Simd", " * Simd") : $"Simd.MultiplyAdd({product}, {sum})";
        }));
        foreach ((string sum, int unit) in sums.Select((sum, unit) => (sum, unit)))
        {
            writer.Line($"var {z}{CSharpLiteral.Int(unit)} = {sum};");
        }

        writer.Line($"var {z} = Simd.SumEach({string.Join(", ", Units(layer).Select(unit => $"{z}{CSharpLiteral.Int(unit)}"))}){bias};");
        if (step.PreActivation is { } kept)
        {
            StoreIfRead(kept, only);
        }

        if (step.Output is { } h)
        {
            Define(h, only, ActivationSyntax.Forward(layer.Spec.Activation, z, _element));
        }
    }

    /// <summary>∂h = Σ δ[j]·Wᵀ[j].</summary>
    private void EmitNarrowInputGradient(InputGradientStep step)
    {
        Layer layer = step.Layer;
        foreach (Lane lane in Lanes(layer.Inputs))
        {
            string sum = Units(layer).Aggregate(string.Empty, (sum, unit) =>
            {
                string weights = UnitWeights(step.Weights, layer, unit, lane);
                return sum.Length == 0 ? $"{Element(step.Delta, unit)} * {weights}" : $"Simd.MultiplyAdd({Element(step.Delta, unit)}, {weights}, {sum})";
            });
            if (step.Epilogue is { } epilogue)
            {
                string upstream = $"dh{CSharpLiteral.Int(epilogue.Layer.Number)}{Suffix(lane, layer.Inputs)}";
                writer.Line($"var {upstream} = {sum};");
                Define(step.Result, lane, Gradient(epilogue, upstream, lane));
            }
            else
            {
                Define(step.Result, lane, sum);
            }
        }
    }

    /// <summary>∂Wᵀ[j] += δ[j]·h and ∂b += δ.</summary>
    private void EmitNarrowWeightGradient(WeightGradientStep step)
    {
        Layer layer = step.Layer;
        foreach (int unit in Units(layer))
        {
            foreach (Lane lane in Lanes(layer.Inputs))
            {
                string gradient = UnitWeights(step.WeightGradient, layer, unit, lane);
                string at = gradient.Substring("Simd.Load(".Length).TrimEnd(')');
                writer.Line($"Simd.Store(Simd.MultiplyAdd({Element(step.Delta, unit)}, {Row(step.Input, lane)}, {gradient}), {at});");
            }
        }

        EmitBiasGradient(step);
    }

    private static IEnumerable<int> Units(Layer layer) => Enumerable.Range(0, layer.Outputs);

    /// <summary>One vector of the weights (or their gradients) of one unit; such a layer has one panel of inputs.</summary>
    private string UnitWeights(Value weights, Layer layer, int unit, Lane lane) =>
        $"Simd.Load(ref {weights.Name}T, {CSharpLiteral.Int((unit * _element.Padded(layer.Inputs)) + int.Parse(lane.Offset))})";
}
