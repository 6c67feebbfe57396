using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission.Optimizers;

/// <summary>RAdam: Adam that waits with the second moment until enough steps have gone into it.</summary>
internal sealed class RAdamRule(RAdamSpec spec, ElementType element) : UpdateRule(element)
{
    private readonly Moments _moments = new(spec.Beta1, spec.Beta2, element);

    /// <summary>ρ∞, what ρ tends to.</summary>
    private double Limit => (2 / (1 - spec.Beta2)) - 1;

    public override string Name => "RAdam";

    public override string Formula => $"{Moments.Formula}, θ ← θ − η·r·√(1 − β₂ᵗ)/(1 − β₁ᵗ)·m / (√v + ε) where ρ > 5, else θ ← θ − η/(1 − β₁ᵗ)·m; "
        + "ρ∞ = 2/(1 − β₂) − 1, ρ = ρ∞ − 2t·β₂ᵗ/(1 − β₂ᵗ), r = √((ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ))";

    public override IReadOnlyList<StatePlane> Planes => [Moments.First, Moments.Second];

    public override IReadOnlyList<StateNumber> Numbers => [Moments.Steps, .. Moments.Powers];

    public override IReadOnlyList<string> Before => [_moments.Before[0], "_steps++;", .. _moments.Before.Skip(1)];

    public override IReadOnlyList<string> Constants =>
    [
        .. _moments.Constants,
        Constant("epsilon", spec.Epsilon),
        $"const double Limit = {Double(Limit)};  // ρ∞",
        "double rho = Limit - 2 * _steps * _beta2Power / (1 - _beta2Power);  // the number of steps that v speaks of",
        "bool isRectified = rho > 5;",
        "double rectification = isRectified",
        "    ? Math.Sqrt((rho - 4) * (rho - 2) * Limit / ((Limit - 4) * (Limit - 2) * rho)) * Math.Sqrt(1 - _beta2Power)",
        "    : 1;",
        Computed("rate", "_learningRate * rectification / (1 - _beta1Power)"),
    ];

    public override IReadOnlyList<string> Body => [.. Moments.Body, "var step = isRectified ? m / (Vector256.Sqrt(v) + epsilon) : m;"];

    public override string Result => "Simd.NegateMultiplyAdd(rate, step, theta)";
}
