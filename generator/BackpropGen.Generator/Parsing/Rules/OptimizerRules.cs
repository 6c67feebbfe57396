using BackpropGen.Generator.Diagnostics;
using BackpropGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Parsing.Rules;

/// <summary>The optimizer: one, with hyper-parameters in range.</summary>
internal static class OptimizerRules
{
    /// <summary>One error per optimizer after the first.</summary>
    public static IEnumerable<Diagnostic> OptimizerIsSingle(NetworkDeclaration network) =>
        network.Optimizers.Skip(1).Select(optimizer => DiagnosticDescriptors.SeveralOptimizers.At(
            optimizer.Location, optimizer.Subject, network.Type.Name, Text.Of(network.Optimizers.Length)));

    /// <summary>The hyper-parameters of every optimizer, and the weight decay that a layer has for itself.</summary>
    public static IEnumerable<Diagnostic> ParametersAreInRange(NetworkDeclaration network)
    {
        var parameters = new List<(AttributeReader Attribute, HyperParameter Parameter)>();
        foreach (LayerDeclaration layer in network.Layers)
        {
            if (layer.Spec is DenseSpec { WeightDecay: { } decay })
            {
                parameters.Add((layer.Attribute, new HyperParameter("WeightDecay", decay, 0, Interval.NonNegative)));
            }
        }

        foreach (AttributeReader optimizer in network.Optimizers)
        {
            OptimizerParser.Parse(optimizer, out IReadOnlyList<HyperParameter> numbers);
            parameters.AddRange(numbers.Select(number => (optimizer, number)));
        }

        return parameters.Where(item => !item.Parameter.Value.IsIn(item.Parameter.Range, network.Spec.Precision)).Select(item =>
            DiagnosticDescriptors.OptimizerParameterOutOfRange.AtValue(
                item.Attribute.LocationOf(item.Parameter.Property),
                Text.Of(item.Parameter.Range.Nearest(item.Parameter.Value, item.Parameter.Default)),
                item.Attribute.Subject,
                item.Parameter.Property,
                item.Parameter.Range.Text,
                Numbers.Given(item.Parameter.Value, item.Parameter.Range, network.Spec.Precision)));
    }

    /// <summary>At most one way of clipping.</summary>
    public static IEnumerable<Diagnostic> ClippingIsSingle(NetworkDeclaration network)
    {
        foreach (AttributeReader attribute in network.Optimizers)
        {
            if (OptimizerParser.Parse(attribute) is { ClipNorm: > 0, ClipValue: > 0 } optimizer)
            {
                yield return DiagnosticDescriptors.ClippingTwice.At(
                    attribute.LocationOf("ClipValue"), attribute.Subject, Text.Of(optimizer.ClipNorm), Text.Of(optimizer.ClipValue));
            }
        }
    }

    /// <summary>A layer's own weight decay has an optimizer to act in.</summary>
    public static IEnumerable<Diagnostic> LayerDecayHasOptimizer(NetworkDeclaration network) =>
        network.Layers
            .Where(layer => network.Optimizers.IsEmpty && layer.Spec is DenseSpec { WeightDecay: not null })
            .Select(layer => DiagnosticDescriptors.LayerDecayIgnored.At(
                layer.Attribute.LocationOf("WeightDecay"), layer.Attribute.Subject, network.Type.Name));

    /// <summary>Nesterov looks ahead along a momentum.</summary>
    public static IEnumerable<Diagnostic> NesterovHasMomentum(NetworkDeclaration network)
    {
        foreach (AttributeReader attribute in network.Optimizers)
        {
            if (OptimizerParser.Parse(attribute) is SgdSpec { Nesterov: true } sgd && (sgd.Momentum == 0 || sgd.Dampening != 0))
            {
                yield return DiagnosticDescriptors.NesterovNeedsMomentum.At(
                    attribute.LocationOf("Nesterov"), attribute.Subject, Text.Of(sgd.Momentum), Text.Of(sgd.Dampening));
            }
        }
    }
}
