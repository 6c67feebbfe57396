using BackpropGen.Generator.Diagnostics;
using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Model;
using BackpropGen.Generator.Parsing;
using BackpropGen.Generator.Parsing.Rules;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Advice;

/// <summary>What the last layer hands to softmax or sigmoid.</summary>
internal static class OutputAdvice
{
    private static readonly HashSet<Activation> CutAtZero = [Activation.Relu, Activation.Relu6];

    private static readonly HashSet<Activation> ReadLogits =
        [Activation.Softmax, Activation.LogSoftmax, Activation.Sigmoid, Activation.HardSigmoid];

    /// <summary>Logits may be negative: where ReLU holds one at 0, its class keeps a probability and gets no gradient.</summary>
    public static IEnumerable<Diagnostic> LogitsHaveBothSigns(NetworkDeclaration network)
    {
        LayerDeclaration[] layers = network.Layers.Where(layer => layer.Spec is not ActivationLayerSpec { Activation.Kind: Activation.Identity }).ToArray();
        if (layers.Length > 0 && LossRules.Of(network.Spec.Loss.Kind).Output == OutputMeaning.Logits)
        {
            return Check(layers[layers.Length - 1], network.Spec.Loss.Kind.ToString());
        }

        return layers.Length > 1 && layers[layers.Length - 1].Spec is ActivationLayerSpec { Activation.Kind: var reader } && ReadLogits.Contains(reader)
            ? Check(layers[layers.Length - 2], reader.ToString())
            : [];
    }

    private static IEnumerable<Diagnostic> Check(LayerDeclaration layer, string reader)
    {
        if (CutAtZero.Contains(layer.Spec.Activation.Kind))
        {
            yield return DiagnosticDescriptors.LogitsCutAtZero.At(
                layer.Attribute.LocationOf("Activation"),
                layer.Attribute.Subject,
                reader,
                layer.Spec.Activation.Kind.ToString(),
                Text.Of(layer.Outputs));
        }
    }
}
