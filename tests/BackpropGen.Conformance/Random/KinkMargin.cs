using BackpropGen.Generator;
using BackpropGen.Generator.Model;

namespace BackpropGen.Conformance;

/// <summary>
/// How far a batch stays from the points where a derivative jumps. Nearer than its rounding, a network may land on the other side with
/// full right, and its gradients then differ by more than rounding.
/// </summary>
/// <remarks>
/// Exactly at the kink of an activation layer is safe: such a number comes from the flat part of the activation below (the zero of a
/// relu), is the same in every precision, and no gradient passes through it.
/// </remarks>
internal static class KinkMargin
{
    /// <summary>The smallest distance from a kink, relative to the largest number of the layer where that exceeds 1.</summary>
    public static double Of(NetworkSpec spec, ReferenceValues values, Targets targets)
    {
        double margin = double.PositiveInfinity;
        for (int i = 0; i < values.Layers.Count; i++)
        {
            double[] kinks = Kinks(spec.Layers[i].Activation);
            if (kinks.Length > 0)
            {
                double[] z = values.Layers[i].PreActivation;
                IEnumerable<double> distances = z.Select(value => kinks.Min(kink => Math.Abs(value - kink)));
                if (spec.Layers[i] is ActivationLayerSpec)
                {
                    distances = distances.Where(distance => distance > 0);
                }

                margin = Math.Min(margin, distances.DefaultIfEmpty(double.PositiveInfinity).Min() / Scale(z));
            }
        }

        return Math.Min(margin, OfLoss(spec.Loss, values.Outputs, targets));
    }

    private static double[] Kinks(ActivationSpec activation) => activation.Kind switch
    {
        Activation.Relu or Activation.LeakyRelu or Activation.Selu => [0],
        Activation.Elu when activation.Parameter != 1 => [0],
        Activation.Relu6 => [0, 6],
        Activation.HardTanh => [-1, 1],
        Activation.HardSigmoid or Activation.HardSwish => [-3, 3],
        _ => [],
    };

    private static double OfLoss(LossSpec loss, double[] outputs, Targets targets) => loss.Kind switch
    {
        Loss.MeanAbsoluteError or Loss.Quantile =>
            outputs.Zip(targets.Rows!, (output, target) => Math.Abs(output - target)).Min() / Scale(outputs),
        Loss.MultiMargin when loss.Power == 1 => OfHinges(loss, outputs, targets.Labels!) / Scale(outputs),
        _ => double.PositiveInfinity,
    };

    private static double OfHinges(LossSpec loss, double[] outputs, int[] labels)
    {
        int classes = outputs.Length / labels.Length;
        return outputs.Chunk(classes).Zip(labels).Min(sample => sample.First
            .Where((_, j) => j != sample.Second)
            .Min(score => Math.Abs(loss.Parameter - sample.First[sample.Second] + score)));
    }

    private static double Scale(double[] values) => Math.Max(1, Comparer.Magnitude(values));
}
