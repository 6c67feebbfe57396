using BackpropGen.Generator.Graph;

namespace BackpropGen.Generator.Differentiation;

/// <summary>
/// The chain rule, one rule per operation: given the gradient of what the operation binds, the operations that bind the gradients of
/// what it reads. Targets and sample weights have none.
/// </summary>
internal static class GradientRules
{
    private static readonly Dictionary<Type, Action<Op, NetworkGraph, GradientTape>> Rules = new()
    {
        [typeof(MatMul)] = (op, _, tape) => Differentiate((MatMul)op, tape),
        [typeof(AddBias)] = (op, _, tape) => Differentiate((AddBias)op, tape),
        [typeof(Activate)] = (op, graph, tape) => Differentiate((Activate)op, graph, tape),
        [typeof(SampleLoss)] = (op, _, tape) => Differentiate((SampleLoss)op, tape),

        [typeof(Normalize)] = (op, _, tape) => NormalizationRules.Differentiate((Normalize)op, tape),
        [typeof(ScaleShift)] = (op, _, tape) => NormalizationRules.Differentiate((ScaleShift)op, tape),
        [typeof(DropoutMask)] = (_, _, _) => { },
        [typeof(ApplyMask)] = (op, _, tape) => Differentiate((ApplyMask)op, tape),

        // H = ΣL / divisor: ∂L is the constant 1 / divisor, and the gradient of the loss carries it.
        [typeof(ReduceLoss)] = (_, _, _) => { },
    };

    /// <summary>Writes the gradients of what an operation of the forward pass reads.</summary>
    public static void Apply(Op op, NetworkGraph graph, GradientTape tape)
    {
        if (!Rules.TryGetValue(op.GetType(), out Action<Op, NetworkGraph, GradientTape>? rule))
        {
            throw new InvalidOperationException($"{op.Result.Name} is bound by {op.GetType().Name}, which has no gradient rule.");
        }

        rule(op, graph, tape);
    }

    /// <summary>P = X·W: ∂W = Xᵀ·∂P, ∂X = ∂P·Wᵀ. The product over the batch sums the samples' gradients by itself.</summary>
    private static void Differentiate(MatMul op, GradientTape tape)
    {
        Value gradient = tape.GradientOf(op.Result);
        tape.Emit(op.Right, result => new MatMul(result, op.Left, gradient, TransposeLeft: true));
        tape.EmitIfWanted(op.Left, result => new MatMul(result, gradient, op.Right, TransposeRight: true));
    }

    /// <summary>z = P + b: ∂P = ∂z, the same value; ∂b sums ∂z over the batch.</summary>
    private static void Differentiate(AddBias op, GradientTape tape)
    {
        Value gradient = tape.GradientOf(op.Result);
        tape.SetGradient(op.Input, gradient);
        tape.Emit(op.Bias, result => new ColumnSum(result, gradient));
    }

    /// <summary>h = f(z): δ = ∂z = ∂h ⊙ f′(z), reading of z and h only what f′ needs.</summary>
    /// <remarks>
    /// The z of an activation layer is the h of the layer below. Its δ is then that layer's ∂h, one value with one name: d of this
    /// layer. Where it is x, δ is ∂x and is named dx, unless ∂x is not asked for.
    /// </remarks>
    private static void Differentiate(Activate op, NetworkGraph graph, GradientTape tape)
    {
        Value upstream = tape.GradientOf(op.Result);
        DerivativeNeeds needs = ActivationRules.Of(op.Activation.Kind).Needs;
        Value? input = needs == DerivativeNeeds.Input ? op.Input : null;
        Value? output = needs == DerivativeNeeds.Output ? op.Result : null;

        if (op.Input.Role == Role.PreActivation || (op.Input.Role == Role.Input && graph.Spec.InputGradients))
        {
            tape.Emit(op.Input, Gradient);
        }
        else
        {
            tape.EmitDelta(op.Input, op.Result.Layer, Gradient);
        }

        Op Gradient(Value result) => new ActivationGradient(result, upstream, input, output, op.Activation);
    }

    /// <summary>z = x ⊙ m: ∂x = ∂z ⊙ m. A mask is no function of anything.</summary>
    private static void Differentiate(ApplyMask op, GradientTape tape)
    {
        Value gradient = tape.GradientOf(op.Result);
        tape.EmitIfWanted(op.Input, result => new ApplyMask(result, gradient, op.Mask));
    }

    /// <summary>The gradient of H, not of L: divided by the divisor of the batch.</summary>
    private static void Differentiate(SampleLoss op, GradientTape tape) =>
        tape.Emit(op.Output, result => new LossGradient(result, op.Output, op.Target, op.SampleWeight, op.Loss));
}
