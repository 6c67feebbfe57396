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

    public static IEnumerable<Diagnostic> ParametersAreInRange(NetworkDeclaration network)
    {
        foreach (AttributeReader attribute in network.Optimizers)
        {
            foreach ((string property, double value, Interval range) in Parameters(OptimizerParser.Parse(attribute)))
            {
                if (!value.IsIn(range, network.Spec.Precision))
                {
                    yield return DiagnosticDescriptors.OptimizerParameterOutOfRange.At(
                        attribute.LocationOf(property),
                        attribute.Subject,
                        property,
                        range.Text,
                        Numbers.Given(value, range, network.Spec.Precision));
                }
            }
        }
    }

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

    private static IEnumerable<(string Property, double Value, Interval Range)> Parameters(OptimizerSpec optimizer)
    {
        yield return ("LearningRate", optimizer.LearningRate, Interval.Positive);
        yield return ("WeightDecay", optimizer.WeightDecay, Interval.NonNegative);
        switch (optimizer)
        {
            case SgdSpec sgd:
                yield return ("Momentum", sgd.Momentum, Interval.FromZeroBelowOne);
                yield return ("Dampening", sgd.Dampening, Interval.FromZeroToOne);
                break;
            case AdamSpec adam:
                yield return ("Beta1", adam.Beta1, Interval.FromZeroBelowOne);
                yield return ("Beta2", adam.Beta2, Interval.FromZeroBelowOne);
                yield return ("Epsilon", adam.Epsilon, Interval.Positive);
                break;
        }
    }
}
