using static TorchSharp.torch;

namespace BackpropGen.Benchmarks.Contestants;

/// <summary>The tensors of one layer of <see cref="TorchTuned"/>: views of the parameters, and room for what a step computes.</summary>
internal sealed class TorchLayer(Tensor inputs, Tensor parameters, Tensor gradients, long offset, int from, int to, int batch) : IDisposable
{
    public Tensor Inputs { get; } = inputs;

    public Tensor InputsTransposed { get; } = inputs.t();

    public Tensor Weights { get; } = parameters.narrow(0, offset, (long)from * to).view(from, to);

    public Tensor WeightsTransposed { get; } = parameters.narrow(0, offset, (long)from * to).view(from, to).t();

    public Tensor Bias { get; } = parameters.narrow(0, offset + ((long)from * to), to);

    /// <summary>The bias once per sample: a view with stride zero.</summary>
    public Tensor BiasRows { get; } = parameters.narrow(0, offset + ((long)from * to), to).expand(batch, to);

    public Tensor WeightGradients { get; } = gradients.narrow(0, offset, (long)from * to).view(from, to);

    public Tensor BiasGradients { get; } = gradients.narrow(0, offset + ((long)from * to), to);

    public Tensor Outputs { get; } = zeros(batch, to);

    public Tensor Slope { get; } = zeros(batch, to);

    public Tensor Delta { get; } = zeros(batch, to);

    public Tensor DeltaTransposed => field ??= Delta.t();

    public void Dispose()
    {
        Tensor[] views = [InputsTransposed, Weights, WeightsTransposed, Bias, BiasRows, WeightGradients, BiasGradients, DeltaTransposed];
        foreach (Tensor tensor in (Tensor[])[.. views, Inputs, Outputs, Slope, Delta])
        {
            tensor.Dispose();
        }
    }
}

/// <summary>What <see cref="TorchTuned"/> needs beyond TorchSharp.</summary>
internal static class TensorExtensions
{
    /// <summary>Scale · Σ a·b over all elements of two matrices that lie in memory row by row.</summary>
    public static Tensor ScaledDot(this Tensor a, Tensor b, float scale)
    {
        using Tensor left = a.view(-1);
        using Tensor right = b.view(-1);
        Tensor sum = left.dot(right);
        return sum.mul_(scale);
    }
}
