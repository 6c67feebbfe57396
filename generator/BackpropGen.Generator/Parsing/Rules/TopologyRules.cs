using System.Globalization;
using BackpropGen.Generator.Diagnostics;
using BackpropGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Parsing.Rules;

/// <summary>Sizes, and the order of the layers.</summary>
internal static class TopologyRules
{
    /// <summary>The limit of inputs and units: offsets within one layer's matrix then fit the emitted arithmetic with room to spare.</summary>
    private const int MaximumWidth = 65_536;

    /// <summary>Each layer is a few emitted methods; a thousand is already a program that nobody reads.</summary>
    private const int MaximumLayers = 1_000;

    /// <summary>
    /// Indices are int, and rows are padded to whole vectors: a matrix just above a panel boundary nearly doubles. Half a billion
    /// parameters (2 GB of floats, and as much for the gradients) stay below the largest array.
    /// </summary>
    private const long MaximumParameters = 500_000_000;

    /// <summary>Each thread has some room of its own, taken in advance; machines with more processors are rare.</summary>
    private const int MaximumParallelism = 1_024;

    public static IEnumerable<Diagnostic> InputsAreInRange(NetworkDeclaration network)
    {
        if (!IsWidth(network.Spec.Inputs))
        {
            yield return DiagnosticDescriptors.InputsOutOfRange.AtValue(
                network.Network.LocationOf("Inputs"), Nearest(network.Spec.Inputs, MaximumWidth), network.Network.Subject, Text.Of(network.Spec.Inputs));
        }
    }

    public static IEnumerable<Diagnostic> UnitsAreInRange(NetworkDeclaration network)
    {
        foreach (LayerDeclaration layer in network.Layers)
        {
            if (layer.Spec is DenseSpec dense && !IsWidth(dense.Units))
            {
                yield return DiagnosticDescriptors.UnitsOutOfRange.AtValue(
                    layer.Attribute.LocationOf("Units"), Nearest(dense.Units, MaximumWidth), layer.Attribute.Subject, Text.Of(dense.Units));
            }
        }
    }

    public static IEnumerable<Diagnostic> LayerCountIsInRange(NetworkDeclaration network)
    {
        if (network.Layers.IsEmpty)
        {
            yield return DiagnosticDescriptors.NoLayers.At(network.Network.Location, network.Network.Subject);
        }
        else if (network.Layers.Length > MaximumLayers)
        {
            yield return DiagnosticDescriptors.TooManyLayers.At(
                network.Network.Location, network.Network.Subject, Text.Of(network.Layers.Length));
        }
    }

    public static IEnumerable<Diagnostic> ParameterCountIsInRange(NetworkDeclaration network)
    {
        bool widthsAreValid = IsWidth(network.Spec.Inputs) && network.Layers.All(layer => IsWidth(layer.Outputs));
        long count = network.Layers.Sum(layer => layer.ParameterCount);
        if (widthsAreValid && count > MaximumParameters)
        {
            yield return DiagnosticDescriptors.TooManyParameters.At(network.Network.Location, network.Network.Subject, Text.Of(count));
        }
    }

    /// <summary>One error per further declaration, on its first layer.</summary>
    public static IEnumerable<Diagnostic> LayersStandInOneDeclaration(NetworkDeclaration network)
    {
        LayerDeclaration[] firsts = network.Layers
            .GroupBy(layer => layer.Attribute.Declaration)
            .Select(declaration => declaration.First())
            .ToArray();
        return firsts.Skip(1).Select(layer => DiagnosticDescriptors.LayersInSeveralDeclarations.At(
            layer.Attribute.Location, layer.Attribute.Subject, network.Type.Name, Text.Of(firsts.Length)));
    }

    public static IEnumerable<Diagnostic> SoftmaxHasUnits(NetworkDeclaration network)
    {
        foreach (LayerDeclaration layer in network.Layers)
        {
            if (layer is { Outputs: 1, Spec.Activation.Kind: Activation.Softmax or Activation.LogSoftmax })
            {
                yield return DiagnosticDescriptors.SoftmaxOverOneUnit.At(
                    layer.Attribute.LocationOf("Activation"), layer.Attribute.Subject, layer.Spec.Activation.Kind.ToString());
            }
        }
    }

    public static IEnumerable<Diagnostic> ParallelismIsInRange(NetworkDeclaration network)
    {
        if (network.Spec.Parallelism is < 1 or > MaximumParallelism)
        {
            yield return DiagnosticDescriptors.ParallelismOutOfRange.AtValue(
                network.Network.LocationOf("Parallelism"), Nearest(network.Spec.Parallelism, MaximumParallelism), network.Network.Subject, Text.Of(network.Spec.Parallelism));
        }
    }

    /// <summary>The nearest of 1 to <paramref name="most"/>, as C# text.</summary>
    private static string Nearest(int value, int most) => (value < 1 ? 1 : Math.Min(value, most)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Activations alone are a fixed function. (A network without any layer has a rule of its own.)</summary>
    public static IEnumerable<Diagnostic> LayersHaveWeights(NetworkDeclaration network)
    {
        if (!network.Layers.IsEmpty && network.Layers.All(layer => layer.Spec is not DenseSpec))
        {
            yield return DiagnosticDescriptors.NothingToLearn.At(network.Network.Location, network.Network.Subject, Text.Of(network.Layers.Length));
        }
    }

    private static bool IsWidth(int width) => width is > 0 and <= MaximumWidth;
}
