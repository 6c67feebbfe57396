namespace BackpropGen.Generator.Differentiation;

/// <summary>What a loss takes the output h of the last layer for.</summary>
internal enum OutputMeaning
{
    /// <summary>Predicted values, as in regression.</summary>
    Values,

    /// <summary>Any real number per output; a softmax or a sigmoid of it is a probability.</summary>
    Logits,

    /// <summary>Probabilities.</summary>
    Probabilities,

    /// <summary>Logarithms of the probabilities of the classes.</summary>
    LogProbabilities,

    /// <summary>The logarithm of the rate of a Poisson distribution.</summary>
    LogRate,

    /// <summary>One score per class, the highest wins.</summary>
    Scores,
}

/// <summary>The targets that a loss takes.</summary>
[Flags]
internal enum TargetKinds
{
    /// <summary>The number of the right class, one per sample.</summary>
    Labels = 1,

    /// <summary>One value per output: a target value, a one-hot or a soft row.</summary>
    Rows = 2,

    /// <summary>Either.</summary>
    Both = Labels | Rows,
}

/// <summary>All that the compiler knows of a loss but its code.</summary>
/// <remarks>
/// In the equations h is the output of the last layer, y the target row (one-hot for a label), e = h − y, k runs over the K outputs.
/// They leave out the sample weight and the divisor, which multiply every loss alike.
/// </remarks>
/// <param name="Kind">Which loss.</param>
/// <param name="Formula">L of one sample, as plain text.</param>
/// <param name="Gradient">∂L/∂h, as plain text.</param>
/// <param name="LatexFormula">L of one sample in LaTeX.</param>
/// <param name="LatexGradient">∂L/∂h in LaTeX.</param>
/// <param name="Output">What h is meant to be.</param>
/// <param name="Targets">The targets it takes.</param>
/// <param name="IsElementwise">Whether it adds up one loss per output; its mean is then over the outputs, too.</param>
/// <param name="Prediction">How a prediction is made of h.</param>
internal sealed record LossRule(
    Loss Kind,
    string Formula,
    string Gradient,
    string LatexFormula,
    string LatexGradient,
    OutputMeaning Output,
    TargetKinds Targets,
    bool IsElementwise = false,
    PredictionTransform Prediction = PredictionTransform.None)
{
    public bool TakesLabels => (Targets & TargetKinds.Labels) != 0;

    public bool TakesRows => (Targets & TargetKinds.Rows) != 0;
}
