using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission.Optimizers;

/// <summary>Adamax: Adam with the infinity norm in place of the second moment.</summary>
internal sealed class AdamaxRule(AdamaxSpec spec, ElementType element) : UpdateRule(element)
{
    private static readonly StatePlane InfinityNorm = new("infinity_norm", "infinityNorms");

    public override string Name => "Adamax";

    public override string Formula => "m ← β₁·m + (1 − β₁)·g, u ← max(β₂·u, |g| + ε), θ ← θ − η/(1 − β₁ᵗ)·m / u";

    public override IReadOnlyList<StatePlane> Planes => [Moments.First, InfinityNorm];

    public override IReadOnlyList<StateNumber> Numbers => [Moments.FirstPower];

    public override IReadOnlyList<string> Before =>
    [
        "// m starts at zero; the correction undoes the bias of the first steps.",
        Moments.Advance(Moments.FirstPower, spec.Beta1),
    ];

    public override IReadOnlyList<string> Constants =>
    [
        Constant("beta1", spec.Beta1),
        Constant("beta2", spec.Beta2),
        Constant("share1", 1 - spec.Beta1, "1 − β₁"),
        Constant("epsilon", spec.Epsilon),
        Computed("rate", "_learningRate / (1 - _beta1Power)"),
    ];

    public override IReadOnlyList<string> Body =>
    [
        $"var m = Simd.MultiplyAdd(beta1, {Load(Moments.First)}, share1 * g);",
        $"var u = Vector256.Max(beta2 * {Load(InfinityNorm)}, Vector256.Abs(g) + epsilon);",
        Store("m", Moments.First),
        Store("u", InfinityNorm),
    ];

    public override string Result => "Simd.NegateMultiplyAdd(rate, m / u, theta)";
}
