using System.Globalization;

namespace BackpropGen.Generator.Graph;

/// <summary>m: 0 with the probability p, otherwise 1/(1 − p), drawn anew by every forward pass. Inference has none.</summary>
/// <param name="Result">m.</param>
/// <param name="Rate">p.</param>
internal sealed record DropoutMask(Value Result, double Rate) : KernelOp(Result)
{
    public override string Symbol => "dropout_mask";

    public override string Constants => Rate.ToString("R", CultureInfo.InvariantCulture);

    public override IReadOnlyList<Value> Operands => [];

    public override Op? InInference => null;

    public override Op Rename(Func<Value, Value> to) => this with { Result = to(Result) };

    public override void Verify() => GraphVerifier.Check(Result.Shape.IsBatched, $"{Result.Name} has the shape {Result.Shape}; a mask is of samples.");

    /// <summary>The reference draws nothing: whoever evaluates a graph with dropout gives it the masks.</summary>
    public override IReadOnlyList<Matrix> Evaluate(IReadOnlyList<Matrix> operands) =>
        throw new InvalidOperationException($"{Result.Name} is random; give it as data.");
}

/// <summary>z = x ⊙ m.</summary>
/// <param name="Result">z, or in the backward pass ∂x.</param>
/// <param name="Input">x, or ∂z.</param>
/// <param name="Mask">m.</param>
internal sealed record ApplyMask(Value Result, Value Input, Value Mask) : KernelOp(Result)
{
    public override string Symbol => "apply_mask";

    public override IReadOnlyList<Value> Operands => [Input, Mask];

    public override Op? InInference => new Activate(Result, Input, Model.ActivationSpec.Identity);

    public override Op Rename(Func<Value, Value> to) => this with { Result = to(Result), Input = to(Input), Mask = to(Mask) };

    public override void Verify()
    {
        OpRules.Agree(this, Input, Result.Shape);
        OpRules.Agree(this, Mask, Result.Shape);
    }

    public override IReadOnlyList<Matrix> Evaluate(IReadOnlyList<Matrix> operands) =>
        [Matrix.From(operands[0].Rows, operands[0].Columns, (n, j) => operands[0][n, j] * operands[1][n, j])];
}
