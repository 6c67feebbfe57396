using System.Numerics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace BackpropGen.Onnx.Tests;

/// <summary>A network under test: it predicts a batch itself, and through ONNX Runtime.</summary>
public abstract class OnnxCase
{
    internal static readonly OnnxCase[] All =
    [
        OnnxCase.Of<IdentitySingle, float>(seed => new IdentitySingle(seed)),
        OnnxCase.Of<ReluSingle, float>(seed => new ReluSingle(seed)),
        OnnxCase.Of<LeakyReluSingle, float>(seed => new LeakyReluSingle(seed)),
        OnnxCase.Of<EluSingle, float>(seed => new EluSingle(seed)),
        OnnxCase.Of<SeluSingle, float>(seed => new SeluSingle(seed)),
        OnnxCase.Of<GeluSingle, float>(seed => new GeluSingle(seed)),
        OnnxCase.Of<GeluTanhSingle, float>(seed => new GeluTanhSingle(seed)),
        OnnxCase.Of<SiluSingle, float>(seed => new SiluSingle(seed)),
        OnnxCase.Of<MishSingle, float>(seed => new MishSingle(seed)),
        OnnxCase.Of<SoftplusSingle, float>(seed => new SoftplusSingle(seed)),
        OnnxCase.Of<SoftplusBetaSingle, float>(seed => new SoftplusBetaSingle(seed)),
        OnnxCase.Of<SoftsignSingle, float>(seed => new SoftsignSingle(seed)),
        OnnxCase.Of<SigmoidSingle, float>(seed => new SigmoidSingle(seed)),
        OnnxCase.Of<HardSigmoidSingle, float>(seed => new HardSigmoidSingle(seed)),
        OnnxCase.Of<TanhSingle, float>(seed => new TanhSingle(seed)),
        OnnxCase.Of<HardTanhSingle, float>(seed => new HardTanhSingle(seed)),
        OnnxCase.Of<HardSwishSingle, float>(seed => new HardSwishSingle(seed)),
        OnnxCase.Of<Relu6Single, float>(seed => new Relu6Single(seed)),
        OnnxCase.Of<SoftmaxSingle, float>(seed => new SoftmaxSingle(seed)),
        OnnxCase.Of<LogSoftmaxSingle, float>(seed => new LogSoftmaxSingle(seed)),
        OnnxCase.Of<MeanSquaredErrorLossSingle, float>(seed => new MeanSquaredErrorLossSingle(seed)),
        OnnxCase.Of<MeanAbsoluteErrorLossSingle, float>(seed => new MeanAbsoluteErrorLossSingle(seed)),
        OnnxCase.Of<HuberLossSingle, float>(seed => new HuberLossSingle(seed)),
        OnnxCase.Of<SmoothL1LossSingle, float>(seed => new SmoothL1LossSingle(seed)),
        OnnxCase.Of<LogCoshLossSingle, float>(seed => new LogCoshLossSingle(seed)),
        OnnxCase.Of<QuantileLossSingle, float>(seed => new QuantileLossSingle(seed)),
        OnnxCase.Of<SoftmaxCrossEntropyLossSingle, float>(seed => new SoftmaxCrossEntropyLossSingle(seed)),
        OnnxCase.Of<CrossEntropyLossSingle, float>(seed => new CrossEntropyLossSingle(seed)),
        OnnxCase.Of<NegativeLogLikelihoodLossSingle, float>(seed => new NegativeLogLikelihoodLossSingle(seed)),
        OnnxCase.Of<KullbackLeiblerDivergenceLossSingle, float>(seed => new KullbackLeiblerDivergenceLossSingle(seed)),
        OnnxCase.Of<BinaryCrossEntropyWithLogitsLossSingle, float>(seed => new BinaryCrossEntropyWithLogitsLossSingle(seed)),
        OnnxCase.Of<BinaryCrossEntropyLossSingle, float>(seed => new BinaryCrossEntropyLossSingle(seed)),
        OnnxCase.Of<PoissonNegativeLogLikelihoodLossSingle, float>(seed => new PoissonNegativeLogLikelihoodLossSingle(seed)),
        OnnxCase.Of<MultiMarginLossSingle, float>(seed => new MultiMarginLossSingle(seed)),
        OnnxCase.Of<DeepSingle, float>(seed => new DeepSingle(seed)),
        OnnxCase.Of<NormalizedSingle, float>(seed => new NormalizedSingle(seed)),
        OnnxCase.Of<NormalizedDouble, double>(seed => new NormalizedDouble(seed)),
        OnnxCase.Of<IdentityDouble, double>(seed => new IdentityDouble(seed)),
        OnnxCase.Of<ReluDouble, double>(seed => new ReluDouble(seed)),
        OnnxCase.Of<LeakyReluDouble, double>(seed => new LeakyReluDouble(seed)),
        OnnxCase.Of<EluDouble, double>(seed => new EluDouble(seed)),
        OnnxCase.Of<SeluDouble, double>(seed => new SeluDouble(seed)),
        OnnxCase.Of<GeluDouble, double>(seed => new GeluDouble(seed)),
        OnnxCase.Of<GeluTanhDouble, double>(seed => new GeluTanhDouble(seed)),
        OnnxCase.Of<SiluDouble, double>(seed => new SiluDouble(seed)),
        OnnxCase.Of<MishDouble, double>(seed => new MishDouble(seed)),
        OnnxCase.Of<SoftplusDouble, double>(seed => new SoftplusDouble(seed)),
        OnnxCase.Of<SoftplusBetaDouble, double>(seed => new SoftplusBetaDouble(seed)),
        OnnxCase.Of<SoftsignDouble, double>(seed => new SoftsignDouble(seed)),
        OnnxCase.Of<SigmoidDouble, double>(seed => new SigmoidDouble(seed)),
        OnnxCase.Of<HardSigmoidDouble, double>(seed => new HardSigmoidDouble(seed)),
        OnnxCase.Of<TanhDouble, double>(seed => new TanhDouble(seed)),
        OnnxCase.Of<HardTanhDouble, double>(seed => new HardTanhDouble(seed)),
        OnnxCase.Of<HardSwishDouble, double>(seed => new HardSwishDouble(seed)),
        OnnxCase.Of<Relu6Double, double>(seed => new Relu6Double(seed)),
        OnnxCase.Of<SoftmaxDouble, double>(seed => new SoftmaxDouble(seed)),
        OnnxCase.Of<LogSoftmaxDouble, double>(seed => new LogSoftmaxDouble(seed)),
        OnnxCase.Of<MeanSquaredErrorLossDouble, double>(seed => new MeanSquaredErrorLossDouble(seed)),
        OnnxCase.Of<MeanAbsoluteErrorLossDouble, double>(seed => new MeanAbsoluteErrorLossDouble(seed)),
        OnnxCase.Of<HuberLossDouble, double>(seed => new HuberLossDouble(seed)),
        OnnxCase.Of<SmoothL1LossDouble, double>(seed => new SmoothL1LossDouble(seed)),
        OnnxCase.Of<LogCoshLossDouble, double>(seed => new LogCoshLossDouble(seed)),
        OnnxCase.Of<QuantileLossDouble, double>(seed => new QuantileLossDouble(seed)),
        OnnxCase.Of<SoftmaxCrossEntropyLossDouble, double>(seed => new SoftmaxCrossEntropyLossDouble(seed)),
        OnnxCase.Of<CrossEntropyLossDouble, double>(seed => new CrossEntropyLossDouble(seed)),
        OnnxCase.Of<NegativeLogLikelihoodLossDouble, double>(seed => new NegativeLogLikelihoodLossDouble(seed)),
        OnnxCase.Of<KullbackLeiblerDivergenceLossDouble, double>(seed => new KullbackLeiblerDivergenceLossDouble(seed)),
        OnnxCase.Of<BinaryCrossEntropyWithLogitsLossDouble, double>(seed => new BinaryCrossEntropyWithLogitsLossDouble(seed)),
        OnnxCase.Of<BinaryCrossEntropyLossDouble, double>(seed => new BinaryCrossEntropyLossDouble(seed)),
        OnnxCase.Of<PoissonNegativeLogLikelihoodLossDouble, double>(seed => new PoissonNegativeLogLikelihoodLossDouble(seed)),
        OnnxCase.Of<MultiMarginLossDouble, double>(seed => new MultiMarginLossDouble(seed)),
        OnnxCase.Of<DeepDouble, double>(seed => new DeepDouble(seed)),
    ];

