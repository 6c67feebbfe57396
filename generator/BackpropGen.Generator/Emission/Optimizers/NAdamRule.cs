using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission.Optimizers;

/// <summary>NAdam: Adam with Nesterov momentum, which warms up.</summary>
internal sealed class NAdamRule(NAdamSpec spec, ElementType element) : UpdateRule(element)
{
    private readonly Moments _moments = new(spec.Beta1, spec.Beta2, element);

    public override string Name => "NAdam";

    public override string Formula => $"{Moments.Formula}, μₜ = β₁·(1 − ½·0.96^(t·ψ)), Πₜ = μ₁·…·μₜ, "
        + "θ ← θ − η·((1 − μₜ)/(1 − Πₜ)·g + μₜ₊₁/(1 − Πₜ₊₁)·m) / (√v/√(1 − β₂ᵗ) + ε)";

    public override IReadOnlyList<StatePlane> Planes => [Moments.First, Moments.Second];

    public override IReadOnlyList<StateNumber> Numbers =>
        [Moments.Steps, new("momentum_product", "double", "_momentumProduct", "1", "Πₜ"), Moments.SecondPower with { Comment = "β₂ᵗ after t steps" }];

    public override IReadOnlyList<string> Before =>
    [
        "// Both moments start at zero; the corrections undo the bias of the first steps.",
        "_steps++;",
        $"_momentumProduct *= {MomentumAt("_steps")};",
        Moments.Advance(Moments.SecondPower, spec.Beta2),
    ];

    public override IReadOnlyList<string> Constants =>
    [
        .. _moments.Constants,
        Constant("epsilon", spec.Epsilon),
        $"double momentum = {MomentumAt("_steps")};  // μₜ",
        $"double nextMomentum = {MomentumAt("(_steps + 1)")};",
        Computed("gradientRate", "_learningRate * (1 - momentum) / (1 - _momentumProduct)"),
        Computed("momentRate", "_learningRate * nextMomentum / (1 - _momentumProduct * nextMomentum)"),
        Computed("correction", "1 / Math.Sqrt(1 - _beta2Power)"),
    ];

    public override IReadOnlyList<string> Body =>
        [.. Moments.Body, "var scale = Simd.MultiplyAdd(Vector256.Sqrt(v), correction, epsilon);"];

    public override string Result => "theta - Simd.MultiplyAdd(gradientRate, g, momentRate * m) / scale";

    private string MomentumAt(string step) => $"{Double(spec.Beta1)} * (1 - 0.5 * Math.Pow(0.96, {step} * {Double(spec.MomentumDecay)}))";
}
