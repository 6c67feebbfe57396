#if BACKPROPGEN_GENERATOR
namespace BackpropGen.Generator;
#else
namespace BackpropGen;
#endif

/// <summary>How a prediction is made of the output h of the last layer; follows from the loss.</summary>
#if BACKPROPGEN_GENERATOR
internal
#else
public
#endif
enum PredictionTransform
{
    /// <summary>It is h.</summary>
    None,

    /// <summary>softmax(h).</summary>
    Softmax,

    /// <summary>σ(h).</summary>
    Sigmoid,

    /// <summary>eʰ.</summary>
    Exponential,
}
