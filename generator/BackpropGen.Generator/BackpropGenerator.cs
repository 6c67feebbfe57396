using BackpropGen.Generator.Emission;
using BackpropGen.Generator.Model;
using BackpropGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

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
        // 1. Find the classes with [NeuralNetwork] and parse each. Asked after every edit; what was parsed before is remembered as long as
        //    nothing that the class can see has changed.
        IncrementalValuesProvider<NetworkSpec?> parsed = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => NetworkFinder.IsCandidate(node), NetworkFinder.Find)
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
