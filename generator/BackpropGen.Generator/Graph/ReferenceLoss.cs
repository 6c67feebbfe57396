using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Graph;

/// <summary>The losses of one sample, their gradients and the divisors of a batch, in double: the reference.</summary>
/// <remarks>h is the row that the last layer gives, t the target row, one-hot for a label.</remarks>
internal static class ReferenceLoss
{
    /// <summary>The smallest normal double, the least probability whose logarithm <see cref="Loss.CrossEntropy"/> takes.</summary>
    private const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>The loss of one sample, summed over the outputs; neither weighted nor divided.</summary>
    public static double OfSample(LossSpec loss, double[] h, double[] t)
    {
        switch (loss.Kind)
        {
            case Loss.SoftmaxCrossEntropy:
                return -Sum(ClassTarget(loss, t), ReferenceMath.LogSoftmax(h), (a, logP) => a == 0 ? 0 : a * logP);

            case Loss.CrossEntropy:
                return -Sum(t, h, (target, p) => target == 0 ? 0 : target * Math.Log(Math.Max(p, SmallestNormal)));

            case Loss.NegativeLogLikelihood:
                return -Sum(ClassTarget(loss, t), h, (a, logP) => a == 0 ? 0 : a * logP);

            case Loss.KullbackLeiblerDivergence:
                return Sum(t, h, (target, logP) => target == 0 ? 0 : target * (Math.Log(target) - logP));

            case Loss.MultiMargin:
                int label = Array.IndexOf(t, 1.0);
                return h.Where((_, j) => j != label).Sum(score => Math.Pow(Hinge(loss, h[label], score), loss.Power)) / h.Length;

            default:
                double sum = 0;
                for (int k = 0; k < h.Length; k++)
                {
                    sum += OfElement(loss, h[k], t[k], k);
                }

                return sum;
        }
    }

    /// <summary>∂L/∂h of the loss of one sample; neither weighted nor divided.</summary>
    public static double[] Gradient(LossSpec loss, double[] h, double[] t)
    {
        switch (loss.Kind)
        {
            case Loss.SoftmaxCrossEntropy:
                double[] a = ClassTarget(loss, t);
                double mass = a.Sum();
                return ReferenceMath.Softmax(h).Select((p, k) => (p * mass) - a[k]).ToArray();

            case Loss.CrossEntropy:
                return h.Select((p, k) => -t[k] / Math.Max(p, SmallestNormal)).ToArray();

            case Loss.NegativeLogLikelihood:
                return ClassTarget(loss, t).Select(target => -target).ToArray();

            case Loss.KullbackLeiblerDivergence:
                return t.Select(target => -target).ToArray();

            case Loss.MultiMargin:
                int label = Array.IndexOf(t, 1.0);
                double[] gradient = h.Select(score => HingeDerivative(loss, h[label], score) / h.Length).ToArray();
                gradient[label] = 0;
                gradient[label] = -gradient.Sum();
                return gradient;

            default:
                return h.Select((output, k) => ElementGradient(loss, output, t[k], k)).ToArray();
        }
    }

    /// <summary>What the sum of the sample losses is divided by.</summary>
    /// <param name="loss">The loss and its reduction.</param>
    /// <param name="targets">The targets, one-hot rows for labels.</param>
    /// <param name="sampleWeights">One weight per sample.</param>
    /// <param name="targetsAreLabels">Whether the targets came as labels: only then do class weights count in the divisor.</param>
    public static double Divisor(LossSpec loss, Matrix targets, double[] sampleWeights, bool targetsAreLabels)
    {
        if (loss.Reduction == Reduction.Sum)
        {
            return 1;
        }

        double divisor = 0;
        for (int i = 0; i < targets.Rows; i++)
        {
            double sample = loss.Reduction == Reduction.WeightedMean ? sampleWeights[i] : 1;
            bool weighted = targetsAreLabels && loss.ClassWeights.Count > 0;
            divisor += weighted ? sample * loss.ClassWeights[Array.IndexOf(targets.Row(i), 1.0)] : sample;
        }

        return IsElementwise(loss.Kind) ? divisor * targets.Columns : divisor;
    }

