using BackpropGen.Generator.Diagnostics;
using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;
using BackpropGen.Generator.Parsing;
using BackpropGen.Generator.Parsing.Rules;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Advice;

/// <summary>Settings that do not go with batches.</summary>
internal static class BatchAdvice
{
    /// <summary>The default of SGD, and about the least that is usual with a mean.</summary>
    private const double LeastRateOfMeans = 0.01;

    /// <summary>A usual batch, for the message.</summary>
    private const int Batch = 64;

    /// <summary>
    /// The gradient of a sum grows with the batch, and the step of plain gradient descent with it. Clipping bounds the step; all other
    /// optimizers divide by the size of the gradient or look at its sign alone.
    /// </summary>
    public static IEnumerable<Diagnostic> LearningRateSuitsReduction(NetworkDeclaration network)
    {
        if (network.Spec is { Loss.Reduction: Reduction.Sum, Optimizer: SgdSpec { Clips: false, LearningRate: >= LeastRateOfMeans } sgd })
        {
            long summands = Batch * (LossRules.Of(network.Spec.Loss.Kind).IsElementwise ? network.Outputs : 1L);
            AttributeReader attribute = network.Optimizers[0];
            yield return DiagnosticDescriptors.LearningRateOfMeans.At(
                attribute.LocationOf("LearningRate"), attribute.Subject, Text.Of(sgd.LearningRate), Text.Of(Batch), Text.Of(summands));
        }
    }

    /// <summary>Parallelism has something to divide.</summary>
    public static IEnumerable<Diagnostic> BatchesCanBeDivided(NetworkDeclaration network)
    {
        IReadOnlyList<Layer> layers = Layer.Of(network.Spec);
        if (network.Spec.Parallelism > 1 && WorkDivision.SamplesPerPart(layers) is null)
        {
            yield return DiagnosticDescriptors.TooLittleWorkForThreads.At(
                network.Network.LocationOf("Parallelism"),
                network.Network.Subject,
                Text.Of(network.Spec.Parallelism),
                Text.Of(WorkDivision.WorkOf(layers)),
                Text.Of(WorkDivision.LeastWork));
        }
    }
}
