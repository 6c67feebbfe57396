using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission.Kernels;

/// <summary>The mask of a pass: a function of the seed, of how many masks were drawn before, and of the place.</summary>
internal sealed class DropoutMaskText : KernelText<DropoutMask>
{
    protected override IEnumerable<Equation> Equations(DropoutMask op, KernelStep step)
    {
        string rate = Plain(op.Rate);
        yield return new Equation(
            Tag("M", step),
            $"{op.Result.Name} = 0 with probability {rate}, otherwise 1/(1 − {rate})",
            $@"{Notation.Latex(op.Result)} \sim \operatorname{{Bernoulli}}(1 - {rate}) / (1 - {rate})",
            Notation.ShapeOf(op.Result));
    }

    protected override void Write(DropoutMask op, KernelWriter to) => to.Writer.Line(
        $"DropoutMasks.Fill(ref {op.Result.Name}, batch, {CSharpLiteral.Int(op.Result.Shape.Columns)}, "
        + $"{CSharpLiteral.Int(to.Stride(op.Result))}, {CSharpLiteral.Number(op.Rate, ElementType.Double)}, _dropoutStart, _dropoutMasks++);");
}

/// <summary>z = x ⊙ m in the forward pass, ∂x = ∂z ⊙ m in the backward pass.</summary>
internal sealed class ApplyMaskText : KernelText<ApplyMask>
{
    protected override IEnumerable<Equation> Equations(ApplyMask op, KernelStep step)
    {
        yield return new Equation(
            op.Result.Role == Role.PreActivation ? Tag("F", step) : TagOf(op.Result),
            $"{Notation.Of(op.Result)} = {Notation.Of(op.Input)} ⊙ {op.Mask.Name}",
            $@"{Notation.Latex(op.Result)} = {Notation.Latex(op.Input)} \odot {Notation.Latex(op.Mask)}",
            Notation.ShapeOf(op.Result));
    }

    protected override void Write(ApplyMask op, KernelWriter to)
    {
        RowLoops row = to.Row(op.Result.Shape.Columns);
        row.DeclareLanes();
        using (to.OpenRows())
        {
            row.ForEach(isMasked: true, vector => to.StoreMasked(
                vector, $"{to.Load(row, vector, op.Input)} * {to.Load(row, vector, op.Mask)}", op.Result));
        }
    }
}
