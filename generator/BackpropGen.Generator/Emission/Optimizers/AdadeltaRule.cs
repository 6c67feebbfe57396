using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission.Optimizers;

/// <summary>Adadelta: g times the ratio of the root mean squares of the steps and of the gradients.</summary>
internal sealed class AdadeltaRule(AdadeltaSpec spec, ElementType element) : UpdateRule(element)
{
    private static readonly StatePlane MeanSquare = new("mean_square", "meanSquares");
    private static readonly StatePlane MeanSquareStep = new("mean_square_step", "meanSquareSteps");

    public override string Name => "Adadelta";

    public override string Formula => "v ← ρ·v + (1 − ρ)·g², q = √((d + ε)/(v + ε))·g, d ← ρ·d + (1 − ρ)·q², θ ← θ − η·q";

    public override IReadOnlyList<StatePlane> Planes => [MeanSquare, MeanSquareStep];

    public override IReadOnlyList<string> Constants =>
    [
        Constant("rho", spec.Rho),
        Constant("share", 1 - spec.Rho, "1 − ρ"),
        Constant("epsilon", spec.Epsilon),
        "var rate = Simd.Broadcast(_learningRate);",
    ];

    public override IReadOnlyList<string> Body =>
    [
        $"var v = Simd.MultiplyAdd(rho, {Load(MeanSquare)}, share * (g * g));",
        Store("v", MeanSquare),
        $"var d = {Load(MeanSquareStep)};",
        "var q = Vector256.Sqrt((d + epsilon) / (v + epsilon)) * g;",
        Store("Simd.MultiplyAdd(rho, d, share * (q * q))", MeanSquareStep),
    ];

    public override string Result => "Simd.NegateMultiplyAdd(rate, q, theta)";
}
