using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;
using BackpropGen.Testing;

// Inside the generator's namespace, where names mean its types and not those of the runtime library.
namespace BackpropGen.Generator.Testing;

/// <summary>Reference cases as what the compiler works with.</summary>
internal static class VectorNetwork
{
    /// <summary>The network of a case, in double.</summary>
    /// <exception cref="NotSupportedException">The case has something that the declaration language does not.</exception>
    public static NetworkSpec ToSpec(VectorFile file) => new(
        new HostSpec("", default, "Net", "Net", DeclaresConstructor: false),
        file.Net.InputShape.Single(),
        new EquatableArray<LayerSpec>(file.Net.Layers.Select(ToLayer)),
        ToLoss(file.Loss),
        Precision: Precision.Double,
        KeepIntermediates: true);

    /// <summary>The batch and the parameters of a case.</summary>
    public static GraphData ToData(VectorFile file) => new(
        file.X.Data,
        file.HasLabels ? GraphData.OneHot(file.Labels, file.Net.OutputShape.Single()) : file.Target.Data,
        file.FlatParameters,
        file.HasLabels,
        file.Loss.SampleWeights);

    private static LayerSpec ToLayer(VectorLayer layer) => layer.Type switch
    {
        "dense" => new DenseSpec("Layer" + layer.Id, layer.Units!.Value, ToActivation(layer.Activation), layer.Bias!.Value),
        "activation" => new ActivationLayerSpec("Layer" + layer.Id, ToActivation(layer.Activation)),
        "layer_norm" => new LayerNormSpec("Layer" + layer.Id, ToActivation(layer.Activation), layer.Eps!.Value, layer.Affine!.Value),
        "dropout" => new DropoutSpec("Layer" + layer.Id, layer.P!.Value),
        _ => throw new NotSupportedException($"There is no layer of type {layer.Type}."),
    };

    /// <summary>An activation of a case.</summary>
    public static ActivationSpec ToActivation(VectorActivation activation) => activation.Type switch
    {
        "identity" => new(Activation.Identity),
        "relu" => new(Activation.Relu),
        "leaky_relu" => new(Activation.LeakyRelu, activation.Alpha!.Value),
        "elu" => new(Activation.Elu, activation.Alpha!.Value),
        "selu" => new(Activation.Selu),
        "gelu" => new(Activation.Gelu),
        "gelu_tanh" => new(Activation.GeluTanh),
        "silu" => new(Activation.Silu),
        "mish" => new(Activation.Mish),
        "softplus" => new(Activation.Softplus, activation.Beta!.Value),
        "softsign" => new(Activation.Softsign),
        "sigmoid" => new(Activation.Sigmoid),
        "hard_sigmoid" => new(Activation.HardSigmoid),
        "tanh" => new(Activation.Tanh),
        "hard_tanh" => new(Activation.HardTanh),
        "hard_swish" => new(Activation.HardSwish),
        "relu6" => new(Activation.Relu6),
        "softmax" => new(Activation.Softmax),
        "log_softmax" => new(Activation.LogSoftmax),
        _ => throw new NotSupportedException($"There is no activation {activation.Type}."),
    };

    private static LossSpec ToLoss(VectorLoss loss)
    {
        Reduction reduction = loss.Reduction == "sum" ? Reduction.Sum
            : loss.MeanDivisor.StartsWith("sample_weight_sum", StringComparison.Ordinal) ? Reduction.WeightedMean
            : Reduction.Mean;
        LossSpec plain = loss.Type switch
        {
            "mse" => new(Loss.MeanSquaredError),
            "mae" => new(Loss.MeanAbsoluteError),
            "huber" => new(Loss.Huber, Parameter: loss.Delta!.Value),
            "smooth_l1" => new(Loss.SmoothL1, Parameter: loss.Beta!.Value),
            "log_cosh" => new(Loss.LogCosh),
            "quantile" => new(Loss.Quantile, Parameter: loss.Tau!.Value),
            "softmax_cross_entropy" => new(Loss.SoftmaxCrossEntropy, LabelSmoothing: loss.LabelSmoothing ?? 0),
            "cross_entropy" => new(Loss.CrossEntropy),
            "nll" => new(Loss.NegativeLogLikelihood),
            "kl_div" => new(Loss.KullbackLeiblerDivergence),
            "bce_with_logits" => new(Loss.BinaryCrossEntropyWithLogits),
            "bce" => new(Loss.BinaryCrossEntropy),
            "poisson_nll" => new(Loss.PoissonNegativeLogLikelihood),
            "multi_margin" => new(Loss.MultiMargin, Parameter: loss.Margin!.Value, Power: loss.P!.Value),
            _ => throw new NotSupportedException($"There is no loss {loss.Type}."),
        };
        return plain with
        {
            Reduction = reduction,
            ClassWeights = new EquatableArray<double>(loss.ClassWeights ?? []),
            PositiveWeights = new EquatableArray<double>(loss.PosWeight ?? []),
        };
    }
}
