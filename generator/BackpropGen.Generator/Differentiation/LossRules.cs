namespace BackpropGen.Generator.Differentiation;

/// <summary>One row per loss.</summary>
/// <remarks>
/// The equations are those of the plain loss. With class weights w or label smoothing ε, the y of a loss over classes is to be read as
/// a = w ⊙ ((1 − ε)·y + ε/K), and p − y as p·Σₖ aₖ − a; without positive weights the w of the binary cross-entropy is 1. Probabilities
/// are guarded in the code: the ln of a binary cross-entropy is at least −100 and h·(1 − h) at least 10⁻¹² there, as in PyTorch; in
/// CrossEntropy h is at least the smallest normal number of the element type.
/// </remarks>
internal static class LossRules
{
    private static readonly Dictionary<Loss, LossRule> Table = new LossRule[]
    {
        new(
            Loss.MeanSquaredError,
            "Σₖ (h − y)²",
            "2·(h − y)",
            @"\sum_k (h - y)^2", @"2 (h - y)",
            OutputMeaning.Values, TargetKinds.Rows, IsElementwise: true),
        new(
            Loss.MeanAbsoluteError,
            "Σₖ |h − y|",
            "sign(h − y)",
            @"\sum_k |h - y|", @"\operatorname{sign}(h - y)",
            OutputMeaning.Values, TargetKinds.Rows, IsElementwise: true),
        new(
            Loss.Huber,
            "Σₖ (e²/2 where |e| ≤ δ, else δ·(|e| − δ/2)), with e = h − y",
            "clip(h − y, −δ, δ)",
            @"\sum_k \begin{cases} e^2 / 2 & |e| \le \delta \\ \delta (|e| - \delta / 2) & \text{else} \end{cases}, \quad e = h - y",
            @"\operatorname{clip}(h - y, -\delta, \delta)",
            OutputMeaning.Values, TargetKinds.Rows, IsElementwise: true),
        new(
            Loss.SmoothL1,
            "Σₖ (e²/(2·β) where |e| < β, else |e| − β/2), with e = h − y",
            "clip((h − y)/β, −1, 1)",
            @"\sum_k \begin{cases} e^2 / (2 \beta) & |e| < \beta \\ |e| - \beta / 2 & \text{else} \end{cases}, \quad e = h - y",
            @"\operatorname{clip}((h - y) / \beta, -1, 1)",
            OutputMeaning.Values, TargetKinds.Rows, IsElementwise: true),
        new(
            Loss.LogCosh,
            "Σₖ ln cosh(h − y)",
            "tanh(h − y)",
            @"\sum_k \ln \cosh(h - y)", @"\tanh(h - y)",
            OutputMeaning.Values, TargetKinds.Rows, IsElementwise: true),
        new(
            Loss.Quantile,
            "Σₖ (τ·(y − h) where y > h, else (1 − τ)·(h − y))",
            "−τ where y > h, 1 − τ where y < h, else 0",
            @"\sum_k \begin{cases} \tau (y - h) & y > h \\ (1 - \tau)(h - y) & \text{else} \end{cases}",
            @"\begin{cases} -\tau & y > h \\ 1 - \tau & y < h \\ 0 & \text{else} \end{cases}",
            OutputMeaning.Values, TargetKinds.Rows, IsElementwise: true),
        new(
            Loss.SoftmaxCrossEntropy,
            "−Σₖ y·ln p, with p = softmax(h)",
            "p − y",
            @"-\sum_k y \ln p, \quad p = \operatorname{softmax}(h)", @"p - y",
            OutputMeaning.Logits, TargetKinds.Both, Prediction: PredictionTransform.Softmax),
        new(
            Loss.CrossEntropy,
            "−Σₖ y·ln h",
            "−y/h",
            @"-\sum_k y \ln h", @"-y / h",
            OutputMeaning.Probabilities, TargetKinds.Both),
        new(
            Loss.NegativeLogLikelihood,
            "−Σₖ y·h",
            "−y",
            @"-\sum_k y\,h", @"-y",
            OutputMeaning.LogProbabilities, TargetKinds.Labels),
        new(
            Loss.KullbackLeiblerDivergence,
            "Σₖ y·(ln y − h)",
            "−y",
            @"\sum_k y\,(\ln y - h)", @"-y",
            OutputMeaning.LogProbabilities, TargetKinds.Rows),
        new(
            Loss.BinaryCrossEntropyWithLogits,
            "−Σₖ (w·y·ln p + (1 − y)·ln(1 − p)), with p = σ(h)",
            "(1 − y)·p − w·y·(1 − p)",
            @"-\sum_k \left(w\,y \ln p + (1 - y) \ln(1 - p)\right), \quad p = \sigma(h)",
            @"(1 - y)\,p - w\,y\,(1 - p)",
            OutputMeaning.Logits, TargetKinds.Rows, IsElementwise: true, PredictionTransform.Sigmoid),
        new(
            Loss.BinaryCrossEntropy,
            "−Σₖ (y·ln h + (1 − y)·ln(1 − h))",
            "(h − y)/(h·(1 − h))",
            @"-\sum_k \left(y \ln h + (1 - y) \ln(1 - h)\right)", @"(h - y) / (h (1 - h))",
            OutputMeaning.Probabilities, TargetKinds.Rows, IsElementwise: true),
        new(
            Loss.PoissonNegativeLogLikelihood,
            "Σₖ (eʰ − y·h)",
            "eʰ − y",
            @"\sum_k (e^h - y\,h)", @"e^h - y",
            OutputMeaning.LogRate, TargetKinds.Rows, IsElementwise: true, PredictionTransform.Exponential),
        new(
            Loss.MultiMargin,
            "Σ over j ≠ c of max(0, m − h[c] + h[j])ᵖ/K, with c the label and m the margin",
            "p·max(0, m − h[c] + h[j])ᵖ⁻¹·[m − h[c] + h[j] > 0]/K at each j ≠ c; minus the sum of these at c",
            @"\tfrac1K \sum_{j \ne c} \max(0, m - h_c + h_j)^p",
            @"g_j = \tfrac{p}{K} \max(0, m - h_c + h_j)^{p-1} \, [m - h_c + h_j > 0] \; (j \ne c), \quad g_c = -\sum_{j \ne c} g_j",
            OutputMeaning.Scores, TargetKinds.Labels),
    }.ToDictionary(rule => rule.Kind);

    /// <summary>The row of a loss.</summary>
    public static LossRule Of(Loss kind) => Table[kind];
}
