using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission.Optimizers;

/// <summary>The running means of g and g² that Adam and its relatives share.</summary>
internal sealed class Moments(double beta1, double beta2, ElementType element)
{
    public const string Formula = "m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g²";

    public static readonly StatePlane First = new("first_moment", "firstMoments");

    public static readonly StatePlane Second = new("second_moment", "secondMoments");

    public static readonly StateNumber FirstPower = new("beta1_power", "double", "_beta1Power", "1", "β₁ᵗ after t steps");

    public static readonly StateNumber SecondPower = new("beta2_power", "double", "_beta2Power", "1", "β₂ᵗ");

    public static readonly StateNumber Steps = new("steps", "long", "_steps", "0");

    public static IReadOnlyList<StateNumber> Powers => [FirstPower, SecondPower];

    public static IReadOnlyList<string> Body =>
    [
        "var m = Simd.MultiplyAdd(beta1, Simd.Load(ref firstMoments, i), share1 * g);",
        "var v = Simd.MultiplyAdd(beta2, Simd.Load(ref secondMoments, i), share2 * (g * g));",
        "Simd.Store(m, ref firstMoments, i);",
        "Simd.Store(v, ref secondMoments, i);",
    ];

    public IReadOnlyList<string> Before =>
    [
        "// Both moments start at zero; the corrections undo the bias of the first steps.",
        Advance(FirstPower, beta1),
        Advance(SecondPower, beta2),
    ];

    public IReadOnlyList<string> Constants =>
    [
        $"var beta1 = Simd.Broadcast({Literal(beta1)});",
        $"var beta2 = Simd.Broadcast({Literal(beta2)});",
        $"var share1 = Simd.Broadcast({Literal(1 - beta1)});  // 1 − β₁",
        $"var share2 = Simd.Broadcast({Literal(1 - beta2)});  // 1 − β₂",
    ];

    /// <summary>One step further with a power.</summary>
    public static string Advance(StateNumber power, double beta) => $"{power.Field} *= {CSharpLiteral.Number(beta, ElementType.Double)};";

    private string Literal(double value) => CSharpLiteral.Number(value, element);
}
