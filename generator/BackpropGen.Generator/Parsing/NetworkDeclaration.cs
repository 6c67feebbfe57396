using System.Collections.Immutable;
using BackpropGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator.Parsing;

/// <summary>A network as the user wrote it, read but not yet judged: the spec to be, and what diagnostics can point at.</summary>
/// <param name="Type">The class.</param>
/// <param name="Syntax">The declaration of it that carries [NeuralNetwork].</param>
/// <param name="Network">[NeuralNetwork].</param>
/// <param name="Layers">The layers in order; perhaps none.</param>
/// <param name="Optimizers">The optimizer attributes; at most one if all is well.</param>
/// <param name="Budget">[MemoryBudget], or null where there is none.</param>
/// <param name="Spec">What the spec is, if no rule objects.</param>
/// <param name="Facts">The facts of the compilation.</param>
internal sealed record NetworkDeclaration(
    INamedTypeSymbol Type,
    TypeDeclarationSyntax Syntax,
    AttributeReader Network,
    ImmutableArray<LayerDeclaration> Layers,
    ImmutableArray<AttributeReader> Optimizers,
    AttributeReader? Budget,
    NetworkSpec Spec,
    CompilationFacts Facts)
{
    /// <summary>The number of outputs: those of the last layer.</summary>
    public int Outputs => Layers.IsEmpty ? Spec.Inputs : Layers[Layers.Length - 1].Outputs;
}
