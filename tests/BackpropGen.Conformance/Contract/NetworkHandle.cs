using System.Numerics;

namespace BackpropGen.Conformance;

/// <summary>Wraps an emitted network of element type <typeparamref name="T"/>; converts on the way in and out, and nothing else.</summary>
internal sealed class NetworkHandle<T>(IEmittedNetwork<T> network) : INetworkHandle
    where T : unmanaged, INumberBase<T>
{
    public (int Inputs, int Outputs, int Parameters) Sizes => network.Sizes;

    public double LearningRate
    {
        get => double.CreateTruncating(((IHasOptimizer<T>)network).LearningRate);
        set => ((IHasOptimizer<T>)network).LearningRate = T.CreateTruncating(value);
    }

    public void Initialize(ulong seed) => network.Initialize(seed);

    public void SetParameters(double[] parameters) => network.SetParameters(FromDouble(parameters));

    public void WriteParametersThroughHeldSpan(double[] parameters, double[] inputs)
    {
        Span<T> held = network.Parameters;
        network.Forward(FromDouble(inputs));
        FromDouble(parameters).CopyTo(held);
    }

    public double[] CopyParameters()
    {
        var copy = new T[network.Sizes.Parameters];
        network.CopyParametersTo(copy);
        return ToDouble(copy);
    }

    public double[] ReadParameters() => ToDouble(network.Parameters);

    public double[] Predict(double[] inputs)
    {
        T[] outputs = NewOutputs(inputs);
        network.Predict(FromDouble(inputs), outputs);
        return ToDouble(outputs);
    }

    public void Forward(double[] inputs) => network.Forward(FromDouble(inputs));

    public double[] ForwardTo(double[] inputs)
    {
        T[] outputs = NewOutputs(inputs);
        network.Forward(FromDouble(inputs), outputs);
        return ToDouble(outputs);
    }

    public BackwardResult Backward(Targets targets, bool accumulate = false)
    {
        Span<T> gradients = network.Gradients;
        T loss = targets.Labels is not null
            ? ((ITakesLabels<T>)network).Backward(targets.Labels, Weights(targets), accumulate)
            : ((ITakesRows<T>)network).Backward(FromDouble(targets.Rows!), Weights(targets), accumulate);
        return Result(loss, gradients);
    }

    public BackwardResult BackwardFrom(double[] outputGradients, bool accumulate = false)
    {
        Span<T> gradients = network.Gradients;
        network.BackwardFrom(FromDouble(outputGradients), accumulate);
        return Result(T.Zero, gradients);
    }

    public double Evaluate(double[] inputs, Targets targets) => double.CreateTruncating(targets.Labels is not null
        ? ((ITakesLabels<T>)network).Evaluate(FromDouble(inputs), targets.Labels, Weights(targets))
        : ((ITakesRows<T>)network).Evaluate(FromDouble(inputs), FromDouble(targets.Rows!), Weights(targets)));

    public double TrainStep(double[] inputs, Targets targets) => double.CreateTruncating(targets.Labels is not null
        ? ((IStepsOnLabels<T>)network).TrainStep(FromDouble(inputs), targets.Labels, Weights(targets))
        : ((IStepsOnRows<T>)network).TrainStep(FromDouble(inputs), FromDouble(targets.Rows!), Weights(targets)));

    public double Accumulate(double[] inputs, Targets targets) => double.CreateTruncating(targets.Labels is not null
        ? ((IStepsOnLabels<T>)network).Accumulate(FromDouble(inputs), targets.Labels, Weights(targets))
        : ((IStepsOnRows<T>)network).Accumulate(FromDouble(inputs), FromDouble(targets.Rows!), Weights(targets)));

    public double? GradientNorm => network is IClipsGradients<T> clipping ? double.CreateTruncating(clipping.GradientNorm) : null;

    public void ApplyGradients() => ((IHasOptimizer<T>)network).ApplyGradients();

    public (double[] Z, double[] H, double[] Delta) ReadIntermediates(int layer, int rows, int units)
    {
        var z = new T[rows * units];
        var h = new T[rows * units];
        var delta = new T[rows * units];
        ((IKeepsIntermediates<T>)network).CopyIntermediatesTo(layer, z, h, delta);
        return (ToDouble(z), ToDouble(h), ToDouble(delta));
    }

    public (double[] Parameters, double[] Gradients) ReadLayerViews()
    {
        (T[] parameters, T[] gradients) = network.ReadLayerViews();
        return (ToDouble(parameters), ToDouble(gradients));
    }

    public IReadOnlyList<(string Call, long Bytes)> FindAllocations(double[] inputs, Targets targets) =>
        [.. new Allocations<T>(
            network, FromDouble(inputs), targets.Labels, targets.Rows is null ? null : FromDouble(targets.Rows), Weights(targets)).Find()];

    private BackwardResult Result(T loss, ReadOnlySpan<T> gradients) => new(
        double.CreateTruncating(loss),
        ToDouble(gradients),
        network is IGivesInputGradients<T> giver ? ToDouble(giver.InputGradients) : null,
        ToDouble(network.SampleLosses));

    private T[] NewOutputs(double[] inputs) => new T[inputs.Length / network.Sizes.Inputs * network.Sizes.Outputs];

    private static T[] Weights(Targets targets) => targets.SampleWeights is null ? [] : FromDouble(targets.SampleWeights);

    private static T[] FromDouble(double[] values) => Array.ConvertAll(values, T.CreateTruncating);

    private static double[] ToDouble(ReadOnlySpan<T> values)
    {
        double[] result = new double[values.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = double.CreateTruncating(values[i]);
        }

        return result;
    }
}
