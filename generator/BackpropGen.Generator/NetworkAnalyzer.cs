using System.Collections.Immutable;
using BackpropGen.Generator.Diagnostics;
using BackpropGen.Generator.Parsing;
using BackpropGen.Generator.Parsing.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackpropGen.Generator;

/// <summary>Reports what is wrong with a network, while it is typed and in every build.</summary>
/// <remarks>
/// The generator asks the same rules and is silent. It runs before its own files exist, and so do the rules here: they are shown the
/// compilation without these files, where a network has the members that its user wrote and no others.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => DiagnosticDescriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            // Made once, and only for a compilation that has a network.
            var written = new Lazy<Compilation>(() => GeneratedFiles.RemoveFrom(start.Compilation));
            start.RegisterSymbolAction(symbol => Analyze(symbol, written), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, Lazy<Compilation> written)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        ImmutableArray<AttributeData> attributes = type.GetAttributes();
        IEnumerable<Diagnostic> diagnostics = attributes.Any(KnownAttributes.IsNetwork)
            ? Judge(Original(type, written.Value), written.Value, context.CancellationToken)
            : OrphanRule.Check(type, attributes);
        foreach (Diagnostic diagnostic in diagnostics)
        {
            context.ReportDiagnostic(diagnostic);
        }
    }

    private static IEnumerable<Diagnostic> Judge(INamedTypeSymbol type, Compilation written, CancellationToken cancellation)
    {
        if (NetworkParser.Read(type, written) is not { } network)
        {
            return [];
        }

        cancellation.ThrowIfCancellationRequested();
        return NetworkRules.Check(network);
    }

    /// <summary>The class as the user wrote it.</summary>
    private static INamedTypeSymbol Original(INamedTypeSymbol type, Compilation written) =>
        written.Assembly.GetTypeByMetadataName(HostParser.MetadataNameOf(type)) ?? type;
}
