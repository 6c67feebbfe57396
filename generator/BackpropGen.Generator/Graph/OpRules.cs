namespace BackpropGen.Generator.Graph;

/// <summary>For each operation the shapes and roles it may have.</summary>
internal static class OpRules
{
    /// <exception cref="InvalidOperationException">The operation breaks its rules, and the message says how.</exception>
    public static void Verify(Op op)
    {
        switch (op)
        {
            case MatMul matMul:
                VerifyMatMul(matMul);
                break;

            case AddBias add:
                Binds(op, Role.PreActivation);
                Reads(op, add.Bias, Role.Bias);
                Agree(op, add.Input, op.Result.Shape);
                Agree(op, add.Bias, Shape.Vector(op.Result.Shape.Columns));
                break;

            case Activate activate:
                Binds(op, Role.Output);
                Reads(op, activate.Input, Role.PreActivation, Role.Output, Role.Input);
                Agree(op, activate.Input, op.Result.Shape);
                break;

            case ActivationGradient gradient:
                Binds(op, Role.Delta, Role.InputGradient);
                Reads(op, gradient.Upstream, Role.OutputGradient, Role.Delta);
                if (gradient.PreActivation is not null)
                {
                    Reads(op, gradient.PreActivation, Role.PreActivation, Role.Output, Role.Input);
                }

                if (gradient.Output is not null)
                {
                    Reads(op, gradient.Output, Role.Output);
                }

                foreach (Value operand in op.Operands)
                {
                    Agree(op, operand, op.Result.Shape);
                }

                break;

            case ColumnSum sum:
                Binds(op, Role.BiasGradient);
                Reads(op, sum.Input, Role.Delta);
                Agree(op, op.Result, Shape.Vector(sum.Input.Shape.Columns));
                break;

            case SampleLoss loss:
                Binds(op, Role.SampleLoss);
                Agree(op, op.Result, Shape.PerSample);
                VerifyLossOperands(op, loss.Output, loss.Target, loss.SampleWeight);
                break;

            case ReduceLoss reduce:
                Binds(op, Role.Loss);
                Agree(op, op.Result, Shape.Scalar);
                Reads(op, reduce.SampleLosses, Role.SampleLoss);
                Reads(op, reduce.Target, Role.Target);
                Reads(op, reduce.SampleWeight, Role.SampleWeight);
                Agree(op, reduce.SampleLosses, Shape.PerSample);
                Agree(op, reduce.SampleWeight, Shape.PerSample);
                break;

            case LossGradient gradient:
                Binds(op, Role.OutputGradient);
                Agree(op, op.Result, gradient.Output.Shape);
                VerifyLossOperands(op, gradient.Output, gradient.Target, gradient.SampleWeight);
                break;

            case KernelOp kernel:
                kernel.Verify();
                break;

            default:
                throw new InvalidOperationException($"{op.Result.Name} is bound by an unknown operation, {op.GetType().Name}.");
        }
    }

    private static void VerifyMatMul(MatMul op)
    {
        Binds(op, Role.Product, Role.PreActivation, Role.WeightGradient, Role.OutputGradient, Role.InputGradient);
        Reads(op, op.Left, Role.Input, Role.Output, Role.Delta);
        Reads(op, op.Right, Role.Weights, Role.Delta);
        Shape left = op.TransposeLeft ? op.Left.Shape.Transposed : op.Left.Shape;
        Shape right = op.TransposeRight ? op.Right.Shape.Transposed : op.Right.Shape;
        GraphVerifier.Check(
            left.Columns == right.Rows,
            $"{op.Result.Name} multiplies {op.Left.Name} and {op.Right.Name}, as {left} · {right}: the inner sizes differ.");
        Agree(op, op.Result, new Shape(left.Rows, right.Columns));
    }

    private static void VerifyLossOperands(Op op, Value output, Value target, Value sampleWeight)
    {
        Reads(op, output, Role.Output);
        Reads(op, target, Role.Target);
        Reads(op, sampleWeight, Role.SampleWeight);
        Agree(op, target, output.Shape);
        Agree(op, sampleWeight, Shape.PerSample);
    }

    private static void Binds(Op op, params Role[] roles) =>
        GraphVerifier.Check(
            roles.Contains(op.Result.Role),
            $"{op.Result.Name} has the role {op.Result.Role}; {op.GetType().Name} binds {string.Join(" or ", roles)}.");

    private static void Reads(Op op, Value operand, params Role[] roles) =>
        GraphVerifier.Check(
            roles.Contains(operand.Role),
            $"{op.Result.Name} reads {operand.Name} of role {operand.Role}; {op.GetType().Name} reads {string.Join(" or ", roles)} there.");

    /// <summary>Demands a shape.</summary>
    internal static void Agree(Op op, Value value, Shape shape) =>
        GraphVerifier.Check(
            value.Shape == shape,
            $"{op.Result.Name}: {value.Name} has the shape {value.Shape}; {op.GetType().Name} needs {shape}.");
}
