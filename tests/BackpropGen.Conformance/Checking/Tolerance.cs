namespace BackpropGen.Conformance;

/// <summary>What the absolute part of a tolerance is relative to.</summary>
internal enum ToleranceScale
{
    /// <summary>Nothing: it is a number as it stands.</summary>
    Fixed,

    /// <summary>
    /// The largest number involved, but at least 1: for inputs of enormous size, where the rounding of an intermediate is far larger
    /// than a result in which such intermediates cancel.
    /// </summary>
    MagnitudeFromOne,

    /// <summary>The largest number of the tensor compared: neither vacuous for tiny gradients nor too strict for huge sums.</summary>
    Tensor,
}

/// <summary>A number a fits the reference r where |a − r| ≤ absolute·scale + relative·|r|. NaN never fits, infinity only a reference that the element type cannot hold.</summary>
/// <param name="Relative">The relative part.</param>
/// <param name="Absolute">The absolute part.</param>
/// <param name="Scale">What the absolute part is multiplied with.</param>
/// <param name="LargestFinite">The element type cannot hold references beyond; there anything but NaN fits.</param>
internal sealed record Tolerance(
    double Relative,
    double Absolute,
    ToleranceScale Scale = ToleranceScale.Fixed,
    double LargestFinite = double.MaxValue)
{
    /// <summary>How far from a reference a number may lie.</summary>
    /// <param name="reference">r.</param>
    /// <param name="magnitude">The largest number that the tensor holds or is made of.</param>
    public double Allowed(double reference, double magnitude)
    {
        double scale = Scale switch
        {
            ToleranceScale.MagnitudeFromOne => Math.Max(1, magnitude),
            ToleranceScale.Tensor => magnitude,
            _ => 1,
        };
        return (Absolute * scale) + (Relative * Math.Abs(reference));
    }
}
