namespace BackpropGen;

/// <summary>
/// The most bytes that a network may take. Where it needs more, the build says so (BPG3001) and names the largest tensor. What counts is
/// allocated with the network and stays: parameters, gradients, transposed weights and the state of the optimizer, each with its padding,
/// as the header of the generated file lists them. The workspace does not count, because it grows with the batch, and neither do the flat
/// views, which are made when they are first asked for.
/// </summary>
/// <example>
/// <code>
/// [NeuralNetwork(64, Loss = Loss.SoftmaxCrossEntropy)]
/// [Dense(32, Activation.Relu)]
/// [Dense(10)]
/// [Sgd]
/// [MemoryBudget(64 * 1024)]
/// public sealed partial class TinyNet;
/// </code>
/// </example>
/// <param name="bytes">The most bytes.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class MemoryBudgetAttribute(long bytes) : Attribute
{
    /// <summary>The most bytes.</summary>
    public long Bytes { get; } = bytes;
}
