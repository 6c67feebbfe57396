using System.Globalization;

namespace BackpropGen.Generator.Graph;

/// <summary>x̂ = (x − μ)·r with r = 1/√(σ² + ε): μ and σ² (biased) of each row, or of each of its groups of neighbouring columns.</summary>
/// <param name="Result">x̂.</param>
/// <param name="Deviation">r, kept for the gradient: one column per group.</param>
/// <param name="Input">x.</param>
/// <param name="Epsilon">ε.</param>
internal sealed record Normalize(Value Result, Value Deviation, Value Input, double Epsilon) : KernelOp(Result)
{
    public override string Symbol => "normalize";

    public override string Constants => Epsilon.ToString("R", CultureInfo.InvariantCulture);

    public override IReadOnlyList<Value> Operands => [Input];

    public override IReadOnlyList<Value> Results => [Result, Deviation];

    /// <summary>The columns of a group.</summary>
    public int GroupSize => Input.Shape.Columns / Deviation.Shape.Columns;

    public override Op Rename(Func<Value, Value> to) => this with { Result = to(Result), Deviation = to(Deviation), Input = to(Input) };

    public override void Verify()
    {
        OpRules.Agree(this, Input, Result.Shape);
        OpRules.Agree(this, Deviation, Shape.Batch(Input.Shape.RowsPerSample, Deviation.Shape.Columns));
        GraphVerifier.Check(GroupSize * Deviation.Shape.Columns == Input.Shape.Columns, $"{Result.Name}: {Input.Shape.Columns} columns are not {Deviation.Shape.Columns} groups.");
    }

    public override IReadOnlyList<Matrix> Evaluate(IReadOnlyList<Matrix> operands, int samples)
    {
        Matrix x = operands[0];
        var normalized = new Matrix(x.Rows, x.Columns);
        var deviation = new Matrix(x.Rows, Deviation.Shape.Columns);
        for (int n = 0; n < x.Rows; n++)
        {
            for (int group = 0; group < deviation.Columns; group++)
            {
                double[] values = x.Row(n).Skip(group * GroupSize).Take(GroupSize).ToArray();
                double mean = values.Average();
                double r = 1 / Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / GroupSize + Epsilon);
                deviation[n, group] = r;
                for (int j = 0; j < GroupSize; j++)
                {
                    normalized[n, (group * GroupSize) + j] = (values[j] - mean) * r;
                }
            }
        }

        return [normalized, deviation];
    }
}

/// <summary>∂x = r·(∂x̂ − mean(∂x̂) − x̂ ⊙ mean(∂x̂ ⊙ x̂)), the means over the row or group: μ and σ depend on x, too.</summary>
/// <param name="Result">∂x.</param>
/// <param name="Upstream">∂x̂.</param>
/// <param name="Normalized">x̂.</param>
/// <param name="Deviation">r.</param>
internal sealed record NormalizeGradient(Value Result, Value Upstream, Value Normalized, Value Deviation) : KernelOp(Result)
{
    public override string Symbol => "normalize_gradient";

    public override IReadOnlyList<Value> Operands => [Upstream, Normalized, Deviation];

    /// <summary>The columns of a group.</summary>
    public int GroupSize => Normalized.Shape.Columns / Deviation.Shape.Columns;

    public override Op Rename(Func<Value, Value> to) =>
        this with { Result = to(Result), Upstream = to(Upstream), Normalized = to(Normalized), Deviation = to(Deviation) };

    public override void Verify()
    {
        OpRules.Agree(this, Upstream, Result.Shape);
        OpRules.Agree(this, Normalized, Result.Shape);
    }

    public override IReadOnlyList<Matrix> Evaluate(IReadOnlyList<Matrix> operands, int samples)
    {
        (Matrix upstream, Matrix normalized, Matrix deviation) = (operands[0], operands[1], operands[2]);
        var gradient = new Matrix(upstream.Rows, upstream.Columns);
        for (int n = 0; n < upstream.Rows; n++)
        {
            for (int group = 0; group < deviation.Columns; group++)
            {
                IEnumerable<int> columns = Enumerable.Range(group * GroupSize, GroupSize);
                double mean = columns.Average(j => upstream[n, j]);
                double correlation = columns.Average(j => upstream[n, j] * normalized[n, j]);
                foreach (int j in columns)
                {
                    gradient[n, j] = deviation[n, group] * (upstream[n, j] - mean - (normalized[n, j] * correlation));
                }
            }
        }

        return [gradient];
    }
}
