using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Graph;

/// <summary>
/// f and its gradient for every activation, in double: the reference. f′ is computed from what the operation reads, z or h, so that a
/// graph that reads too little fails here.
/// </summary>
internal static class ReferenceActivation
{
    private const double SeluScale = 1.0507009873554805;
    private const double SeluAlpha = 1.6732632423543772;

    /// <summary>h = f(z) for one row.</summary>
    public static double[] Apply(ActivationSpec activation, double[] z) => activation.Kind switch
    {
        Activation.Softmax => ReferenceMath.Softmax(z),
        Activation.LogSoftmax => ReferenceMath.LogSoftmax(z),
        _ => z.Select(value => Apply(activation, value)).ToArray(),
    };

    /// <summary>∂z = ∂h ⊙ f′ for one row, or ∂h times the Jacobian for the softmax family.</summary>
    /// <param name="activation">f.</param>
    /// <param name="upstream">∂h.</param>
    /// <param name="z">z, or null where the operation does not read it.</param>
    /// <param name="h">h, or null where the operation does not read it.</param>
    public static double[] Gradient(ActivationSpec activation, double[] upstream, double[]? z, double[]? h)
    {
        switch (activation.Kind)
        {
            case Activation.Softmax:
                double[] p = h ?? throw Missing(activation, "h");
                double mean = upstream.Select((gradient, i) => gradient * p[i]).Sum();
                return upstream.Select((gradient, i) => p[i] * (gradient - mean)).ToArray();

            case Activation.LogSoftmax:
                double[] logarithms = h ?? throw Missing(activation, "h");
                double sum = upstream.Sum();
                return upstream.Select((gradient, i) => gradient - (Math.Exp(logarithms[i]) * sum)).ToArray();

            case Activation.Identity:
                return upstream.ToArray();

            case Activation.Gelu:
            case Activation.GeluTanh:
            case Activation.Silu:
            case Activation.Mish:
            case Activation.Softplus:
            case Activation.Softsign:
            case Activation.HardSwish:
                double[] inputs = z ?? throw Missing(activation, "z");
                return upstream.Select((gradient, i) => gradient * DerivativeByInput(activation, inputs[i])).ToArray();

            default:
                double[] outputs = h ?? throw Missing(activation, "h");
                return upstream.Select((gradient, i) => gradient * DerivativeByOutput(activation, outputs[i])).ToArray();
        }
    }

    private static double Apply(ActivationSpec activation, double z) => activation.Kind switch
    {
        Activation.Identity => z,
        Activation.Relu => Math.Max(z, 0),
        Activation.LeakyRelu => z > 0 ? z : activation.Parameter * z,
        Activation.Elu => z > 0 ? z : activation.Parameter * (Math.Exp(z) - 1),
        Activation.Selu => SeluScale * (z > 0 ? z : SeluAlpha * (Math.Exp(z) - 1)),
        Activation.Gelu => z * ReferenceMath.NormalDistribution(z),
        Activation.GeluTanh => z / 2 * (1 + GeluTanh(z)),
        Activation.Silu => z * ReferenceMath.Sigmoid(z),
        Activation.Mish => z * Math.Tanh(ReferenceMath.Softplus(z)),
        Activation.Softplus => ReferenceMath.Softplus(activation.Parameter * z) / activation.Parameter,
        Activation.Softsign => z / (1 + Math.Abs(z)),
        Activation.Sigmoid => ReferenceMath.Sigmoid(z),
        Activation.HardSigmoid => Clip(z + 3, 0, 6) / 6,
        Activation.Tanh => Math.Tanh(z),
        Activation.HardTanh => Clip(z, -1, 1),
        Activation.HardSwish => z * Clip(z + 3, 0, 6) / 6,
        Activation.Relu6 => Clip(z, 0, 6),
        _ => throw new InvalidOperationException($"{activation.Kind} is not element by element."),
    };

    private static double DerivativeByInput(ActivationSpec activation, double z)
    {
        switch (activation.Kind)
        {
            case Activation.Gelu:
                return ReferenceMath.NormalDistribution(z) + (z * ReferenceMath.NormalDensity(z));

            case Activation.GeluTanh:
                double t = GeluTanh(z);
                return ((1 + t) / 2) + (z / 2 * (1 - (t * t)) * Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * z * z)));

            case Activation.Silu:
                double sigmoid = ReferenceMath.Sigmoid(z);
                return sigmoid * (1 + (z * (1 - sigmoid)));

            case Activation.Mish:
                double tanh = Math.Tanh(ReferenceMath.Softplus(z));
                return tanh + (z * ReferenceMath.Sigmoid(z) * (1 - (tanh * tanh)));

            case Activation.Softplus:
                return ReferenceMath.Sigmoid(activation.Parameter * z);

            case Activation.Softsign:
                return 1 / ((1 + Math.Abs(z)) * (1 + Math.Abs(z)));

            case Activation.HardSwish:
                return z <= -3 ? 0 : z >= 3 ? 1 : ((2 * z) + 3) / 6;

            default:
                throw new InvalidOperationException($"{activation.Kind} has no derivative in terms of z here.");
        }
    }

    private static double DerivativeByOutput(ActivationSpec activation, double h) => activation.Kind switch
    {
        Activation.Relu => h > 0 ? 1 : 0,
        Activation.LeakyRelu => h > 0 ? 1 : activation.Parameter,
        Activation.Elu => h > 0 ? 1 : h + activation.Parameter,
        Activation.Selu => h > 0 ? SeluScale : h + (SeluScale * SeluAlpha),
        Activation.Sigmoid => h * (1 - h),
        Activation.HardSigmoid => h is > 0 and < 1 ? 1.0 / 6 : 0,
        Activation.Tanh => 1 - (h * h),
        Activation.HardTanh => h is > -1 and < 1 ? 1 : 0,
        Activation.Relu6 => h is > 0 and < 6 ? 1 : 0,
        _ => throw new InvalidOperationException($"{activation.Kind} has no derivative in terms of h here."),
    };

    private static double GeluTanh(double z) => Math.Tanh(Math.Sqrt(2 / Math.PI) * (z + (0.044715 * z * z * z)));

    private static double Clip(double value, double low, double high) => Math.Min(Math.Max(value, low), high);

    private static InvalidOperationException Missing(ActivationSpec activation, string operand) =>
        new($"The gradient of {activation.Kind} needs {operand}, and the operation does not read it.");
}
