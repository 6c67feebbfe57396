using System.Globalization;
using BackpropGen.Generator.Graph;

namespace BackpropGen.Generator.Emission;

/// <summary>The names of the mathematics: d2 in code is δ2 on paper.</summary>
internal static class Notation
{
    /// <summary>The symbol of a value in plain Unicode: δ2, ∂W2, ∂h1.</summary>
    public static string Of(Value value)
    {
        string number = value.Layer > 0 ? value.Layer.ToString(CultureInfo.InvariantCulture) : string.Empty;
        return value.Role switch
        {
            Role.Delta => $"δ{number}",
            Role.OutputGradient => $"∂h{number}",
            Role.WeightGradient => $"∂W{number}",
            Role.BiasGradient => $"∂b{number}",
            Role.Scale => $"γ{number}",
            Role.ScaleGradient => $"∂γ{number}",
            Role.Normalized => $"x̂{number}",
            Role.NormalizedGradient => $"∂x̂{number}",
            Role.InputGradient => "∂x",
            _ => value.Name,
        };
    }

    /// <summary>The shape of a value as the derivation writes it: [N × 4], [5 × 4], and [4] for a bias.</summary>
    public static string ShapeOf(Value value) => value.Role is Role.Bias or Role.BiasGradient or Role.Scale or Role.ScaleGradient
        ? string.Format(CultureInfo.InvariantCulture, "[{0}]", value.Shape.Columns)
        : value.Shape.ToString();

    /// <summary>The symbol of a value in LaTeX: \delta_2, \partial W_2.</summary>
    public static string Latex(Value value)
    {
        string subscript = value.Layer > 0 ? string.Format(CultureInfo.InvariantCulture, "_{{{0}}}", value.Layer) : string.Empty;
        return value.Role switch
        {
            Role.Input => "x",
            Role.Target => "y",
            Role.Loss => "H",
            Role.Weights => $"W{subscript}",
            Role.Bias => $"b{subscript}",
            Role.PreActivation => $"z{subscript}",
            Role.Output => $"h{subscript}",
            Role.Delta => $@"\delta{subscript}",
            Role.OutputGradient => $@"\partial h{subscript}",
            Role.WeightGradient => $@"\partial W{subscript}",
            Role.BiasGradient => $@"\partial b{subscript}",
            Role.Scale => $@"\gamma{subscript}",
            Role.ScaleGradient => $@"\partial \gamma{subscript}",
            Role.Normalized => $@"\hat{{x}}{subscript}",
            Role.NormalizedGradient => $@"\partial \hat{{x}}{subscript}",
            Role.Deviation => $"r{subscript}",
            Role.Mask => $"m{subscript}",
            Role.InputGradient => @"\partial x",
            _ => value.Name,
        };
    }
}
