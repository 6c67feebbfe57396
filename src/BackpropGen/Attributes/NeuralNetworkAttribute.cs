namespace BackpropGen;

/// <summary>
/// Makes a partial class a neural network. The layers follow as attributes in order, from the input to the output; the generator
/// writes the forward pass, the backward pass and, where an optimizer attribute is present, the training step for exactly that topology.
/// </summary>
/// <example>
/// <code>
/// [NeuralNetwork(784, Loss = Loss.SoftmaxCrossEntropy)]
/// [Dense(128, Activation.Relu)]
/// [Dense(10)]
/// [Adam(LearningRate = 1e-3)]
/// public sealed partial class DigitNet;
/// </code>
/// </example>
/// <param name="inputs">The number of input values of one sample, 1 to 65,536.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class NeuralNetworkAttribute(int inputs) : Attribute
{
    /// <summary>The number of input values of one sample.</summary>
    public int Inputs { get; } = inputs;

    /// <summary>What training minimises; the mean squared error unless given.</summary>
    public Loss Loss { get; set; } = Loss.MeanSquaredError;

    /// <summary>How the losses of a batch become one number; the mean unless given.</summary>
    public Reduction Reduction { get; set; } = Reduction.Mean;

    /// <summary>The element type of the network; <see cref="float"/> unless given.</summary>
    public Precision Precision { get; set; } = Precision.Single;

    /// <summary>
    /// ε of label smoothing for <see cref="Loss.SoftmaxCrossEntropy"/>, 0 ≤ ε &lt; 1: the target t becomes (1 − ε)·t + ε/K. 0 unless given.
    /// </summary>
    public double LabelSmoothing { get; set; }

    /// <summary>
    /// One weight ≥ 0 per class for <see cref="Loss.SoftmaxCrossEntropy"/> and <see cref="Loss.NegativeLogLikelihood"/>; null for none.
    /// </summary>
    public double[]? ClassWeights { get; set; }

    /// <summary>One weight ≥ 0 of the positive term per output for <see cref="Loss.BinaryCrossEntropyWithLogits"/>; null for none.</summary>
    public double[]? PositiveWeights { get; set; }

    /// <summary>δ &gt; 0 of <see cref="Loss.Huber"/>; 1 unless given.</summary>
    public double Delta { get; set; } = 1;

    /// <summary>β &gt; 0 of <see cref="Loss.SmoothL1"/>; 1 unless given.</summary>
    public double Beta { get; set; } = 1;

    /// <summary>τ of <see cref="Loss.Quantile"/>, 0 &lt; τ &lt; 1; 0.5 (the median) unless given.</summary>
    public double Quantile { get; set; } = 0.5;

    /// <summary>The margin of <see cref="Loss.MultiMargin"/>, &gt; 0; 1 unless given.</summary>
    public double Margin { get; set; } = 1;

    /// <summary>The power p of <see cref="Loss.MultiMargin"/>, 1 or 2; 1 unless given.</summary>
    public int MarginPower { get; set; } = 1;

    /// <summary>
    /// Whether <c>Backward</c> and <c>BackwardFrom</c> also fill <c>InputGradients</c> (∂L/∂x = δ1·W1ᵀ); true unless given.
    /// <c>TrainStep</c> never computes them.
    /// </summary>
    public bool InputGradients { get; set; } = true;

    /// <summary>
    /// Whether the layers offer z, h and δ of the last pass for reading (<c>CopyPreActivationsTo</c>, <c>CopyOutputsTo</c>,
    /// <c>CopyDeltasTo</c>); false unless given. Costs memory for each z that the backward pass does not need.
    /// </summary>
    public bool KeepIntermediates { get; set; }

    /// <summary>
    /// The most threads that a pass may use, 1 to 1,024; 1 unless given. Above 1 the network has a property of the same name, which starts
    /// at this value. A pass uses as many threads as its work is worth, and the bits of its results do not depend on their number.
    /// </summary>
    public int Parallelism { get; set; } = 1;
}
