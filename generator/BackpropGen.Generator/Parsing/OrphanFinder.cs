using System.Collections.Immutable;
using BackpropGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Parsing;

/// <summary>Finds layers and optimizers on classes without [NeuralNetwork].</summary>
internal static class OrphanFinder
{
    /// <summary>The warning for a class, only for the first of its attributes so that there is one per class.</summary>
    public static ImmutableArray<Diagnostic> Find(GeneratorAttributeSyntaxContext context)
    {
        ImmutableArray<AttributeData> attributes = context.TargetSymbol.GetAttributes();
        if (attributes.Any(data => AttributeReader.MetadataNameOf(data) == KnownAttributes.NeuralNetwork))
        {
            return ImmutableArray<Diagnostic>.Empty;
        }

        AttributeData first = attributes.First(data => KnownAttributes.LayersAndOptimizers.Contains(AttributeReader.MetadataNameOf(data)));
        if (!context.Attributes.Contains(first))
        {
            return ImmutableArray<Diagnostic>.Empty;
        }

        var reader = new AttributeReader(first);
        return ImmutableArray.Create(
            DiagnosticDescriptors.NetworkAttributeMissing.At(reader.Location, reader.Subject, context.TargetSymbol.Name));
    }
}
