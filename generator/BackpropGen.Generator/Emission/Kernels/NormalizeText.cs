using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission.Kernels;

/// <summary>x̂ = (x − μ)·r, row by row: the mean first, then the squares of what is left, so that large means cost no digits.</summary>
internal sealed class NormalizeText : KernelText<Normalize>
{
    protected override IEnumerable<Equation> Equations(Normalize op, KernelStep step)
    {
        string epsilon = Plain(op.Epsilon);
        yield return new Equation(
            Tag("F", step),
            $"{Notation.Of(op.Result)} = ({op.Input.Name} − μ)·{op.Deviation.Name},  {op.Deviation.Name} = 1/√(σ² + {epsilon})",
            $@"{Notation.Latex(op.Result)} = ({Notation.Latex(op.Input)} - \mu)\, {Notation.Latex(op.Deviation)}, \quad {Notation.Latex(op.Deviation)} = 1/\sqrt{{\sigma^2 + {epsilon}}}",
            Notation.ShapeOf(op.Result));
    }

    protected override void Write(Normalize op, KernelWriter to)
    {
        RowLoops row = to.Row(op.Input.Shape.Columns);
        string count = CSharpLiteral.Int(row.Columns);
        row.DeclareLanes();
        using (to.OpenRows())
        {
            row.Sum("sums", isMasked: true, vector => vector.Masked(to.Load(row, vector, op.Input)));
            to.Writer.Line($"var mean = Simd.Broadcast(Simd.Sum(sums) / {count});");
            row.Sum("squares", isMasked: true, vector =>
            {
                to.Writer.Line($"var centered = {vector.Masked($"{to.Load(row, vector, op.Input)} - mean")};");
                return "centered * centered";
            });
            string one = $"Vector256<{to.Element.Keyword}>.One";
            to.Writer.Line($"var r = {one} / Vector256.Sqrt(Simd.Broadcast((Simd.Sum(squares) / {count}) + {to.Number(op.Epsilon)}));");
            row.ForEach(isMasked: true, vector => to.StoreMasked(vector, $"({to.Load(row, vector, op.Input)} - mean) * r", op.Result));
            to.Writer.Line($"Unsafe.Add(ref {op.Deviation.Name}, {to.At(op.Deviation)}) = r.ToScalar();");
        }
    }
}

/// <summary>∂x = r·(∂x̂ − mean(∂x̂) − x̂ ⊙ mean(∂x̂ ⊙ x̂)), row by row.</summary>
internal sealed class NormalizeGradientText : KernelText<NormalizeGradient>
{
    protected override IEnumerable<Equation> Equations(NormalizeGradient op, KernelStep step)
    {
        string upstream = Notation.Of(op.Upstream);
        string normalized = Notation.Of(op.Normalized);
        string latexUpstream = Notation.Latex(op.Upstream);
        string latexNormalized = Notation.Latex(op.Normalized);
        yield return new Equation(
            TagOf(op.Result),
            $"{Notation.Of(op.Result)} = {op.Deviation.Name}·({upstream} − mean({upstream}) − {normalized} ⊙ mean({upstream} ⊙ {normalized}))",
            $@"{Notation.Latex(op.Result)} = {Notation.Latex(op.Deviation)} \left({latexUpstream} - \overline{{{latexUpstream}}} - {latexNormalized} \odot \overline{{{latexUpstream} \odot {latexNormalized}}}\right)",
            Notation.ShapeOf(op.Result));
    }

    protected override void Write(NormalizeGradient op, KernelWriter to)
    {
        RowLoops row = to.Row(op.Result.Shape.Columns);
        string count = CSharpLiteral.Int(row.Columns);
        row.DeclareLanes();
        using (to.OpenRows())
        {
            row.Sum("sums", isMasked: true, vector => vector.Masked(to.Load(row, vector, op.Upstream)));
            row.Sum("products", isMasked: true, vector => vector.Masked($"{to.Load(row, vector, op.Upstream)} * {to.Load(row, vector, op.Normalized)}"));
            to.Writer.Line($"var mean = Simd.Broadcast(Simd.Sum(sums) / {count});");
            to.Writer.Line($"var correlation = Simd.Broadcast(Simd.Sum(products) / {count});");
            to.Writer.Line($"var r = Simd.Broadcast(ref {op.Deviation.Name}, {to.At(op.Deviation)});");
            row.ForEach(isMasked: true, vector => to.StoreMasked(
                vector, $"r * ({to.Load(row, vector, op.Upstream)} - mean - {to.Load(row, vector, op.Normalized)} * correlation)", op.Result));
        }
    }
}
