using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission.Optimizers;

/// <summary>Adagrad: g over the root of the sum of all g² so far.</summary>
internal sealed class AdagradRule(AdagradSpec spec, ElementType element) : UpdateRule(element)
{
    private static readonly StatePlane SquareSum = new("square_sum", "squareSums");

    private bool HasRateDecay => spec.LearningRateDecay > 0;

    private bool HasStart => spec.InitialAccumulator > 0;

    public override string Name => "Adagrad";

    public override string Formula =>
        $"s ← s + g², θ ← θ − {(HasRateDecay ? "η/(1 + (t − 1)·κ)" : "η")}·g / ({(HasStart ? "√(s₀ + s)" : "√s")} + ε)";

    public override IReadOnlyList<StatePlane> Planes => [SquareSum];

    public override IReadOnlyList<StateNumber> Numbers => HasRateDecay ? [Moments.Steps] : [];

    public override IReadOnlyList<string> Before => HasRateDecay ? ["_steps++;"] : [];

    public override IReadOnlyList<string> Constants
    {
        get
        {
            var lines = new List<string>();
            if (HasStart)
            {
                lines.Add(Constant("start", spec.InitialAccumulator));
            }

            lines.Add(Constant("epsilon", spec.Epsilon));
            lines.Add(HasRateDecay
                ? Computed("rate", $"_learningRate / (1 + (_steps - 1) * {Double(spec.LearningRateDecay)})")
                : "var rate = Simd.Broadcast(_learningRate);");
            return lines;
        }
    }

    public override IReadOnlyList<string> Body =>
    [
        $"var s = Simd.MultiplyAdd(g, g, {Load(SquareSum)});",
        Store("s", SquareSum),
        $"var scale = Vector256.Sqrt({(HasStart ? "start + s" : "s")}) + epsilon;",
    ];

    public override string Result => "Simd.NegateMultiplyAdd(rate, g / scale, theta)";
}
