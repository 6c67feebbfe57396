using System.Collections.Immutable;
using BackpropGen.Generator.Advice;
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
        if (!type.GetAttributes().Any(KnownAttributes.IsNetwork))
        {
            Report(OrphanRule.Check(type));
        }

        foreach (INamedTypeSymbol network in NetworksIn(type).Select(network => Original(network, written.Value)))
        {
            Report(Judge(network, written.Value, context.CancellationToken).Where(diagnostic =>
                SymbolEqualityComparer.Default.Equals(OwnerOf(diagnostic, network), Original(type, written.Value))));
        }

        void Report(IEnumerable<Diagnostic> diagnostics)
        {
            foreach (Diagnostic diagnostic in diagnostics)
            {
                context.ReportDiagnostic(diagnostic);
            }
        }
    }

    /// <summary>A type and those inside it, as far as they are networks.</summary>
    private static IEnumerable<INamedTypeSymbol> NetworksIn(INamedTypeSymbol type)
    {
        IEnumerable<INamedTypeSymbol> nested = type.GetTypeMembers().SelectMany(NetworksIn);
        return type.GetAttributes().Any(KnownAttributes.IsNetwork) ? nested.Prepend(type) : nested;
    }

    /// <summary>
    /// The type with which a diagnostic is reported: the network, or the type around it that the diagnostic is about. Editors repair nothing
    /// that lies outside the declaration under analysis.
    /// </summary>
    private static INamedTypeSymbol OwnerOf(Diagnostic diagnostic, INamedTypeSymbol network)
    {
        INamedTypeSymbol owner = network;
        while (owner.ContainingType is { } outer && !owner.DeclaringSyntaxReferences.Any(IsThere))
        {
            owner = outer;
        }

        return owner;

        bool IsThere(SyntaxReference part) =>
            part.SyntaxTree == diagnostic.Location.SourceTree && part.Span.Contains(diagnostic.Location.SourceSpan);
    }

    private static IEnumerable<Diagnostic> Judge(INamedTypeSymbol type, Compilation written, CancellationToken cancellation)
    {
        if (NetworkParser.Read(type, written) is not { } network)
        {
            return [];
        }

        cancellation.ThrowIfCancellationRequested();
        ImmutableArray<Diagnostic> objections = NetworkRules.Check(network).ToImmutableArray();
        return objections.Any(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error)
            ? objections
            : objections.Concat(AdviceRules.Check(network));
    }

    /// <summary>The class as the user wrote it.</summary>
    private static INamedTypeSymbol Original(INamedTypeSymbol type, Compilation written) =>
        written.Assembly.GetTypeByMetadataName(HostParser.MetadataNameOf(type)) ?? type;
}
