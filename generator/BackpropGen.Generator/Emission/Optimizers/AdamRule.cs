using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission.Optimizers;

/// <summary>Adam and AdamW, with the largest second moment instead of the last where AMSGrad is asked for.</summary>
internal sealed class AdamRule(AdamSpec spec, ElementType element) : UpdateRule(element)
{
    private readonly Moments _moments = new(spec.Beta1, spec.Beta2, element);

    private static readonly StatePlane Peak = new("largest_second_moment", "peaks");

    public override string Name => (spec.DecoupledWeightDecay ? "AdamW" : "Adam") + (spec.Amsgrad ? " (AMSGrad)" : string.Empty);

    public override string Formula => spec.Amsgrad
        ? $"{Moments.Formula}, v̂ ← max(v̂, v), θ ← θ − η/(1 − β₁ᵗ)·m / (√v̂/√(1 − β₂ᵗ) + ε)"
        : $"{Moments.Formula}, θ ← θ − η/(1 − β₁ᵗ)·m / (√v/√(1 − β₂ᵗ) + ε)";

    public override IReadOnlyList<StatePlane> Planes => spec.Amsgrad ? [Moments.First, Moments.Second, Peak] : [Moments.First, Moments.Second];

    public override IReadOnlyList<StateNumber> Numbers => Moments.Powers;

    public override IReadOnlyList<string> Before => _moments.Before;

    public override IReadOnlyList<string> Constants =>
    [
        .. _moments.Constants,
        Constant("epsilon", spec.Epsilon),
        Computed("rate", "_learningRate / (1 - _beta1Power)"),
        Computed("correction", "1 / Math.Sqrt(1 - _beta2Power)"),
    ];

    public override IReadOnlyList<string> Body => spec.Amsgrad
        ?
        [
            .. Moments.Body,
            $"var peak = Vector256.Max({Load(Peak)}, v);",
            Store("peak", Peak),
            "var scale = Simd.MultiplyAdd(Vector256.Sqrt(peak), correction, epsilon);",
        ]
        :
        [
            .. Moments.Body,
            "var scale = Simd.MultiplyAdd(Vector256.Sqrt(v), correction, epsilon);",
        ];

    public override string Result => "Simd.NegateMultiplyAdd(rate, m / scale, theta)";
}
