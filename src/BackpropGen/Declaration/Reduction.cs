#if BACKPROPGEN_GENERATOR
namespace BackpropGen.Generator;
#else
namespace BackpropGen;
#endif

/// <summary>How the losses of the samples of a batch become one number. Gradients are of that number.</summary>
#if BACKPROPGEN_GENERATOR
internal
#else
public
#endif
enum Reduction
{
    /// <summary>
    /// The mean over the batch (for element-wise losses the mean over batch and outputs). Sample weights scale the losses, not the
    /// divisor. With class weights and class labels the divisor is the sum of the labels' weights, as in PyTorch.
    /// </summary>
    Mean,

    /// <summary>The sum over the batch (and over the outputs for element-wise losses).</summary>
    Sum,

    /// <summary>The weighted mean: the divisor is the sum of the sample weights (times the label's class weight, where there is one).</summary>
    WeightedMean,
}
