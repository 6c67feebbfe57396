namespace BackpropGen.Generator.Model;

/// <summary>A loss, its parameters and its reduction.</summary>
/// <param name="Kind">Which loss.</param>
/// <param name="Reduction">How the sample losses become one number.</param>
/// <param name="Parameter">δ of Huber, β of SmoothL1, τ of Quantile, the margin of MultiMargin; 0 for all others.</param>
/// <param name="Power">The power of MultiMargin (1 or 2); 1 for all others.</param>
/// <param name="LabelSmoothing">ε of label smoothing; 0 for none.</param>
/// <param name="ClassWeights">One weight per class; empty for none.</param>
/// <param name="PositiveWeights">One weight per output; empty for none.</param>
internal sealed record LossSpec(
    Loss Kind,
    Reduction Reduction = Reduction.Mean,
    double Parameter = 0,
    int Power = 1,
    double LabelSmoothing = 0,
    EquatableArray<double> ClassWeights = default,
    EquatableArray<double> PositiveWeights = default);
