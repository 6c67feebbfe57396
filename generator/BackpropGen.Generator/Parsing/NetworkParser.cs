using System.Collections.Immutable;
using BackpropGen.Generator.Model;
using BackpropGen.Generator.Parsing.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator.Parsing;

/// <summary>From a class with [NeuralNetwork] to a spec.</summary>
internal static class NetworkParser
{
    /// <summary>Reads the declaration, then asks every rule.</summary>
    /// <returns>
    /// Null where a rule finds an error, or the C# compiler has its own complaint; and where the one [NeuralNetwork] stands on another part of
    /// the class.
    /// </returns>
    public static NetworkSpec? Parse(INamedTypeSymbol type, TypeDeclarationSyntax declaration, Compilation compilation, CancellationToken cancellation)
    {
        if (Read(type, compilation) is not { } network || !network.Network.StandsOn(declaration))
        {
            return null;
        }

        cancellation.ThrowIfCancellationRequested();
        return NetworkRules.Check(network).All(diagnostic => diagnostic.DefaultSeverity != DiagnosticSeverity.Error) ? network.Spec : null;
    }

    /// <summary>Reads a declaration without judging it.</summary>
    /// <returns>Null where the C# compiler reports an attribute itself: one it cannot read, or a second [NeuralNetwork].</returns>
    public static NetworkDeclaration? Read(INamedTypeSymbol type, Compilation compilation)
    {
        AttributeReader[] attributes = type.GetAttributes().Select(data => new AttributeReader(data)).ToArray();
        AttributeReader[] networks = attributes.Where(attribute => attribute.MetadataName == KnownAttributes.NeuralNetwork).ToArray();
        AttributeReader[] layers = attributes.Where(attribute => KnownAttributes.Layers.Contains(attribute.MetadataName)).ToArray();
        AttributeReader[] optimizers = attributes.Where(attribute => KnownAttributes.Optimizers.Contains(attribute.MetadataName)).ToArray();
        AttributeReader[] budgets = attributes.Where(attribute => attribute.MetadataName == KnownAttributes.MemoryBudget).ToArray();
        if (networks.Length != 1
            || networks[0].Declaration is not TypeDeclarationSyntax syntax
            || !networks.Concat(layers).Concat(optimizers).All(attribute => attribute.IsWellFormed))
        {
            return null;
        }

        AttributeReader network = networks[0];
        CompilationFacts facts = CompilationFacts.Of(syntax.SyntaxTree, compilation);
        int inputs = network.Int32("Inputs");
        ImmutableArray<LayerDeclaration> parsed = LayerParser.Parse(layers, inputs);
        var spec = new NetworkSpec(
            HostParser.Parse(type, compilation),
            inputs,
            new EquatableArray<LayerSpec>(parsed.Select(layer => layer.Spec)),
            LossParser.Parse(network),
            optimizers.Length == 0 ? null : OptimizerParser.Parse(optimizers[0]),
            network.Enum("Precision", Precision.Single),
            network.Boolean("InputGradients", true),
            network.Boolean("KeepIntermediates"),
            network.Int32("Parallelism", 1),
            facts.Dialect);
        return new NetworkDeclaration(
            type, syntax, network, parsed, optimizers.ToImmutableArray(), budgets.FirstOrDefault(budget => budget.IsWellFormed), spec, facts);
    }
}
