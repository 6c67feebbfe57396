using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission;

/// <summary>One row per element-wise loss: how the loss and its derivative are written on vectors in C#.</summary>
internal static class LossSyntax
{
    /// <summary>Loads what the loss reads: the error e = h − t where that is all, h and t otherwise.</summary>
    public static IEnumerable<string> Prologue(LossSpec loss, string h, string t, string column, ElementType element)
    {
        if (IsOfError(loss.Kind))
        {
            yield return $"var e = {h} - {t};";
            yield break;
        }

        yield return $"var h = {h};";
        yield return $"var t = {t};";
        if (loss.Kind == Loss.BinaryCrossEntropyWithLogits)
        {
            yield return loss.PositiveWeights.Count > 0
                ? $"var w = Vector256.Create(PositiveWeights.Slice((int){column}, {element.Lanes}));"
                : $"var w = Vector256<{element.Keyword}>.One;";
        }
    }

    /// <summary>The loss of each element.</summary>
    public static string Value(LossSpec loss, ElementType element)
    {
        string parameter = CSharpLiteral.Number(loss.Parameter, element);
        return loss.Kind switch
        {
            Loss.MeanSquaredError => "e * e",
            Loss.MeanAbsoluteError => "Vector256.Abs(e)",
            Loss.Huber => $"VectorMath.Huber(e, {parameter})",
            Loss.SmoothL1 => $"VectorMath.SmoothL1(e, {parameter})",
            Loss.LogCosh => "VectorMath.LogCosh(e)",
            Loss.Quantile => $"VectorMath.QuantileLoss(e, {parameter})",
            Loss.BinaryCrossEntropyWithLogits => "VectorMath.BinaryCrossEntropyWithLogits(h, t, w)",
            Loss.BinaryCrossEntropy => "VectorMath.BinaryCrossEntropy(h, t)",
            Loss.PoissonNegativeLogLikelihood => "VectorMath.PoissonNegativeLogLikelihood(h, t)",
            _ => throw new InvalidOperationException($"{loss.Kind} is not an element-wise loss."),
        };
    }

    /// <summary>The derivative with respect to each element of h.</summary>
    public static string Gradient(LossSpec loss, ElementType element)
    {
        string parameter = CSharpLiteral.Number(loss.Parameter, element);
        return loss.Kind switch
        {
            Loss.MeanSquaredError => "e + e",
            Loss.MeanAbsoluteError => "VectorMath.SignOf(e)",
            Loss.Huber => $"VectorMath.HuberDerivative(e, {parameter})",
            Loss.SmoothL1 => $"VectorMath.SmoothL1Derivative(e, {parameter})",
            Loss.LogCosh => "VectorMath.Tanh(e)",
            Loss.Quantile => $"VectorMath.QuantileDerivative(e, {parameter})",
            Loss.BinaryCrossEntropyWithLogits => "VectorMath.BinaryCrossEntropyWithLogitsDerivative(h, t, w)",
            Loss.BinaryCrossEntropy => "VectorMath.BinaryCrossEntropyDerivative(h, t)",
            Loss.PoissonNegativeLogLikelihood => "VectorMath.PoissonNegativeLogLikelihoodDerivative(h, t)",
            _ => throw new InvalidOperationException($"{loss.Kind} is not an element-wise loss."),
        };
    }

    private static bool IsOfError(Loss kind) => kind is Loss.MeanSquaredError or Loss.MeanAbsoluteError or Loss.Huber or Loss.SmoothL1
        or Loss.LogCosh or Loss.Quantile;

    /// <summary>What the outputs are to the loss, in words.</summary>
    public static string OutputWords(LossRule rule) => rule.Output switch
    {
        OutputMeaning.Logits => "logits",
        OutputMeaning.Probabilities => "probabilities",
        OutputMeaning.LogProbabilities => "log-probabilities",
        OutputMeaning.LogRate => "logarithms of the rates",
        OutputMeaning.Scores => "scores",
        _ => "the last layer's h",
    };
}
