using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission.Optimizers;

/// <summary>RMSProp: g over the root of the running mean of g², or over that of its variance; with momentum where asked for.</summary>
internal sealed class RmsPropRule(RmsPropSpec spec, ElementType element) : UpdateRule(element)
{
    private static readonly StatePlane MeanSquare = new("mean_square", "meanSquares");
    private static readonly StatePlane MeanGradient = new("mean_gradient", "meanGradients");
    private static readonly StatePlane Velocity = new("velocity", "velocity");

    private bool HasMomentum => spec.Momentum > 0;

    public override string Name => (spec.Centered, HasMomentum) switch
    {
        (true, true) => "centered RMSProp with momentum",
        (true, false) => "centered RMSProp",
        (false, true) => "RMSProp with momentum",
        _ => "RMSProp",
    };

    public override string Formula
    {
        get
        {
            string averages = "v ← ρ·v + (1 − ρ)·g²" + (spec.Centered ? ", a ← ρ·a + (1 − ρ)·g" : string.Empty);
            string quotient = spec.Centered ? "g / (√(v − a²) + ε)" : "g / (√v + ε)";
            return HasMomentum ? $"{averages}, b ← μ·b + {quotient}, θ ← θ − η·b" : $"{averages}, θ ← θ − η·{quotient}";
        }
    }

    public override IReadOnlyList<StatePlane> Planes =>
        [MeanSquare, .. spec.Centered ? [MeanGradient] : Array.Empty<StatePlane>(), .. HasMomentum ? [Velocity] : Array.Empty<StatePlane>()];

    public override IReadOnlyList<string> Constants
    {
        get
        {
            var lines = new List<string>
            {
                Constant("rho", spec.Rho),
                Constant("share", 1 - spec.Rho, "1 − ρ"),
                Constant("epsilon", spec.Epsilon),
            };
            if (HasMomentum)
            {
                lines.Add(Constant("momentum", spec.Momentum));
            }

            lines.Add("var rate = Simd.Broadcast(_learningRate);");
            return lines;
        }
    }

    public override IReadOnlyList<string> Body
    {
        get
        {
            var lines = new List<string>
            {
                $"var v = Simd.MultiplyAdd(rho, {Load(MeanSquare)}, share * (g * g));",
                Store("v", MeanSquare),
            };
            if (spec.Centered)
            {
                lines.Add($"var a = Simd.MultiplyAdd(rho, {Load(MeanGradient)}, share * g);");
                lines.Add(Store("a", MeanGradient));
                lines.Add($"v = Vector256.Max(Simd.NegateMultiplyAdd(a, a, v), Vector256<{Element.Keyword}>.Zero);  // a variance, but for rounding");
            }

            lines.Add("var step = g / (Vector256.Sqrt(v) + epsilon);");
            if (HasMomentum)
            {
                lines.Add($"step = Simd.MultiplyAdd(momentum, {Load(Velocity)}, step);");
                lines.Add(Store("step", Velocity));
            }

            return lines;
        }
    }

    public override string Result => "Simd.NegateMultiplyAdd(rate, step, theta)";
}
