namespace BackpropGen.Generator.Graph;

/// <summary>
/// An operation with a kernel of its own, which no pass fuses into another. It brings what the rooms ask of it: its shapes, its reference
/// evaluation, what it is in inference. The chain rule (Differentiation) and its text (Emission) are rows of the tables there.
/// </summary>
/// <param name="Result">The value it binds.</param>
internal abstract record KernelOp(Value Result) : Op(Result)
{
    /// <summary>Its name in the text of a graph: "normalize".</summary>
    public abstract string Symbol { get; }

    /// <summary>Its constants in that text: "1E-05"; null for none.</summary>
    public virtual string? Constants => null;

    /// <summary>The operation that takes its place where nothing is learnt; null where nothing does.</summary>
    public virtual Op? InInference => this;

    /// <summary>Checks shapes and roles.</summary>
    /// <exception cref="InvalidOperationException">The operation breaks its rules, and the message says how.</exception>
    public abstract void Verify();

    /// <summary>The values of <see cref="Op.Results"/>, in double, with plain loops.</summary>
    /// <param name="operands">The values of <see cref="Op.Operands"/>.</param>
    public abstract IReadOnlyList<Matrix> Evaluate(IReadOnlyList<Matrix> operands);
}
