using BackpropGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Parsing.Rules;

/// <summary>Layers and optimizers on a class that is no network: nothing is generated, and the reason is easily overlooked.</summary>
internal static class OrphanRule
{
    /// <summary>At most one warning for a class without [NeuralNetwork], on the first of its attributes.</summary>
    public static IEnumerable<Diagnostic> Check(INamedTypeSymbol type)
    {
        if (type.GetAttributes().FirstOrDefault(KnownAttributes.BelongsToNetwork) is { } first)
        {
            var reader = new AttributeReader(first);
            yield return DiagnosticDescriptors.NetworkAttributeMissing.At(reader.Location, reader.Subject, type.Name);
        }
    }
}
