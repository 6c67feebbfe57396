using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission.Kernels;

/// <summary>z = x̂ ⊙ γ + β, row by row.</summary>
internal sealed class ScaleShiftText : KernelText<ScaleShift>
{
    protected override IEnumerable<Equation> Equations(ScaleShift op, KernelStep step)
    {
        yield return new Equation(
            Tag("F", step),
            $"{Notation.Of(op.Result)} = {Notation.Of(op.Input)} ⊙ {Notation.Of(op.Scale)} + {Notation.Of(op.Shift)}",
            $@"{Notation.Latex(op.Result)} = {Notation.Latex(op.Input)} \odot {Notation.Latex(op.Scale)} + {Notation.Latex(op.Shift)}",
            Notation.ShapeOf(op.Result));
    }

    protected override void Write(ScaleShift op, KernelWriter to)
    {
        RowLoops row = to.Row(op.Result.Shape.Columns);
        row.DeclareLanes();
        using (to.OpenRows())
        {
            row.ForEach(isMasked: true, vector => to.StoreMasked(
                vector,
                $"Simd.MultiplyAdd({to.Load(row, vector, op.Input)}, {KernelWriter.LoadRow(vector, op.Scale)}, {KernelWriter.LoadRow(vector, op.Shift)})",
                op.Result));
        }
    }
}

/// <summary>∂x̂ = ∂z ⊙ γ, row by row.</summary>
internal sealed class ScaleColumnsText : KernelText<ScaleColumns>
{
    protected override IEnumerable<Equation> Equations(ScaleColumns op, KernelStep step)
    {
        yield return new Equation(
            Tag("N", step),
            $"{Notation.Of(op.Result)} = {Notation.Of(op.Upstream)} ⊙ {Notation.Of(op.Scale)}",
            $@"{Notation.Latex(op.Result)} = {Notation.Latex(op.Upstream)} \odot {Notation.Latex(op.Scale)}",
            Notation.ShapeOf(op.Result));
    }

    protected override void Write(ScaleColumns op, KernelWriter to)
    {
        RowLoops row = to.Row(op.Result.Shape.Columns);
        row.DeclareLanes();
        using (to.OpenRows())
        {
            row.ForEach(isMasked: true, vector => to.StoreMasked(
                vector, $"{to.Load(row, vector, op.Upstream)} * {KernelWriter.LoadRow(vector, op.Scale)}", op.Result));
        }
    }
}

/// <summary>∂γ and ∂β: for every vector of columns, one walk over the rows of the batch.</summary>
internal sealed class ScaleShiftGradientText : KernelText<ScaleShiftGradient>
{
    protected override IEnumerable<Equation> Equations(ScaleShiftGradient op, KernelStep step)
    {
        (string delta, string latexDelta) = (Notation.Of(op.Upstream), Notation.Latex(op.Upstream));
        yield return new Equation(
            Tag("S", step),
            $"{Notation.Of(op.Result)} = column sums of {delta} ⊙ {Notation.Of(op.Input)}",
            $@"{Notation.Latex(op.Result)} = \sum_n {latexDelta} \odot {Notation.Latex(op.Input)}",
            Notation.ShapeOf(op.Result));
        yield return new Equation(
            Tag("B", step),
            $"{Notation.Of(op.ShiftGradient)} = column sums of {delta}",
            $@"{Notation.Latex(op.ShiftGradient)} = \sum_n {latexDelta}",
            Notation.ShapeOf(op.ShiftGradient));
    }

    protected override void Write(ScaleShiftGradient op, KernelWriter to)
    {
        RowLoops row = to.Row(op.Result.Shape.Columns);
        row.DeclareLanes();
        (string scale, string shift) = ($"{op.Result.Name}Sum", $"{op.ShiftGradient.Name}Sum");
        row.ForEach(isMasked: true, vector =>
        {
            to.Writer.Line($"var {scale} = accumulate ? {KernelWriter.LoadRow(vector, op.Result)} : {to.Zero};");
            to.Writer.Line($"var {shift} = accumulate ? {KernelWriter.LoadRow(vector, op.ShiftGradient)} : {to.Zero};");
            using (to.OpenRows())
            {
                to.Writer.Line($"var delta = {to.Load(row, vector, op.Upstream)};");
                to.Writer.Line($"{scale} = Simd.MultiplyAdd(delta, {to.Load(row, vector, op.Input)}, {scale});");
                to.Writer.Line($"{shift} += delta;");
            }

            to.Writer.Blank();
            string column = vector.Column ?? "0";
            to.Writer.Line($"Simd.Store({vector.Masked(scale)}, ref {op.Result.Name}, {column});");
            to.Writer.Line($"Simd.Store({vector.Masked(shift)}, ref {op.ShiftGradient.Name}, {column});");
        });
    }
}
