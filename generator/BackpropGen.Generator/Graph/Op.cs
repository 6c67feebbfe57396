using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Graph;

/// <summary>
/// An operation that binds a value. The operations below are those of dense networks: the verifier, the interpreter and the lowering know
/// each of them. All others are <see cref="KernelOp"/>s, which say themselves what these rooms ask.
/// </summary>
/// <param name="Result">The value it binds.</param>
internal abstract record Op(Value Result)
{
    /// <summary>The values it reads, in order.</summary>
    public abstract IReadOnlyList<Value> Operands { get; }

    /// <summary>The values it binds: the result and what is kept beside it.</summary>
    public virtual IReadOnlyList<Value> Results => [Result];

    /// <summary>The same operation on other values.</summary>
    /// <param name="to">The value to put in the place of each.</param>
    public abstract Op Rename(Func<Value, Value> to);
}

/// <summary>Left·Right, either side transposed where so marked. A product over the batch (Left transposed) sums over the samples.</summary>
internal sealed record MatMul(Value Result, Value Left, Value Right, bool TransposeLeft = false, bool TransposeRight = false) : Op(Result)
{
    public override IReadOnlyList<Value> Operands => [Left, Right];

    public override Op Rename(Func<Value, Value> to) => this with { Result = to(Result), Left = to(Left), Right = to(Right) };
}

/// <summary>Adds a row vector to every row.</summary>
internal sealed record AddBias(Value Result, Value Input, Value Bias) : Op(Result)
{
    public override IReadOnlyList<Value> Operands => [Input, Bias];

    public override Op Rename(Func<Value, Value> to) => this with { Result = to(Result), Input = to(Input), Bias = to(Bias) };
}

/// <summary>h = f(z): element by element, or row by row for the softmax family.</summary>
internal sealed record Activate(Value Result, Value Input, ActivationSpec Activation) : Op(Result)
{
    public override IReadOnlyList<Value> Operands => [Input];

    public override Op Rename(Func<Value, Value> to) => this with { Result = to(Result), Input = to(Input) };
}

/// <summary>∂z from ∂h: ∂h ⊙ f′(z), or ∂h times the Jacobian for the softmax family. Reads of z and h only what f′ needs.</summary>
/// <param name="Result">δ.</param>
/// <param name="Upstream">∂h.</param>
/// <param name="PreActivation">z, or null where f′ does not need it.</param>
/// <param name="Output">h = f(z), or null where f′ does not need it.</param>
/// <param name="Activation">f.</param>
internal sealed record ActivationGradient(Value Result, Value Upstream, Value? PreActivation, Value? Output, ActivationSpec Activation) : Op(Result)
{
    public override IReadOnlyList<Value> Operands
    {
        get
        {
            var operands = new List<Value> { Upstream };
            if (PreActivation is not null)
            {
                operands.Add(PreActivation);
            }

            if (Output is not null)
            {
                operands.Add(Output);
            }

            return operands;
        }
    }

    public override Op Rename(Func<Value, Value> to) => this with
    {
        Result = to(Result),
        Upstream = to(Upstream),
        PreActivation = PreActivation is null ? null : to(PreActivation),
        Output = Output is null ? null : to(Output),
    };
}

/// <summary>The sum of every column: over the batch, this is the gradient of a bias.</summary>
internal sealed record ColumnSum(Value Result, Value Input) : Op(Result)
{
    public override IReadOnlyList<Value> Operands => [Input];

    public override Op Rename(Func<Value, Value> to) => this with { Result = to(Result), Input = to(Input) };
}

/// <summary>The loss of each sample, already times its sample weight, not yet divided by the batch's divisor.</summary>
internal sealed record SampleLoss(Value Result, Value Output, Value Target, Value SampleWeight, LossSpec Loss) : Op(Result)
{
    public override IReadOnlyList<Value> Operands => [Output, Target, SampleWeight];

    public override Op Rename(Func<Value, Value> to) => this with { Output = to(Output) };
}

/// <summary>The sum of the sample losses over the divisor that the reduction asks for.</summary>
internal sealed record ReduceLoss(Value Result, Value SampleLosses, Value Target, Value SampleWeight, LossSpec Loss) : Op(Result)
{
    public override IReadOnlyList<Value> Operands => [SampleLosses, Target, SampleWeight];

    public override Op Rename(Func<Value, Value> to) => this;
}

/// <summary>∂H/∂h of the last layer's output h, divided by the batch's divisor.</summary>
internal sealed record LossGradient(Value Result, Value Output, Value Target, Value SampleWeight, LossSpec Loss) : Op(Result)
{
    public override IReadOnlyList<Value> Operands => [Output, Target, SampleWeight];

    public override Op Rename(Func<Value, Value> to) => this with { Result = to(Result), Output = to(Output) };
}
