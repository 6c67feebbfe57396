namespace BackpropGen.Generator.Graph;

/// <summary>z = x̂ ⊙ γ + β, column by column.</summary>
/// <param name="Result">z.</param>
/// <param name="Input">x̂.</param>
/// <param name="Scale">γ.</param>
/// <param name="Shift">β.</param>
internal sealed record ScaleShift(Value Result, Value Input, Value Scale, Value Shift) : KernelOp(Result)
{
    public override string Symbol => "scale_shift";

    public override IReadOnlyList<Value> Operands => [Input, Scale, Shift];

    public override Op Rename(Func<Value, Value> to) => this with { Result = to(Result), Input = to(Input), Scale = to(Scale), Shift = to(Shift) };

    public override void Verify()
    {
        OpRules.Agree(this, Input, Result.Shape);
        OpRules.Agree(this, Scale, Shape.Vector(Result.Shape.Columns));
        OpRules.Agree(this, Shift, Shape.Vector(Result.Shape.Columns));
    }

    public override IReadOnlyList<Matrix> Evaluate(IReadOnlyList<Matrix> operands) =>
        [Matrix.From(operands[0].Rows, operands[0].Columns, (n, j) => (operands[0][n, j] * operands[1][0, j]) + operands[2][0, j])];
}

/// <summary>∂x̂ = ∂z ⊙ γ.</summary>
/// <param name="Result">∂x̂.</param>
/// <param name="Upstream">∂z.</param>
/// <param name="Scale">γ.</param>
internal sealed record ScaleColumns(Value Result, Value Upstream, Value Scale) : KernelOp(Result)
{
    public override string Symbol => "scale_columns";

    public override IReadOnlyList<Value> Operands => [Upstream, Scale];

    public override Op Rename(Func<Value, Value> to) => this with { Result = to(Result), Upstream = to(Upstream), Scale = to(Scale) };

    public override void Verify()
    {
        OpRules.Agree(this, Upstream, Result.Shape);
        OpRules.Agree(this, Scale, Shape.Vector(Result.Shape.Columns));
    }

    public override IReadOnlyList<Matrix> Evaluate(IReadOnlyList<Matrix> operands) =>
        [Matrix.From(operands[0].Rows, operands[0].Columns, (n, j) => operands[0][n, j] * operands[1][0, j])];
}

/// <summary>∂γ = column sums of ∂z ⊙ x̂, ∂β = column sums of ∂z.</summary>
/// <param name="Result">∂γ.</param>
/// <param name="ShiftGradient">∂β.</param>
/// <param name="Upstream">∂z.</param>
/// <param name="Input">x̂.</param>
internal sealed record ScaleShiftGradient(Value Result, Value ShiftGradient, Value Upstream, Value Input) : KernelOp(Result)
{
    public override string Symbol => "scale_shift_gradient";

    public override IReadOnlyList<Value> Operands => [Upstream, Input];

    public override IReadOnlyList<Value> Results => [Result, ShiftGradient];

    public override Op Rename(Func<Value, Value> to) =>
        this with { Result = to(Result), ShiftGradient = to(ShiftGradient), Upstream = to(Upstream), Input = to(Input) };

    public override void Verify()
    {
        OpRules.Agree(this, Input, Upstream.Shape);
        OpRules.Agree(this, Result, Shape.Vector(Upstream.Shape.Columns));
        OpRules.Agree(this, ShiftGradient, Result.Shape);
    }

    public override IReadOnlyList<Matrix> Evaluate(IReadOnlyList<Matrix> operands)
    {
        (Matrix upstream, Matrix x) = (operands[0], operands[1]);
        IEnumerable<int> rows = Enumerable.Range(0, x.Rows);
        return
        [
            Matrix.From(1, x.Columns, (_, j) => rows.Sum(n => upstream[n, j] * x[n, j])),
            Matrix.From(1, x.Columns, (_, j) => rows.Sum(n => upstream[n, j])),
        ];
    }
}
