namespace BackpropGen;

/// <summary>
/// Dropout: in every forward pass of training each value is 0 with the probability <see cref="Rate"/>, and divided by 1 − rate otherwise.
/// <c>Predict</c> and <c>Evaluate</c> have no code for it. The masks follow from the seed of the network and from how many were drawn before.
/// Source: Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014.
/// </summary>
/// <param name="rate">The probability of 0; at least 0 and below 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The probability of 0.</summary>
    public double Rate { get; } = rate;
}
