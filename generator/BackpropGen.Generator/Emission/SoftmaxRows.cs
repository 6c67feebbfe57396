using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>Softmax and log-softmax row by row, and their Jacobians. Rows are shifted by their largest element, so that nothing overflows.</summary>
internal static class SoftmaxRows
{
    /// <summary>h = eᶻ / Σ eᶻ.</summary>
    public static void Softmax(RowLoops rows, Value input, Value output, Func<Value, int> stride)
    {
        SourceWriter writer = rows.Writer;
        rows.DeclareLanes();
        using (writer.Open("for (nint n = 0; n < batch; n++)"))
        {
            Exponentials(rows, input, rows.IsOneVector ? null : output, stride);
            writer.Line("var scale = Simd.Broadcast(1 / total);");
            rows.ForEach(isMasked: false, vector =>
            {
                string e = rows.IsOneVector ? "e" : vector.Load(output, stride(output));
                writer.Line(vector.Store($"{e} * scale", output, stride(output)));
            });
        }
    }

    /// <summary>h = z − ln Σ eᶻ.</summary>
    public static void LogSoftmax(RowLoops rows, Value input, Value output, Func<Value, int> stride)
    {
        SourceWriter writer = rows.Writer;
        rows.DeclareLanes();
        using (writer.Open("for (nint n = 0; n < batch; n++)"))
        {
            Exponentials(rows, input, null, stride);
            writer.Line("var shiftedLog = VectorMath.Log(Simd.Broadcast(total));");
            rows.ForEach(isMasked: input.Role == Role.Input, vector =>
                writer.Line(vector.Store($"{Sweeps.Load(rows, vector, input, stride)} - shift - shiftedLog", output, stride(output))));
        }
    }

    /// <summary>δ = h ⊙ (∂h − Σ h·∂h).</summary>
    public static void SoftmaxGradient(RowLoops rows, ActivationGradientStep step, Func<Value, int> stride)
    {
        SourceWriter writer = rows.Writer;
        Value h = step.Output!;
        rows.DeclareLanes();
        using (writer.Open("for (nint n = 0; n < batch; n++)"))
        {
            rows.Sum("products", isMasked: true, vector =>
                vector.Masked($"{vector.Load(h, stride(h))} * {vector.Load(step.Upstream, stride(step.Upstream))}"));
            writer.Line("var mean = Simd.Broadcast(Simd.Sum(products));  // Σ h·∂h: the mean of ∂h under h");
            rows.ForEach(isMasked: true, vector =>
            {
                string difference = $"({vector.Load(step.Upstream, stride(step.Upstream))} - mean)";
                writer.Line(vector.Store(vector.Masked($"{vector.Load(h, stride(h))} * {difference}"), step.Result, stride(step.Result)));
            });
        }
    }

    /// <summary>δ = ∂h − eʰ·Σ ∂h.</summary>
    public static void LogSoftmaxGradient(RowLoops rows, ActivationGradientStep step, Func<Value, int> stride)
    {
        SourceWriter writer = rows.Writer;
        Value h = step.Output!;
        rows.DeclareLanes();
        using (writer.Open("for (nint n = 0; n < batch; n++)"))
        {
            rows.Sum("sums", isMasked: true, vector => vector.Masked(vector.Load(step.Upstream, stride(step.Upstream))));
            writer.Line("var total = Simd.Broadcast(Simd.Sum(sums));  // Σ ∂h");
            rows.ForEach(isMasked: true, vector =>
            {
                string product = $"VectorMath.ExpNonPositive({vector.Load(h, stride(h))}) * total";
                string difference = $"{vector.Load(step.Upstream, stride(step.Upstream))} - {product}";
                writer.Line(vector.Store(vector.Masked(difference), step.Result, stride(step.Result)));
            });
        }
    }

    /// <summary>
    /// Writes e^(z − shift) of row n, and declares <c>shift</c>, the largest z in every lane, and <c>total</c>, the sum of the exponentials.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="input">z.</param>
    /// <param name="output">Where the exponentials are stored, or null where they are not.</param>
    /// <param name="stride">The length of the rows of a value.</param>
    /// <param name="register">The register that holds z where it is one vector and at hand already.</param>
    public static void Exponentials(RowLoops rows, Value input, Value? output, Func<Value, int> stride, string? register = null)
    {
        SourceWriter writer = rows.Writer;
        string lowest = $"Simd.Broadcast({rows.Element.Keyword}.NegativeInfinity)";
        if (rows.OnlyVector.IsPartial && !rows.IsOneVector)
        {
            writer.Line($"var lowest = {lowest};");
            lowest = "lowest";
        }

        if (rows.IsOneVector)
        {
            writer.Line($"var z = {Logits(rows.OnlyVector)};");
            writer.Line("var shift = Simd.Broadcast(Simd.MaxAcross(z));");
            writer.Line("var e = VectorMath.ExpNonPositive(z - shift);");
            if (output is not null)
            {
                writer.Line(rows.OnlyVector.Store("e", output, stride(output)));
            }

            writer.Line($"{rows.Element.Keyword} total = Simd.Sum(e);");
            return;
        }

        rows.Reduce("max", lowest, (max, next) => $"{max} = Vector256.Max({max}, {next});", isMasked: true, Logits);
        writer.Blank();
        writer.Line("var shift = Simd.Broadcast(Simd.MaxAcross(max));");
        rows.Sum("sum", isMasked: true, vector =>
        {
            string exponential = $"VectorMath.ExpNonPositive({Logits(vector)} - shift)";
            if (output is null)
            {
                return exponential;
            }

            writer.Line($"var e = {exponential};");
            writer.Line(vector.Store("e", output, stride(output)));
            return "e";
        });
        writer.Blank();
        writer.Line($"{rows.Element.Keyword} total = Simd.Sum(sum);");

        // A padding lane is −∞, so that it never is the largest and its exponential is zero.
        string Logits(RowVector vector)
        {
            string z = register ?? Sweeps.Load(rows, vector, input, stride);
            return vector.IsPartial ? $"Vector256.ConditionalSelect({vector.Mask}, {z}, {lowest})" : z;
        }
    }
}
