using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission.Optimizers;

/// <summary>Gradient descent, with momentum or Nesterov momentum where asked for.</summary>
internal sealed class SgdRule(SgdSpec spec, ElementType element) : UpdateRule(element)
{
    private static readonly StatePlane Velocity = new("velocity", "velocity");

    private bool HasMomentum => spec.Momentum > 0;

    /// <summary>Whether the first step, which is not dampened, must be told from the others.</summary>
    private bool IsDampened => HasMomentum && spec.Dampening > 0;

    public override string Name => HasMomentum ? spec.Nesterov ? "SGD with Nesterov momentum" : "SGD with momentum" : "SGD";

    public override string Title => Name.Replace("SGD", "gradient descent");

    public override string Formula => !HasMomentum ? "θ ← θ − η·g"
        : spec.Nesterov ? "v ← μ·v + g, θ ← θ − η·(g + μ·v)"
        : IsDampened ? "v ← μ·v + (1 − dampening)·g, θ ← θ − η·v"
        : "v ← μ·v + g, θ ← θ − η·v";

    public override IReadOnlyList<StatePlane> Planes => HasMomentum ? [Velocity] : [];

    public override IReadOnlyList<StateNumber> Numbers => IsDampened ? [new("has_velocity", "bool", "_hasVelocity", "false")] : [];

    public override IReadOnlyList<string> After => IsDampened ? ["_hasVelocity = true;"] : [];

    public override IReadOnlyList<string> Constants
    {
        get
        {
            var lines = new List<string> { "var rate = Simd.Broadcast(_learningRate);" };
            if (HasMomentum)
            {
                lines.Add(Constant("momentum", spec.Momentum));
            }

            if (IsDampened)
            {
                lines.Add($"var share = Simd.Broadcast(_hasVelocity ? {Literal(1 - spec.Dampening)} : 1);  // the first step is not dampened");
            }

            return lines;
        }
    }

    public override IReadOnlyList<string> Body
    {
        get
        {
            if (!HasMomentum)
            {
                return [];
            }

            var lines = new List<string>
            {
                $"var v = Simd.MultiplyAdd(momentum, {Load(Velocity)}, {(IsDampened ? "share * g" : "g")});",
                Store("v", Velocity),
            };
            if (spec.Nesterov)
            {
                lines.Add("v = Simd.MultiplyAdd(momentum, v, g);");
            }

            return lines;
        }
    }

    public override string Result => $"Simd.NegateMultiplyAdd(rate, {(HasMomentum ? "v" : "g")}, theta)";
}
