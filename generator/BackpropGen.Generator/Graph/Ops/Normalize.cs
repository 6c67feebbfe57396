using System.Globalization;

namespace BackpropGen.Generator.Graph;

/// <summary>x̂ = (x − μ)·r with r = 1/√(σ² + ε), μ and σ² (biased) being those of each row.</summary>
/// <param name="Result">x̂.</param>
/// <param name="Deviation">r, kept for the gradient.</param>
/// <param name="Input">x.</param>
/// <param name="Epsilon">ε.</param>
internal sealed record Normalize(Value Result, Value Deviation, Value Input, double Epsilon) : KernelOp(Result)
{
    public override string Symbol => "normalize";

    public override string Constants => Epsilon.ToString("R", CultureInfo.InvariantCulture);

    public override IReadOnlyList<Value> Operands => [Input];

    public override IReadOnlyList<Value> Results => [Result, Deviation];

    public override Op Rename(Func<Value, Value> to) => this with { Result = to(Result), Deviation = to(Deviation), Input = to(Input) };

    public override void Verify()
    {
        OpRules.Agree(this, Input, Result.Shape);
        OpRules.Agree(this, Deviation, Shape.PerSample);
    }

    public override IReadOnlyList<Matrix> Evaluate(IReadOnlyList<Matrix> operands)
    {
        Matrix x = operands[0];
        double[] mean = Enumerable.Range(0, x.Rows).Select(n => x.Row(n).Average()).ToArray();
        double[] r = Enumerable.Range(0, x.Rows)
            .Select(n => 1 / Math.Sqrt(x.Row(n).Average(value => (value - mean[n]) * (value - mean[n])) + Epsilon))
            .ToArray();
        return [Matrix.From(x.Rows, x.Columns, (n, j) => (x[n, j] - mean[n]) * r[n]), new Matrix(x.Rows, 1, r)];
    }
}

/// <summary>∂x = r·(∂x̂ − mean(∂x̂) − x̂ ⊙ mean(∂x̂ ⊙ x̂)), the means over the row: μ and σ depend on x, too.</summary>
/// <param name="Result">∂x.</param>
/// <param name="Upstream">∂x̂.</param>
/// <param name="Normalized">x̂.</param>
/// <param name="Deviation">r.</param>
internal sealed record NormalizeGradient(Value Result, Value Upstream, Value Normalized, Value Deviation) : KernelOp(Result)
{
    public override string Symbol => "normalize_gradient";

    public override IReadOnlyList<Value> Operands => [Upstream, Normalized, Deviation];

    public override Op Rename(Func<Value, Value> to) =>
        this with { Result = to(Result), Upstream = to(Upstream), Normalized = to(Normalized), Deviation = to(Deviation) };

    public override void Verify()
    {
        OpRules.Agree(this, Upstream, Result.Shape);
        OpRules.Agree(this, Normalized, Result.Shape);
        OpRules.Agree(this, Deviation, Shape.PerSample);
    }

    public override IReadOnlyList<Matrix> Evaluate(IReadOnlyList<Matrix> operands)
    {
        (Matrix upstream, Matrix normalized, Matrix deviation) = (operands[0], operands[1], operands[2]);
        IEnumerable<int> columns = Enumerable.Range(0, upstream.Columns);
        double[] mean = Enumerable.Range(0, upstream.Rows).Select(n => columns.Average(j => upstream[n, j])).ToArray();
        double[] correlation = Enumerable.Range(0, upstream.Rows).Select(n => columns.Average(j => upstream[n, j] * normalized[n, j])).ToArray();
        return
        [
            Matrix.From(
                upstream.Rows, upstream.Columns, (n, j) => deviation[n, 0] * (upstream[n, j] - mean[n] - (normalized[n, j] * correlation[n]))),
        ];
    }
}
