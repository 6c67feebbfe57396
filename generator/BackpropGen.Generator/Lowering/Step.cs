using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Lowering;

/// <summary>
/// A statement block of the emitted code. Lowering starts with one <see cref="OpStep"/> per operation of the graph; the passes replace
/// them by the fused steps that the kernels compute, until none is left.
/// </summary>
internal abstract record Step
{
    /// <summary>The values per sample that the step reads from the workspace (or the inputs).</summary>
    public abstract IEnumerable<Value> Reads { get; }

    /// <summary>The values per sample that the step writes to the workspace.</summary>
    public abstract IEnumerable<Value> Writes { get; }

    /// <summary>Drops the missing ones, and the parameters: they do not live in the workspace.</summary>
    protected static IEnumerable<Value> Present(params Value?[] values) =>
        values.OfType<Value>().Where(value => value.Shape.IsBatched);
}

/// <summary>An operation of the graph that no pass has lowered yet.</summary>
internal sealed record OpStep(Op Op) : Step
{
    public override IEnumerable<Value> Reads => Present(Op.Operands.ToArray());

    public override IEnumerable<Value> Writes => Present(Op.Results.ToArray());
}

/// <summary>An operation with a kernel of its own: nothing is fused into it, and its text is a row of a table.</summary>
/// <param name="Op">The operation.</param>
/// <param name="Layer">The layer that it belongs to.</param>
internal sealed record KernelStep(KernelOp Op, Layer Layer) : Step
{
    public override IEnumerable<Value> Reads => Present(Op.Operands.ToArray());

    public override IEnumerable<Value> Writes => Present(Op.Results.ToArray());
}

/// <summary>z = x·W + b, and h = f(z) where the activation was fused into it.</summary>
/// <param name="Layer">The dense layer.</param>
/// <param name="Input">x: the network's input or the output of the layer before.</param>
/// <param name="Weights">W.</param>
/// <param name="Bias">b, or null.</param>
/// <param name="PreActivation">z, or null where only h is kept.</param>
/// <param name="Output">h, or null where the activation is a step of its own.</param>
internal sealed record DenseStep(Layer Layer, Value Input, Value Weights, Value? Bias, Value? PreActivation, Value? Output) : Step
{
    public override IEnumerable<Value> Reads => Present(Input);

    public override IEnumerable<Value> Writes => Present(PreActivation, Output);
}

/// <summary>h = f(z) over rows already computed.</summary>
internal sealed record ActivateStep(Layer Layer, Value Input, Value Output) : Step
{
    public ActivationSpec Activation => Layer.Spec.Activation;

    public override IEnumerable<Value> Reads => Present(Input);

    public override IEnumerable<Value> Writes => Present(Output);
}

/// <summary>What the rows that a loss reads mean to it.</summary>
internal enum LossSource
{
    /// <summary>The output of the last layer, as the loss is defined on it.</summary>
    Output,

    /// <summary>Logits: softmax and cross-entropy collapse, δ = p·Σy − y.</summary>
    Logits,

    /// <summary>Log-probabilities of a log-softmax: it and the loss collapse, δ = eʰ·Σy − y.</summary>
    LogProbabilities,
}

/// <summary>The sample losses and the gradient the backward pass starts from, in one sweep over the rows.</summary>
/// <param name="Layer">The last layer.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Source">What <paramref name="Input"/> means.</param>
/// <param name="Input">The rows the loss is computed from.</param>
/// <param name="Target">y: target rows, staged beside the input.</param>
/// <param name="Gradient">∂H/∂h of the last layer, or its δ where f′ is 1 or collapsed with the loss.</param>
/// <param name="Totals">Of logits, Σe of each sample: so all logarithms are taken at once.</param>
/// <param name="Margins">Of logits, what the largest is above that of the label, for each sample: the other part of its loss.</param>
internal sealed record LossStep(
    Layer Layer, LossSpec Loss, LossSource Source, Value Input, Value Target, Value Gradient, Value? Totals = null, Value? Margins = null) : Step
{
    public override IEnumerable<Value> Reads => Present(Input, Target);

    public override IEnumerable<Value> Writes => Present(Gradient, Totals, Margins);
}

/// <summary>δ = ∂h ⊙ f′(z) (or ∂h times the Jacobian) over rows already computed.</summary>
internal sealed record ActivationGradientStep(Layer Layer, Value Upstream, Value? PreActivation, Value? Output, Value Result) : Step
{
    public ActivationSpec Activation => Layer.Spec.Activation;

    public override IEnumerable<Value> Reads => Present(Upstream, PreActivation, Output);

    public override IEnumerable<Value> Writes => Present(Result);
}

/// <summary>∂W = hᵀ·δ and ∂b = Σ δ, sums over the samples.</summary>
/// <param name="Layer">The dense layer.</param>
/// <param name="Input">h of the layer below, or x.</param>
/// <param name="Delta">δ of the layer.</param>
/// <param name="WeightGradient">∂W.</param>
/// <param name="BiasGradient">∂b, or null.</param>
/// <param name="PackedInput">Where the input is copied block by block, or null where the kernel reads it as it stands.</param>
/// <param name="PackedDelta">Where one panel of δ at a time is copied, or null where the kernel reads it as it stands.</param>
internal sealed record WeightGradientStep(
    Layer Layer,
    Value Input,
    Value Delta,
    Value WeightGradient,
    Value? BiasGradient,
    Value? PackedInput = null,
    Value? PackedDelta = null) : Step
{
    public override IEnumerable<Value> Reads => Present(Input, Delta);

    public override IEnumerable<Value> Writes => Present(PackedInput, PackedDelta);
}

/// <summary>∂h = δ·Wᵀ of the layer below (or ∂x), and its δ = ∂h ⊙ f′(z) where the activation gradient was fused into it.</summary>
/// <param name="Layer">The layer whose δ and W are multiplied.</param>
/// <param name="Delta">δ of the layer.</param>
/// <param name="Weights">W of the layer.</param>
/// <param name="Result">∂h of the layer below, its δ where fused, or ∂x.</param>
/// <param name="Epilogue">The fused activation gradient of the layer below, or null.</param>
internal sealed record InputGradientStep(Layer Layer, Value Delta, Value Weights, Value Result, ActivationGradientStep? Epilogue) : Step
{
    public override IEnumerable<Value> Reads => Present(Delta, Epilogue?.PreActivation, Epilogue?.Output);

    public override IEnumerable<Value> Writes => Present(Result);
}
