using BackpropGen.Generator.Graph;

namespace BackpropGen.Generator.Differentiation;

/// <summary>The chain rule of layers that normalise.</summary>
internal static class NormalizationRules
{
    /// <summary>x̂ = (x − μ)·r, with μ and r of x.</summary>
    public static void Differentiate(Normalize op, GradientTape tape)
    {
        if (tape.Wants(op.Input))
        {
            Value gradient = tape.GradientOf(op.Result);
            tape.Emit(op.Input, result => new NormalizeGradient(result, gradient, op.Result, op.Deviation));
        }
    }

    /// <summary>z = x̂ ⊙ γ + β: ∂x̂ = ∂z ⊙ γ; ∂γ and ∂β sum over the batch.</summary>
    public static void Differentiate(ScaleShift op, GradientTape tape)
    {
        Value gradient = tape.GradientOf(op.Result);
        Value shift = tape.Bind(op.Shift);
        tape.Emit(op.Scale, result => new ScaleShiftGradient(result, shift, gradient, op.Input));
        tape.Emit(op.Input, result => new ScaleColumns(result, gradient, op.Scale));
    }
}
