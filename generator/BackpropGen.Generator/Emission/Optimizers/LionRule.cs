using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission.Optimizers;

/// <summary>Lion: every parameter moves by η against the sign of a momentum.</summary>
internal sealed class LionRule(LionSpec spec, ElementType element) : UpdateRule(element)
{
    public override string Name => "Lion";

    public override string Formula => "θ ← θ − η·sign(β₁·m + (1 − β₁)·g), m ← β₂·m + (1 − β₂)·g";

    public override IReadOnlyList<StatePlane> Planes => [Moments.First];

    public override IReadOnlyList<string> Constants =>
        [.. new Moments(spec.Beta1, spec.Beta2, Element).Constants, "var rate = Simd.Broadcast(_learningRate);"];

    public override IReadOnlyList<string> Body =>
    [
        $"var m = {Load(Moments.First)};",
        "var direction = Simd.Sign(Simd.MultiplyAdd(beta1, m, share1 * g));",
        Store("Simd.MultiplyAdd(beta2, m, share2 * g)", Moments.First),
    ];

    public override string Result => "Simd.NegateMultiplyAdd(rate, direction, theta)";
}
