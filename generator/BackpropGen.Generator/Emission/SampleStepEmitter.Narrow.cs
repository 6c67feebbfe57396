using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <content>The products of layers whose W stands unit by unit.</content>
internal sealed partial class SampleStepEmitter
{
    /// <summary>z = h·W + b where W stands unit by unit: the sums across lanes of h ⊙ W of every unit.</summary>
    private void EmitNarrowDense(DenseStep step, string suffix)
    {
        Layer layer = step.Layer;
        Lane only = Lanes(layer.Outputs)[0];
        string z = $"z{CSharpLiteral.Int(layer.Number)}Row";
        string bias = step.Bias is null ? string.Empty : $" + Simd.Load(ref {step.Bias.Name}, 0)";
        IEnumerable<string> sums = Units(layer).Select(unit => Lanes(layer.Inputs).Aggregate(string.Empty, (sum, lane) =>
        {
            string product = $"{Use(step.Input, lane)}, {UnitWeights(step.Weights, layer, unit, lane)}";
            return sum.Length == 0 ? product.Replace(", Simd", " * Simd") : $"Simd.MultiplyAdd({product}, {sum})";
        }));
        foreach ((string sum, int unit) in sums.Select((sum, unit) => (sum, unit)))
        {
            writer.Line($"var {z}{CSharpLiteral.Int(unit)} = {sum};");
        }

        writer.Line($"var {z} = Simd.SumEach({string.Join(", ", Units(layer).Select(unit => $"{z}{CSharpLiteral.Int(unit)}"))}){bias};");
        EmitRows(step, only, z, suffix);
    }

    /// <summary>∂h = Σ δ[j]·Wᵀ[j].</summary>
    private void EmitNarrowInputGradient(InputGradientStep step)
    {
        Layer layer = step.Layer;
        foreach (Lane lane in Lanes(layer.Inputs))
        {
            string upstream = step.Epilogue is { } fused
                ? $"dh{CSharpLiteral.Int(fused.Layer.Number)}{Suffix(lane, layer.Inputs)}"
                : Row(step.Result, lane);
            foreach (int unit in Units(layer))
            {
                string factor = UnitDelta(step.Delta, unit);
                string weights = UnitWeights(step.Weights, layer, unit, lane);
                writer.Line(unit == 0 ? $"var {upstream} = {factor} * {weights};" : $"{upstream} = Simd.MultiplyAdd({factor}, {weights}, {upstream});");
            }

            if (step.Epilogue is { } epilogue)
            {
                Define(step.Result, lane, Gradient(epilogue, upstream, lane));
            }
            else
            {
                _registers.Add(upstream);
            }
        }
    }

    /// <summary>∂Wᵀ[j] += δ[j]·h and ∂b += δ.</summary>
    private void EmitNarrowWeightGradient(WeightGradientStep step)
    {
        Layer layer = step.Layer;
        string matrix = step.WeightGradient.Name + "T";
        foreach (int unit in Units(layer))
        {
            foreach (Lane lane in Lanes(layer.Inputs))
            {
                string product = $"{UnitDelta(step.Delta, unit)}, {Use(step.Input, lane)}";
                writer.Line(Add(product, GradientRow(matrix, unit, lane), matrix, (unit * _element.Padded(layer.Inputs)) + int.Parse(lane.Offset)));
            }
        }

        EmitBiasGradient(step);
    }

    /// <summary>δ of one unit in every lane: bound where it is used first.</summary>
    private string UnitDelta(Value delta, int unit)
    {
        string name = $"{delta.Name}n{CSharpLiteral.Int(unit)}";
        string row = Use(delta, LanesOf(delta)[0]);
        if (_registers.Add(name))
        {
            writer.Line($"var {name} = Simd.Broadcast({row}, {CSharpLiteral.Int(unit)});");
        }

        return name;
    }

    private static IEnumerable<int> Units(Layer layer) => Enumerable.Range(0, layer.Outputs);

    /// <summary>One vector of the weights (or their gradients) of one unit; such a layer has one panel of inputs.</summary>
    private string UnitWeights(Value weights, Layer layer, int unit, Lane lane) =>
        $"Simd.Load(ref {weights.Name}T, {CSharpLiteral.Int((unit * _element.Padded(layer.Inputs)) + int.Parse(lane.Offset))})";
}
