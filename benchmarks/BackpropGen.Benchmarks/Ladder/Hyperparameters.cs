namespace BackpropGen.Benchmarks.Ladder;

/// <summary>What all contestants train with.</summary>
internal static class Hyperparameters
{
    // Large enough that a wrong gradient shows in the loss of ten steps, small enough that rounding does not.
    public const double SgdRateOnRows = 0.1;
    public const double SgdRateOnLabels = 0.02;

    public const double AdamRate = 1e-3;
    public const double Beta1 = 0.9;
    public const double Beta2 = 0.999;
    public const double Epsilon = 1e-8;
}
