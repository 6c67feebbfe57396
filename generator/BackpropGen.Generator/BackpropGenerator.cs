using BackpropGen.Generator.Emission;
using BackpropGen.Generator.Model;
using BackpropGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator;

/// <summary>Compiles every class with <c>[NeuralNetwork]</c> into its forward pass, backward pass and optimizer step.</summary>
/// <remarks>
/// It says nothing: what is wrong with a declaration is reported by <see cref="NetworkAnalyzer"/>, which asks the same rules, and for a
/// network with an error nothing is generated. So no location ever enters the pipeline, and typing elsewhere recompiles no network.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class BackpropGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // 1. Find the classes with [NeuralNetwork] and parse each. Runs on every edit, since attributes are read through symbols. What comes
        //    out is compared in the next step, because compilers around Roslyn 4.4 do not compare it here (dotnet/roslyn #66324).
        IncrementalValuesProvider<NetworkSpec?> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownAttributes.NeuralNetwork,
                static (node, _) => node is TypeDeclarationSyntax,
                static (network, cancellation) =>
                    NetworkParser.Parse((INamedTypeSymbol)network.TargetSymbol, network.SemanticModel.Compilation, cancellation))
            .WithTrackingName(TrackingNames.Parse);

        // 2. The specs of the valid networks. Compared by value: unless a declaration itself changed, everything below stands still.
        IncrementalValuesProvider<NetworkSpec> specs = parsed
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => spec!)
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
    }
}
