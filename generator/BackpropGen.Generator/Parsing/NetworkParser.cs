using System.Collections.Immutable;
using BackpropGen.Generator.Model;
using BackpropGen.Generator.Parsing.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator.Parsing;

/// <summary>From a class with [NeuralNetwork] to a spec, or to the reasons why there is none.</summary>
internal static class NetworkParser
{
    /// <summary>Reads the declaration, then asks every rule.</summary>
    public static ParseResult Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        if (Read((INamedTypeSymbol)context.TargetSymbol, (TypeDeclarationSyntax)context.TargetNode, context.SemanticModel.Compilation) is not { } network)
        {
            return ParseResult.Nothing;
        }

        cancellation.ThrowIfCancellationRequested();
        ImmutableArray<Diagnostic> diagnostics = NetworkRules.Check(network);
        bool isValid = diagnostics.All(diagnostic => diagnostic.DefaultSeverity != DiagnosticSeverity.Error);
        return new ParseResult(isValid ? network.Spec : null, diagnostics);
    }

    /// <summary>Reads a declaration without judging it.</summary>
    /// <returns>Null where the C# compiler reports an attribute itself: one it cannot read, or a second [NeuralNetwork].</returns>
    public static NetworkDeclaration? Read(INamedTypeSymbol type, TypeDeclarationSyntax syntax, Compilation compilation)
    {
        AttributeReader[] attributes = type.GetAttributes().Select(data => new AttributeReader(data)).ToArray();
        AttributeReader[] networks = attributes.Where(attribute => attribute.MetadataName == KnownAttributes.NeuralNetwork).ToArray();
        AttributeReader[] layers = attributes.Where(attribute => KnownAttributes.Layers.Contains(attribute.MetadataName)).ToArray();
        AttributeReader[] optimizers = attributes.Where(attribute => KnownAttributes.Optimizers.Contains(attribute.MetadataName)).ToArray();
        if (networks.Length != 1 || !networks.Concat(layers).Concat(optimizers).All(attribute => attribute.IsWellFormed))
        {
            return null;
        }

        AttributeReader network = networks[0];
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
            network.Int32("Parallelism", 1));
        return new NetworkDeclaration(type, syntax, network, parsed, optimizers.ToImmutableArray(), spec, CompilationFacts.Of(syntax.SyntaxTree));
    }
}
