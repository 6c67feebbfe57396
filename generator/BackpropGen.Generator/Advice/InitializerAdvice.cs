using System.Globalization;
using BackpropGen.Generator.Diagnostics;
using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Model;
using BackpropGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Advice;

/// <summary>Initializers that were derived for another kind of activation.</summary>
internal static class InitializerAdvice
{
    /// <summary>He counts on ReLU losing half of the variance, Glorot on an activation that is nearly linear around 0.</summary>
    private static readonly Dictionary<Initializer, Initializer> Counterparts = new()
    {
        [Initializer.HeNormal] = Initializer.GlorotNormal,
        [Initializer.HeUniform] = Initializer.GlorotUniform,
        [Initializer.GlorotNormal] = Initializer.HeNormal,
        [Initializer.GlorotUniform] = Initializer.HeUniform,
    };

    private static readonly HashSet<Activation> Saturating =
        [Activation.Sigmoid, Activation.HardSigmoid, Activation.Tanh, Activation.HardTanh, Activation.Softsign];

    public static IEnumerable<Diagnostic> InitializerSuitsActivation(NetworkDeclaration network)
    {
        for (int i = 0; i < network.Layers.Length; i++)
        {
            LayerDeclaration layer = network.Layers[i];
            if (layer.Spec is DenseSpec dense
                && Counterparts.TryGetValue(dense.Initializer, out Initializer better)
                && Objection(dense.Initializer, FollowingActivation(network, i)) is { } descriptor)
            {
                yield return descriptor.At(
                    layer.Attribute.LocationOf("Initializer"),
                    layer.Attribute.Subject,
                    dense.Initializer.ToString(),
                    Variance(dense.Initializer, layer),
                    FollowingActivation(network, i).ToString(),
                    Variance(better, layer),
                    better.ToString());
            }
        }
    }

    private static DiagnosticDescriptor? Objection(Initializer initializer, Activation activation)
    {
        bool isHe = initializer is Initializer.HeNormal or Initializer.HeUniform;
        bool isReluLike = ActivationRules.Of(activation).Initializer == Initializer.HeNormal;
        return isHe && Saturating.Contains(activation) ? DiagnosticDescriptors.HeBeforeSaturation
            : !isHe && isReluLike ? DiagnosticDescriptors.GlorotBeforeRelu
            : null;
    }

    /// <summary>The activation of a dense layer, or that of a layer of its own right behind it.</summary>
    private static Activation FollowingActivation(NetworkDeclaration network, int index) =>
        network.Layers[index].Spec.Activation.Kind is var own && own == Activation.Identity
        && index + 1 < network.Layers.Length
        && network.Layers[index + 1].Spec is ActivationLayerSpec next
            ? next.Activation.Kind
            : own;

    /// <summary>The variance of the weights, which is the same for the uniform and the normal distribution.</summary>
    private static string Variance(Initializer initializer, LayerDeclaration layer)
    {
        bool isHe = initializer is Initializer.HeNormal or Initializer.HeUniform;
        double variance = 2.0 / (isHe ? layer.Inputs : layer.Inputs + (double)layer.Outputs);
        return variance.ToString("G3", CultureInfo.InvariantCulture);
    }
}
