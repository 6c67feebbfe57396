using System.Globalization;
using BackpropGen.Generator.Diagnostics;
using BackpropGen.Generator.Model;
using BackpropGen.Generator.Parsing;
using BackpropGen.Generator.Parsing.Rules;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Advice;

/// <summary>Activations that shrink the gradient, too many in a row.</summary>
internal static class DepthAdvice
{
    /// <summary>A gradient that passes five sigmoids has lost three digits (4⁵ = 1,024) before any weight has done its part.</summary>
    private const int Most = 5;

    /// <summary>Activations with a largest f′ below 1, which shrink every gradient.</summary>
    private static readonly Dictionary<Activation, double> Shrinking = new()
    {
        [Activation.Sigmoid] = 1 / 4.0,
        [Activation.HardSigmoid] = 1 / 6.0,
    };

    /// <summary>Activations whose f′ is 1 at z = 0 and vanishes on both sides.</summary>
    private static readonly HashSet<Activation> Saturating = [Activation.Tanh, Activation.HardTanh, Activation.Softsign];

    public static IEnumerable<Diagnostic> SigmoidStacksAreShallow(NetworkDeclaration network) =>
        Runs(network, Shrinking.ContainsKey).Select(run => DiagnosticDescriptors.SigmoidStackTooDeep.At(
            ActivationOf(run[Most]),
            run[Most].Attribute.Subject,
            Text.Of(run.Count),
            Text.Of(Most),
            run.Aggregate(1.0, (factor, layer) => factor * Shrinking[layer.Spec.Activation.Kind]).ToString("G2", CultureInfo.InvariantCulture)));

    /// <summary>Runs of sigmoids alone have been reported already.</summary>
    public static IEnumerable<Diagnostic> SaturatingStacksAreShallow(NetworkDeclaration network) =>
        Runs(network, kind => Shrinking.ContainsKey(kind) || Saturating.Contains(kind))
            .Where(run => run.Any(layer => Saturating.Contains(layer.Spec.Activation.Kind)))
            .Select(run => DiagnosticDescriptors.SaturatingStackTooDeep.At(
                ActivationOf(run[Most]), run[Most].Attribute.Subject, Text.Of(run.Count), Text.Of(Most)));

    /// <summary>
    /// More than <see cref="Most"/> layers in a row whose activation is of a kind. Layers without one are passed over; an orthogonal W starts
    /// a new run, because it is the remedy: it keeps the length of the gradient. A sigmoid before the binary cross-entropy does not count,
    /// since ∂L/∂z is p − y there.
    /// </summary>
    private static IEnumerable<IReadOnlyList<LayerDeclaration>> Runs(NetworkDeclaration network, Func<Activation, bool> isOfKind)
    {
        var run = new List<LayerDeclaration>();
        foreach (LayerDeclaration layer in network.Layers)
        {
            Activation kind = layer.Spec.Activation.Kind;
            bool isOrthogonal = layer.Spec is DenseSpec { Initializer: Initializer.Orthogonal };
            bool isOutput = layer == network.Layers.Last() && network.Spec.Loss.Kind == Loss.BinaryCrossEntropy;
            if (isOrthogonal || isOutput || (kind != Activation.Identity && !isOfKind(kind)))
            {
                if (run.Count > Most)
                {
                    yield return run;
                }

                run = [];
            }

            if (!isOrthogonal && !isOutput && isOfKind(kind))
            {
                run.Add(layer);
            }
        }

        if (run.Count > Most)
        {
            yield return run;
        }
    }

    private static Location ActivationOf(LayerDeclaration layer) => layer.Attribute.LocationOf("Activation");
}
