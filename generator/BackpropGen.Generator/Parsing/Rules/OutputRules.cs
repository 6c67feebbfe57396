using BackpropGen.Generator.Diagnostics;
using BackpropGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Parsing.Rules;

/// <summary>The last layer must give what the loss reads: logits, probabilities or log-probabilities.</summary>
internal static class OutputRules
{
    private static readonly Dictionary<Loss, Activation[]> Required = new()
    {
        [Loss.BinaryCrossEntropy] = [Activation.Sigmoid, Activation.HardSigmoid],
        [Loss.CrossEntropy] = [Activation.Softmax],
        [Loss.NegativeLogLikelihood] = [Activation.LogSoftmax],
        [Loss.KullbackLeiblerDivergence] = [Activation.LogSoftmax],
    };

    private static readonly Dictionary<Loss, (Activation[] Activations, DiagnosticDescriptor Diagnostic)> Forbidden = new()
    {
        [Loss.SoftmaxCrossEntropy] = (
            [Activation.Softmax, Activation.LogSoftmax],
            DiagnosticDescriptors.SoftmaxTwice),
        [Loss.BinaryCrossEntropyWithLogits] = (
            [Activation.Sigmoid, Activation.HardSigmoid, Activation.Softmax, Activation.LogSoftmax],
            DiagnosticDescriptors.SigmoidTwice),
    };

    private static readonly HashSet<Loss> ClassLosses =
    [
        Loss.SoftmaxCrossEntropy, Loss.CrossEntropy, Loss.NegativeLogLikelihood, Loss.MultiMargin,
    ];

    public static IEnumerable<Diagnostic> OutputSuitsLoss(NetworkDeclaration network)
    {
        if (OutputLayer(network) is not { } layer || !Enum.IsDefined(typeof(Activation), layer.Spec.Activation.Kind))
        {
            yield break;
        }

        Loss loss = network.Spec.Loss.Kind;
        Activation activation = layer.Spec.Activation.Kind;
        Location location = layer.Attribute.LocationOf("Activation");
        if (Required.TryGetValue(loss, out Activation[]? required) && !required.Contains(activation))
        {
            yield return DiagnosticDescriptors.OutputActivationMismatch.At(
                location, layer.Attribute.Subject, loss.ToString(), Text.Or(required), activation.ToString());
        }
        else if (Forbidden.TryGetValue(loss, out (Activation[] Activations, DiagnosticDescriptor Diagnostic) forbidden)
            && forbidden.Activations.Contains(activation))
        {
            yield return forbidden.Diagnostic.At(location, layer.Attribute.Subject, activation.ToString());
        }
    }

    public static IEnumerable<Diagnostic> ClassLossHasClasses(NetworkDeclaration network)
    {
        if (network.Outputs == 1 && ClassLosses.Contains(network.Spec.Loss.Kind) && !network.Layers.IsEmpty)
        {
            LayerDeclaration layer = network.Layers.LastOrDefault(layer => layer.Spec is DenseSpec) ?? network.Layers.Last();
            yield return DiagnosticDescriptors.OneClass.At(
                layer.Attribute.LocationOf("Units"), layer.Attribute.Subject, network.Spec.Loss.Kind.ToString());
        }
    }

    /// <summary>The layer that decides what the output means: the last one, not counting identities as layers of their own.</summary>
    private static LayerDeclaration? OutputLayer(NetworkDeclaration network) =>
        network.Layers.LastOrDefault(layer => layer.Spec is not ActivationLayerSpec { Activation.Kind: Activation.Identity })
        ?? network.Layers.LastOrDefault();
}
