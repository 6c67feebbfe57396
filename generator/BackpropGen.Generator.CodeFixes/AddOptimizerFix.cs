using System.Collections.Immutable;
using BackpropGen.Generator.Diagnostics;
using BackpropGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator.CodeFixes;

/// <summary>
/// Gives a network an optimizer where one is missed: where a member is used that only networks with an optimizer have, which the C# compiler
/// calls CS1061, and where a layer has a weight decay that nothing applies (BPG4018).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddOptimizerFix))]
public sealed class AddOptimizerFix : CodeFixProvider
{
    /// <summary>"'Net' does not contain a definition for 'TrainStep'".</summary>
    private const string MemberMissing = "CS1061";

    /// <summary>What learns well with its defaults.</summary>
    private const string Optimizer = "Adam";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(MemberMissing, DiagnosticIds.LayerDecayIgnored);

    /// <inheritdoc/>
    /// <remarks>None: all uses of one network have the same repair.</remarks>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        SemanticModel model = (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
        Diagnostic diagnostic = context.Diagnostics[0];
        SyntaxNode node = root.FindNode(diagnostic.Location.SourceSpan);
        INamedTypeSymbol? type = diagnostic.Id == MemberMissing ? Receiver(node, model, context.CancellationToken) : Declared(node, model, context.CancellationToken);
        if (type is null || type.GetAttributes().Any(KnownAttributes.IsOptimizer))
        {
            return;
        }

        AttributeData? network = type.GetAttributes().FirstOrDefault(KnownAttributes.IsNetwork);
        if (network?.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is AttributeSyntax attribute)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Add [{Optimizer}] to '{type.Name}'",
                    cancellation => AddAsync(context.Document.Project.Solution, attribute, cancellation),
                    nameof(AddOptimizerFix)),
                diagnostic);
        }
    }

    /// <summary>The type on which a member of optimizers was asked for.</summary>
    private static INamedTypeSymbol? Receiver(SyntaxNode node, SemanticModel model, CancellationToken cancellation) =>
        node.FirstAncestorOrSelf<MemberAccessExpressionSyntax>() is { } access && OptimizerMembers.Names.Contains(access.Name.Identifier.ValueText)
            ? model.GetTypeInfo(access.Expression, cancellation).Type as INamedTypeSymbol
            : null;

    private static INamedTypeSymbol? Declared(SyntaxNode node, SemanticModel model, CancellationToken cancellation) =>
        node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration ? model.GetDeclaredSymbol(declaration, cancellation) : null;

    /// <summary>The optimizer comes last, and is named as [NeuralNetwork] is: with its namespace or without.</summary>
    private static async Task<Solution> AddAsync(Solution solution, AttributeSyntax network, CancellationToken cancellation)
    {
        IdentifierNameSyntax simple = SyntaxFactory.IdentifierName(Optimizer);
        NameSyntax name = network.Name switch
        {
            QualifiedNameSyntax qualified => qualified.WithRight(simple),
            AliasQualifiedNameSyntax alias => alias.WithName(simple),
            _ => simple,
        };
        var declaration = (TypeDeclarationSyntax)network.Parent!.Parent!;
        TypeDeclarationSyntax changed = AttributeEditing.InsertAfter(declaration, declaration.AttributeLists.Last(), [SyntaxFactory.Attribute(name)]);
        SyntaxNode root = await network.SyntaxTree.GetRootAsync(cancellation).ConfigureAwait(false);
        return solution.WithDocumentSyntaxRoot(solution.GetDocumentId(network.SyntaxTree)!, root.ReplaceNode(declaration, changed));
    }
}
