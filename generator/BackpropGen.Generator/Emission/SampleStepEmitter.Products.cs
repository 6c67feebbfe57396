using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <content>The products of layers whose W stands row by row.</content>
internal sealed partial class SampleStepEmitter
{
    /// <summary>z = b + Σ x[k]·W[k], the terms dealt to chains.</summary>
    private void EmitDense(DenseStep step, string suffix)
    {
        Layer layer = step.Layer;
        int width = _element.Padded(layer.Outputs);
        string z = step.PreActivation?.Name ?? $"z{CSharpLiteral.Int(layer.Number)}";
        IReadOnlyList<Lane> lanes = Lanes(layer.Outputs);
        int chains = layer.Inputs <= 2 ? 1 : Math.Min(MostChains, (layer.Inputs + 1) / 2);
        for (int k = 0; k < layer.Inputs; k++)
        {
            string factor = Element(step.Input, k);
            foreach (Lane lane in lanes)
            {
                string sum = Chain(z, lane, k % chains);
                string row = $"Simd.Load(ref {step.Weights.Name}, {CSharpLiteral.Int((k * width) + int.Parse(lane.Offset))})";
                string start = k == 0 && step.Bias is { } bias ? $"Simd.Load(ref {bias.Name}, {lane.Offset})" : string.Empty;
                writer.Line(k >= chains ? $"{sum} = Simd.MultiplyAdd({factor}, {row}, {sum});"
                    : start.Length > 0 ? $"var {sum} = Simd.MultiplyAdd({factor}, {row}, {start});"
                    : $"var {sum} = {factor} * {row};");
            }
        }

        foreach (Lane lane in lanes)
        {
            if (chains > 1)
            {
                string pair = $"{Chain(z, lane, 0)} + {Chain(z, lane, 1)}";
                string others = string.Join(" + ", Enumerable.Range(2, chains - 2).Select(chain => Chain(z, lane, chain)));
                writer.Line($"{Chain(z, lane, 0)} = {(others.Length == 0 ? pair : $"({pair}) + ({others})")};");
            }

            EmitRows(step, lane, Chain(z, lane, 0), suffix);
        }
    }

    /// <summary>∂h[k] = W[k]·δ: a product and a sum across lanes for each row of W, the sums of one vector's worth of rows at once.</summary>
    private void EmitInputGradient(InputGradientStep step)
    {
        Layer layer = step.Layer;
        int width = _element.Padded(layer.Outputs);
        IReadOnlyList<Lane> lanes = Lanes(layer.Outputs);
        string upstream = step.Epilogue is null ? step.Result.Name : $"dh{CSharpLiteral.Int(step.Epilogue.Layer.Number)}";
        foreach (Lane part in Lanes(layer.Inputs))
        {
            int first = int.Parse(part.Offset);
            int last = Math.Min(first + _element.Lanes, layer.Inputs);
            var sums = new List<string>();
            for (int k = first; k < last; k++)
            {
                string product = string.Empty;
                foreach (Lane lane in lanes)
                {
                    string row = $"Simd.Load(ref {step.Weights.Name}, {CSharpLiteral.Int((k * width) + int.Parse(lane.Offset))})";
                    product = product.Length == 0 ? $"{Use(step.Delta, lane)} * {row}" : $"Simd.MultiplyAdd({Use(step.Delta, lane)}, {row}, {product})";
                }

                string name = $"{upstream}k{CSharpLiteral.Int(k)}";
                writer.Line($"var {name} = {product};");
                sums.Add(name);
            }

            // Up to half a vector of sums has shorter forms.
            if (sums.Count > (_element == ElementType.Double ? 2 : 4))
            {
                sums.AddRange(Enumerable.Repeat($"{Vector}.Zero", _element.Lanes - sums.Count));
            }

            string sum = $"Simd.SumEach({string.Join(", ", sums)})";
            if (step.Epilogue is { } epilogue)
            {
                writer.Line($"var {upstream}{Suffix(part, layer.Inputs)} = {sum};");
                Define(step.Result, part, Gradient(epilogue, $"{upstream}{Suffix(part, layer.Inputs)}", part));
            }
            else
            {
                Define(step.Result, part, sum);
            }
        }
    }

    /// <summary>∂W[k] += x[k]·δ and ∂b += δ.</summary>
    private void EmitWeightGradient(WeightGradientStep step)
    {
        Layer layer = step.Layer;
        int width = _element.Padded(layer.Outputs);
        IReadOnlyList<Lane> lanes = Lanes(layer.Outputs);
        for (int k = 0; k < layer.Inputs; k++)
        {
            foreach (Lane lane in lanes)
            {
                string matrix = step.WeightGradient.Name;
                string product = $"{Element(step.Input, k)}, {Use(step.Delta, lane)}";
                writer.Line(Add(product, GradientRow(matrix, k, lane), matrix, (k * width) + int.Parse(lane.Offset)));
            }
        }

        EmitBiasGradient(step);
    }

    private void EmitBiasGradient(WeightGradientStep step)
    {
        if (step.BiasGradient is { } bias)
        {
            foreach (Lane lane in Lanes(step.Layer.Outputs))
            {
                string delta = Use(step.Delta, lane);
                writer.Line(_loops
                    ? $"{bias.Name}{Suffix(lane, step.Layer.Outputs)} += {delta};"
                    : $"Simd.Store(Simd.Load(ref {bias.Name}, {lane.Offset}) + {delta}, ref {bias.Name}, {lane.Offset});");
            }
        }
    }

    /// <summary>z where somebody reads it, and h where the activation is part of the product.</summary>
    private void EmitRows(DenseStep step, Lane lane, string z, string suffix)
    {
        if (step.PreActivation is { } kept)
        {
            _registers.Add(Row(kept, lane));
            StoreIfRead(kept, lane, suffix);
        }

        if (step.Output is { } h)
        {
            Define(h, lane, ActivationSyntax.Forward(step.Layer.Spec.Activation, z, _element));
            StoreIfRead(h, lane, suffix);
        }
    }

    private static string Chain(string z, Lane lane, int chain) =>
        $"{z}{(lane.Suffix.Length == 0 ? "Row" : lane.Suffix)}{(chain == 0 ? string.Empty : ((char)('A' + chain)).ToString())}";
}