    /// <summary>Whether the mean is over batch and outputs.</summary>
    private static bool IsElementwise(Loss loss) => loss
        is not (Loss.SoftmaxCrossEntropy or Loss.CrossEntropy or Loss.NegativeLogLikelihood or Loss.KullbackLeiblerDivergence or Loss.MultiMargin);

    private static double OfElement(LossSpec loss, double h, double t, int k)
    {
        double e = h - t;
        double size = Math.Abs(e);
        return loss.Kind switch
        {
            Loss.MeanSquaredError => e * e,
            Loss.MeanAbsoluteError => size,
            Loss.Huber => size <= loss.Parameter ? e * e / 2 : loss.Parameter * (size - (loss.Parameter / 2)),
            Loss.SmoothL1 => size < loss.Parameter ? e * e / (2 * loss.Parameter) : size - (loss.Parameter / 2),
            Loss.LogCosh => size + ReferenceMath.LogOnePlus(Math.Exp(-2 * size)) - Math.Log(2),
            Loss.Quantile => t > h ? loss.Parameter * (t - h) : (1 - loss.Parameter) * (h - t),
            Loss.BinaryCrossEntropyWithLogits =>
                (PositiveWeight(loss, k) * t * ReferenceMath.Softplus(-h)) + ((1 - t) * ReferenceMath.Softplus(h)),
            Loss.BinaryCrossEntropy =>
                -((t * Math.Max(Math.Log(h), -100)) + ((1 - t) * Math.Max(ReferenceMath.LogOnePlus(-h), -100))),
            Loss.PoissonNegativeLogLikelihood => Math.Exp(h) - (t * h),
            _ => throw new InvalidOperationException($"{loss.Kind} is not element by element."),
        };
    }

    private static double ElementGradient(LossSpec loss, double h, double t, int k)
    {
        double e = h - t;
        return loss.Kind switch
        {
            Loss.MeanSquaredError => 2 * e,
            Loss.MeanAbsoluteError => Math.Sign(e),
            Loss.Huber => Math.Abs(e) <= loss.Parameter ? e : loss.Parameter * Math.Sign(e),
            Loss.SmoothL1 => Math.Abs(e) < loss.Parameter ? e / loss.Parameter : Math.Sign(e),
            Loss.LogCosh => Math.Tanh(e),
            Loss.Quantile => t > h ? -loss.Parameter : t < h ? 1 - loss.Parameter : 0,
            Loss.BinaryCrossEntropyWithLogits =>
                ((1 - t) * ReferenceMath.Sigmoid(h)) - (PositiveWeight(loss, k) * t * ReferenceMath.Sigmoid(-h)),
            Loss.BinaryCrossEntropy => e / Math.Max(h * (1 - h), 1e-12),
            Loss.PoissonNegativeLogLikelihood => Math.Exp(h) - t,
            _ => throw new InvalidOperationException($"{loss.Kind} is not element by element."),
        };
    }

    /// <summary>a = w ⊙ ((1 − ε)·t + ε/K): the target with label smoothing and class weights.</summary>
    private static double[] ClassTarget(LossSpec loss, double[] t) =>
        t.Select((target, k) =>
        {
            double smooth = ((1 - loss.LabelSmoothing) * target) + (loss.LabelSmoothing / t.Length);
            return loss.ClassWeights.Count > 0 ? loss.ClassWeights[k] * smooth : smooth;
        }).ToArray();

    private static double PositiveWeight(LossSpec loss, int k) => loss.PositiveWeights.Count > 0 ? loss.PositiveWeights[k] : 1;

    private static double Hinge(LossSpec loss, double right, double score) => Math.Max(0, loss.Parameter - right + score);

    private static double HingeDerivative(LossSpec loss, double right, double score)
    {
        double hinge = Hinge(loss, right, score);
        return hinge > 0 ? loss.Power * Math.Pow(hinge, loss.Power - 1) : 0;
    }

    private static double Sum(double[] left, double[] right, Func<double, double, double> term) => left.Zip(right, term).Sum();
}
