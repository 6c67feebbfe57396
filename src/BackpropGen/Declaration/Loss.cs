#if BACKPROPGEN_GENERATOR
namespace BackpropGen.Generator;
#else
namespace BackpropGen;
#endif

/// <summary>What training minimises: the loss of one sample, reduced over the batch as <see cref="Reduction"/> says.</summary>
/// <remarks>h is the output of the last layer, t the target row, K the number of outputs, e = h − t.</remarks>
#if BACKPROPGEN_GENERATOR
internal
#else
public
#endif
enum Loss
{
    /// <summary>Σ e² / K (no factor 1/2). Targets are values.</summary>
    MeanSquaredError,

    /// <summary>Σ |e| / K; the derivative at e = 0 is 0. Targets are values.</summary>
    MeanAbsoluteError,

    /// <summary>e²/2 for |e| ≤ δ, δ·(|e| − δ/2) beyond, averaged over the outputs (δ = <c>Delta</c>, 1 unless given).</summary>
    Huber,

    /// <summary>e²/(2β) for |e| &lt; β, |e| − β/2 beyond, averaged over the outputs (β = <c>Beta</c>, 1 unless given).</summary>
    SmoothL1,

    /// <summary>ln cosh e, averaged over the outputs.</summary>
    LogCosh,

    /// <summary>τ·(t − h) for t &gt; h, (1 − τ)·(h − t) otherwise, averaged over the outputs (τ = <c>Quantile</c>, 0.5 unless given);
    /// the derivative at t = h is 0.</summary>
    Quantile,

    /// <summary>−Σ y·ln softmax(h): the last layer gives logits. Targets are class labels, one-hot rows or soft rows.</summary>
    SoftmaxCrossEntropy,

    /// <summary>−Σ y·ln h: the last layer gives probabilities. Targets are class labels, one-hot rows or soft rows.</summary>
    CrossEntropy,

    /// <summary>−h[y]: the last layer gives log-probabilities. Targets are class labels.</summary>
    NegativeLogLikelihood,

    /// <summary>Σ t·(ln t − h): the last layer gives log-probabilities. Targets are probability rows.</summary>
    KullbackLeiblerDivergence,

    /// <summary>w·t·softplus(−h) + (1 − t)·softplus(h), averaged over the outputs: the last layer gives logits. w = <c>PositiveWeights</c>, 1 unless given.</summary>
    BinaryCrossEntropyWithLogits,

    /// <summary>−(t·ln h + (1 − t)·ln(1 − h)), averaged over the outputs: the last layer gives probabilities.</summary>
    BinaryCrossEntropy,

    /// <summary>eʰ − t·h, averaged over the outputs: the last layer gives the logarithm of the rate (no Stirling term).</summary>
    PoissonNegativeLogLikelihood,

    /// <summary>Σ over j ≠ y of max(0, margin − h[y] + h[j])ᵖ / K (<c>Margin</c> and <c>MarginPower</c>, both 1 unless given). Targets are class labels.</summary>
    MultiMargin,
}
