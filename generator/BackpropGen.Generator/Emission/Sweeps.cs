using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>Activations and their gradients over rows that another step has computed.</summary>
internal static class Sweeps
{
    /// <summary>h = f(z).</summary>
    public static void Activate(SourceWriter writer, ElementType element, ActivateStep step, Func<Value, int> stride)
    {
        var rows = new RowLoops(writer, element, step.Layer.Outputs, $"lanes{CSharpLiteral.Int(step.Layer.Number)}");
        switch (step.Activation.Kind)
        {
            case Activation.Softmax:
                SoftmaxRows.Softmax(rows, step.Input, step.Output, stride);
                break;
            case Activation.LogSoftmax:
                SoftmaxRows.LogSoftmax(rows, step.Input, step.Output, stride);
                break;
            default:
                using (writer.Open("for (nint n = 0; n < batch; n++)"))
                {
                    rows.ForEach(isMasked: IsUnpadded(step.Input), vector =>
                    {
                        string z = Load(rows, vector, step.Input, stride);
                        writer.Line(vector.Store(ActivationSyntax.Forward(step.Activation, z, element), step.Output, stride(step.Output)));
                    });
                }

                break;
        }
    }

    /// <summary>δ = ∂h ⊙ f′(z), or ∂h times the Jacobian for the softmax family.</summary>
    public static void ActivationGradient(SourceWriter writer, ElementType element, ActivationGradientStep step, Func<Value, int> stride)
    {
        var rows = new RowLoops(writer, element, step.Layer.Outputs, $"lanes{CSharpLiteral.Int(step.Layer.Number)}");
        switch (step.Activation.Kind)
        {
            case Activation.Softmax:
                SoftmaxRows.SoftmaxGradient(rows, step, stride);
                break;
            case Activation.LogSoftmax:
                SoftmaxRows.LogSoftmaxGradient(rows, step, stride);
                break;
            default:
                using (writer.Open("for (nint n = 0; n < batch; n++)"))
                {
                    rows.ForEach(isMasked: step.PreActivation is { } input && IsUnpadded(input), vector =>
                    {
                        string dh = Operand(vector, "dh", step.Upstream);
                        string z = Operand(vector, "z", step.PreActivation);
                        string h = Operand(vector, "h", step.Output);
                        string gradient = ActivationSyntax.Gradient(step.Activation, dh, z, h, element);
                        writer.Line(vector.Store(gradient, step.Result, stride(step.Result)));
                    });
                }

                break;
        }

        string Operand(RowVector vector, string name, Value? value)
        {
            if (value is null)
            {
                return string.Empty;
            }

            writer.Line($"var {name} = {Load(rows, vector, value, stride)};");
            return name;
        }
    }

    /// <summary>The rows of x stand as the caller gave them; all others are padded.</summary>
    private static bool IsUnpadded(Value value) => value.Role == Role.Input;

    /// <summary>Loads one vector of a row; never past the end of the last row of x.</summary>
    public static string Load(RowLoops rows, RowVector vector, Value value, Func<Value, int> stride) =>
        vector.IsPartial && IsUnpadded(value)
            ? $"Simd.LoadFirst(ref {value.Name}, {vector.At(stride(value))}, {rows.Columns % rows.Element.Lanes})"
            : vector.Load(value, stride(value));
}
