using System.Numerics;

namespace BackpropGen.Tests;

/// <summary>A network under test: how to make one, its sizes, and the targets it takes.</summary>
internal sealed record NetworkCase<T>(string Name, Func<ulong, ITestNetwork<T>> Create, int Inputs, int Outputs, int Parameters, TargetKind Kind)
    where T : INumber<T>
{
    /// <summary>A new network, with biases that are not zero: a gradient check at zero would miss them.</summary>
    public ITestNetwork<T> CreateWithBiases(ulong seed = 1)
    {
        ITestNetwork<T> network = Create(seed);
        var random = new Random((int)seed);
        Span<T> parameters = network.Parameters;
        for (int i = 0; i < parameters.Length; i++)
        {
            double jitter = (float)((random.NextDouble() - 0.5) * 0.2);
            parameters[i] = T.CreateChecked((float)(double.CreateChecked(parameters[i]) + jitter));
        }

        return network;
    }

    public override string ToString() => Name;
}

/// <summary>One batch for any network, whatever its loss takes.</summary>
internal static class NetworkCalls
{
    public static T Backward<T>(this ITestNetwork<T> network, Batch<T> batch, bool accumulate = false)
        where T : INumber<T> => batch.Labels is not null
            ? ((ITakesLabels<T>)network).Backward(batch.Labels, batch.Weights, accumulate)
            : ((ITakesRows<T>)network).Backward(batch.Targets, batch.Weights, accumulate);

    public static T ForwardBackward<T>(this ITestNetwork<T> network, Batch<T> batch, bool accumulate = false)
        where T : INumber<T>
    {
        network.Forward(batch.Inputs);
        return network.Backward(batch, accumulate);
    }

    public static T Evaluate<T>(this ITestNetwork<T> network, Batch<T> batch)
        where T : INumber<T> => batch.Labels is not null
            ? ((ITakesLabels<T>)network).Evaluate(batch.Inputs, batch.Labels, batch.Weights)
            : ((ITakesRows<T>)network).Evaluate(batch.Inputs, batch.Targets, batch.Weights);

    public static T TrainStep<T>(this ITestNetwork<T> network, Batch<T> batch)
        where T : INumber<T> => batch.Labels is not null
            ? ((ITrainsOnLabels<T>)network).TrainStep(batch.Inputs, batch.Labels, batch.Weights)
            : ((ITrainsOnRows<T>)network).TrainStep(batch.Inputs, batch.Targets, batch.Weights);

    public static T Accumulate<T>(this ITestNetwork<T> network, Batch<T> batch)
        where T : INumber<T> => batch.Labels is not null
            ? ((ITrainsOnLabels<T>)network).Accumulate(batch.Inputs, batch.Labels, batch.Weights)
            : ((ITrainsOnRows<T>)network).Accumulate(batch.Inputs, batch.Targets, batch.Weights);
}
