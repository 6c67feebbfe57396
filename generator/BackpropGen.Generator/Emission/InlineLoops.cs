using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>
/// The matrix products of small layers, written as the loops themselves. A row of the result is one or two vectors wide and stays in
/// registers while the inner loop adds one term after the other.
/// </summary>
internal static class InlineLoops
{
    /// <summary>z = x·W + b, h = f(z), sample by sample.</summary>
    public static void Dense(SourceWriter writer, ElementType element, DenseStep step, Func<Value, int> stride)
    {
        Layer layer = step.Layer;
        int width = element.Padded(layer.Outputs);
        IReadOnlyList<Lane> lanes = Lane.Of(width, element);
        using (writer.Open("for (nint n = 0; n < batch; n++)"))
        {
            foreach (Lane lane in lanes)
            {
                string start = step.Bias is null ? ActivationSyntax.Zero(element) : $"Simd.Load(ref {step.Bias.Name}, {lane.Offset})";
                writer.Line($"var z{lane.Suffix} = {start};");
            }

            using (writer.Open($"for (nint k = 0; k < {layer.Inputs}; k++)"))
            {
                writer.Line($"var {step.Input.Name}nk = Simd.Broadcast(ref {step.Input.Name}, {Row(stride(step.Input))} + k);");
                foreach (Lane lane in lanes)
                {
                    writer.Line(
                        $"z{lane.Suffix} = Simd.MultiplyAdd({step.Input.Name}nk, Simd.Load(ref {step.Weights.Name}, {At("k", width, lane)}), z{lane.Suffix});");
                }
            }

            writer.Blank();
            foreach (Lane lane in lanes)
            {
                if (step.PreActivation is { } z)
                {
                    writer.Line($"Simd.Store(z{lane.Suffix}, ref {z.Name}, {At("n", stride(z), lane)});");
                }

                if (step.Output is { } h)
                {
                    string value = ActivationSyntax.Forward(layer.Spec.Activation, $"z{lane.Suffix}", element);
                    writer.Line($"Simd.Store({value}, ref {h.Name}, {At("n", stride(h), lane)});");
                }
            }
        }
    }

    /// <summary>∂W = xᵀ·δ, row by row, and ∂b = Σ δ.</summary>
    public static void WeightGradient(SourceWriter writer, ElementType element, WeightGradientStep step, Func<Value, int> stride)
    {
        Layer layer = step.Layer;
        int width = element.Padded(layer.Outputs);
        using (writer.Open($"for (nint k = 0; k < {layer.Inputs}; k++)"))
        {
            Sum(
                writer,
                element,
                step,
                stride,
                step.WeightGradient,
                "sum",
                lane => At("k", width, lane),
                $"var {step.Input.Name}nk = Simd.Broadcast(ref {step.Input.Name}, {Row(stride(step.Input))} + k);",
                (sum, delta) => $"{sum} = Simd.MultiplyAdd({step.Input.Name}nk, {delta}, {sum});");
        }

        if (step.BiasGradient is { } bias)
        {
            writer.Blank();
            BiasGradient(writer, element, step, bias, stride);
        }
    }

    /// <summary>∂b = Σ δ.</summary>
    public static void BiasGradient(SourceWriter writer, ElementType element, WeightGradientStep step, Value bias, Func<Value, int> stride) =>
        Sum(writer, element, step, stride, bias, $"{bias.Name}Sum", lane => lane.Offset, null, (sum, delta) => $"{sum} += {delta};");

    /// <summary>A row of a gradient: a sum over the samples, in registers.</summary>
    private static void Sum(
        SourceWriter writer,
        ElementType element,
        WeightGradientStep step,
        Func<Value, int> stride,
        Value gradient,
        string name,
        Func<Lane, string> offset,
        string? factor,
        Func<string, string, string> add)
    {
        IReadOnlyList<Lane> lanes = Lane.Of(element.Padded(step.Layer.Outputs), element);
        foreach (Lane lane in lanes)
        {
            writer.Line(
                $"var {name}{lane.Suffix} = accumulate ? Simd.Load(ref {gradient.Name}, {offset(lane)}) : {ActivationSyntax.Zero(element)};");
        }

        using (writer.Open("for (nint n = 0; n < batch; n++)"))
        {
            if (factor is not null)
            {
                writer.Line(factor);
            }

            foreach (Lane lane in lanes)
            {
                string delta = $"Simd.Load(ref {step.Delta.Name}, {At("n", stride(step.Delta), lane)})";
                writer.Line(add($"{name}{lane.Suffix}", delta));
            }
        }

        writer.Blank();
        foreach (Lane lane in lanes)
        {
            writer.Line($"Simd.Store({name}{lane.Suffix}, ref {gradient.Name}, {offset(lane)});");
        }
    }

    /// <summary>∂h = δ·Wᵀ and, where fused, δ of the layer below = ∂h ⊙ f′(z), sample by sample.</summary>
    public static void InputGradient(SourceWriter writer, ElementType element, InputGradientStep step, Func<Value, int> stride)
    {
        Layer layer = step.Layer;
        int width = element.Padded(layer.Inputs);
        string sum = step.Result.Role == Role.InputGradient ? "dxn" : "dh";
        IReadOnlyList<Lane> lanes = Lane.Of(width, element);
        using (writer.Open("for (nint n = 0; n < batch; n++)"))
        {
            foreach (Lane lane in lanes)
            {
                writer.Line($"var {sum}{lane.Suffix} = {ActivationSyntax.Zero(element)};");
            }

            using (writer.Open($"for (nint j = 0; j < {layer.Outputs}; j++)"))
            {
                writer.Line($"var {step.Delta.Name}nj = Simd.Broadcast(ref {step.Delta.Name}, {Row(stride(step.Delta))} + j);");
                foreach (Lane lane in lanes)
                {
                    string weights = $"Simd.Load(ref {step.Weights.Name}T, {At("j", width, lane)})";
                    writer.Line($"{sum}{lane.Suffix} = Simd.MultiplyAdd({step.Delta.Name}nj, {weights}, {sum}{lane.Suffix});");
                }
            }

            writer.Blank();
            foreach (Lane lane in lanes)
            {
                string value = $"{sum}{lane.Suffix}";
                if (step.Epilogue is { } epilogue)
                {
                    string z = Operand(epilogue.PreActivation, "z", lane);
                    string h = Operand(epilogue.Output, "h", lane);
                    value = ActivationSyntax.Gradient(epilogue.Activation, value, z, h, element);
                }

                writer.Line($"Simd.Store({value}, ref {step.Result.Name}, {At("n", stride(step.Result), lane)});");
            }
        }

        string Operand(Value? operand, string name, Lane lane)
        {
            if (operand is null)
            {
                return string.Empty;
            }

            writer.Line($"var {name}{lane.Suffix} = Simd.Load(ref {operand.Name}, {At("n", stride(operand), lane)});");
            return $"{name}{lane.Suffix}";
        }
    }

    /// <summary>Where row n of a matrix starts.</summary>
    private static string Row(int stride) => stride == 1 ? "n" : $"n * {stride}";

    /// <summary>Where one vector of a row stands.</summary>
    private static string At(string row, int stride, Lane lane) =>
        lane.Offset == "0" ? $"{row} * {stride}" : $"{row} * {stride} + {lane.Offset}";
}
