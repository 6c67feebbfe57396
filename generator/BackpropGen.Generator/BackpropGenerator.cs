using System.Collections.Immutable;
using BackpropGen.Generator.Emission;
using BackpropGen.Generator.Model;
using BackpropGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator;

/// <summary>Compiles every class with <c>[NeuralNetwork]</c> into its forward pass, backward pass and optimizer step.</summary>
/// <remarks>
/// Two pipelines leave the parser. The sources depend on the value-equatable spec alone, so typing elsewhere recompiles no network. The
/// diagnostics carry real locations, which change with every edit above them: that pipeline runs often, and is cheap. A location rebuilt
/// from a file path and a span would be equatable, but the compiler does not honour <c>#pragma warning disable</c> for it.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class BackpropGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // 1. Find the classes with [NeuralNetwork] and parse each. Runs on every edit, since attributes are read through symbols, and
        //    nothing is compared: the next steps take apart what compares by value and what does not.
        IncrementalValuesProvider<ParseResult> results = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownAttributes.NeuralNetwork,
                static (node, _) => node is TypeDeclarationSyntax,
                static (network, cancellation) => NetworkParser.Parse(network, cancellation))
            .WithTrackingName(TrackingNames.Parse);

        // 2. The specs of the valid networks. Compared by value: unless a declaration itself changed, everything below stands still.
        IncrementalValuesProvider<NetworkSpec> specs = results
            .Where(static result => result.Spec is not null)
            .Select(static (result, _) => result.Spec!)
            .WithTrackingName(TrackingNames.Spec);

        // 3. Compile, one output per network, so that a change to one leaves the files of the others alone.
        context.RegisterSourceOutput(specs, static (output, spec) =>
        {
            foreach (GeneratedFile file in Compiler.Compile(spec))
            {
                output.CancellationToken.ThrowIfCancellationRequested();
                output.AddSource(file.HintName, file.Source);
            }
        });

        // 4. The diagnostics of all networks. Not cached: see the remarks.
        IncrementalValuesProvider<ImmutableArray<Diagnostic>> diagnostics = results
            .Select(static (result, _) => result.Diagnostics)
            .WithTrackingName(TrackingNames.Diagnostics);
        context.RegisterSourceOutput(diagnostics, Report);

        // 5. Layers and optimizers on classes that are no networks: nothing would be generated, and the reason is easily overlooked.
        foreach (string attribute in KnownAttributes.LayersAndOptimizers)
        {
            IncrementalValuesProvider<ImmutableArray<Diagnostic>> orphans = context.SyntaxProvider
                .ForAttributeWithMetadataName(
                    attribute,
                    static (node, _) => node is TypeDeclarationSyntax,
                    static (part, _) => OrphanFinder.Find(part))
                .WithTrackingName(TrackingNames.Orphans);
            context.RegisterSourceOutput(orphans, Report);
        }
    }

    private static void Report(SourceProductionContext output, ImmutableArray<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics)
        {
            output.ReportDiagnostic(diagnostic);
        }
    }
}
