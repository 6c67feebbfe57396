using System.Globalization;
using System.Text;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Graph;

/// <summary>A graph as text, one line per value: for tests and for people.</summary>
/// <example><c>z1 : [N × 5] = add_bias(xW1, b1)</c></example>
internal static class GraphPrinter
{
    public static string Print(NetworkGraph graph)
    {
        var text = new StringBuilder();
        text.Append("inputs:\n");
        foreach (Value input in graph.Inputs)
        {
            text.Append($"  {Typed(input)}\n");
        }

        Print(text, "forward:", graph.Forward);
        if (!graph.Backward.IsEmpty)
        {
            Print(text, "backward:", graph.Backward);
        }

        return text.ToString();
    }

    /// <summary>One operation as the line that binds its value.</summary>
    public static string Print(Op op) => $"{string.Join(", ", op.Results.Select(Typed))} = {RightHandSide(op)}";

    private static void Print(StringBuilder text, string heading, IEnumerable<Op> ops)
    {
        text.Append(heading).Append('\n');
        foreach (Op op in ops)
        {
            text.Append($"  {Print(op)}\n");
        }
    }

    private static string Typed(Value value) => $"{value.Name} : {value.Shape}";

    private static string RightHandSide(Op op) => op switch
    {
        MatMul matMul => $"matmul({Factor(matMul.Left, matMul.TransposeLeft)}, {Factor(matMul.Right, matMul.TransposeRight)})",
        AddBias => $"add_bias({Operands(op)})",
        Activate activate => $"activate({Operands(op)}; {Describe(activate.Activation)})",
        ActivationGradient gradient => $"activation_gradient({Operands(op)}; {Describe(gradient.Activation)})",
        ColumnSum => $"column_sum({Operands(op)})",
        SampleLoss loss => $"sample_loss({Operands(op)}; {Describe(loss.Loss)})",
        ReduceLoss reduce => $"reduce_loss({Operands(op)}; {reduce.Loss.Reduction})",
        LossGradient gradient => $"loss_gradient({Operands(op)}; {Describe(gradient.Loss)}, {gradient.Loss.Reduction})",
        KernelOp { Constants: { } constants } kernel => $"{kernel.Symbol}({Operands(op)}; {constants})",
        KernelOp kernel => $"{kernel.Symbol}({Operands(op)})",
        _ => throw new InvalidOperationException($"{op.Result.Name} is bound by an unknown operation, {op.GetType().Name}."),
    };

    private static string Operands(Op op) => string.Join(", ", op.Operands.Select(operand => operand.Name));

    private static string Factor(Value value, bool transposed) => transposed ? value.Name + "ᵀ" : value.Name;

    private static string Describe(ActivationSpec activation) =>
        activation.Parameter == 0 ? activation.Kind.ToString() : $"{activation.Kind}({Number(activation.Parameter)})";

    private static string Describe(LossSpec loss)
    {
        var parameters = new List<string>();
        Add("parameter", loss.Parameter != 0, Number(loss.Parameter));
        Add("power", loss.Power != 1, loss.Power.ToString(CultureInfo.InvariantCulture));
        Add("smoothing", loss.LabelSmoothing != 0, Number(loss.LabelSmoothing));
        Add("class weights", loss.ClassWeights.Count > 0, Numbers(loss.ClassWeights));
        Add("positive weights", loss.PositiveWeights.Count > 0, Numbers(loss.PositiveWeights));
        return parameters.Count == 0 ? loss.Kind.ToString() : $"{loss.Kind}({string.Join(", ", parameters)})";

        void Add(string name, bool present, string value)
        {
            if (present)
            {
                parameters.Add($"{name} {value}");
            }
        }
    }

    private static string Numbers(IEnumerable<double> values) => string.Join(" ", values.Select(Number));

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