    /// <summary>What the network is.</summary>
    public abstract NetworkDescription Description { get; }

    /// <summary>A new network, exported.</summary>
    /// <returns>The bytes of the model.</returns>
    public abstract byte[] Export();

    /// <summary>The largest difference between the two predictions of a batch, relative where predictions are above 1.</summary>
    /// <returns>The difference.</returns>
    internal abstract double Difference(InferenceSession session, int batch);

    /// <inheritdoc/>
    public override string ToString() => Description.Name;

    private static OnnxCase Of<TNetwork, T>(Func<ulong, TNetwork> create)
        where TNetwork : INeuralNetwork<T>
        where T : unmanaged, IFloatingPointIeee754<T> => new OnnxCase<TNetwork, T>(create);
}

/// <summary>A network under test of a known type.</summary>
internal sealed class OnnxCase<TNetwork, T>(Func<ulong, TNetwork> create) : OnnxCase
    where TNetwork : INeuralNetwork<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override NetworkDescription Description { get; } = create(0).Describe();

    public override byte[] Export()
    {
        var stream = new MemoryStream();
        OnnxExport.Write(stream, Create());
        return stream.ToArray();
    }

    internal override double Difference(InferenceSession session, int batch)
    {
        T[] inputs = Values(batch * Description.InputSize, seed: batch, spread: 6);
        var expected = new T[batch * Description.OutputSize];
        Create().Predict(inputs, expected);
        var tensor = new DenseTensor<T>(inputs, [batch, Description.InputSize]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([NamedOnnxValue.CreateFromTensor("input", tensor)], ["output"]);
        Tensor<T> actual = results[0].AsTensor<T>();
        Assert.Equal([batch, Description.OutputSize], actual.Dimensions.ToArray());
        return expected.Zip(actual.ToArray(), (e, a) => double.CreateChecked(T.Abs(e - a) / T.Max(T.One, T.Abs(e)))).Max();
    }

    /// <summary>Biases that are not zero: a model without them would not be noticed.</summary>
    private TNetwork Create()
    {
        TNetwork network = create(3);
        var parameters = new T[Description.ParameterCount];
        network.CopyParametersTo(parameters);
        T[] jitter = Values(parameters.Length, seed: 4, spread: 0.3);
        network.SetParameters(parameters.Zip(jitter, (value, change) => value + change).ToArray());
        return network;
    }

    private static T[] Values(int count, int seed, double spread)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => T.CreateChecked((random.NextDouble() - 0.5) * 2 * spread)).ToArray();
    }
}
