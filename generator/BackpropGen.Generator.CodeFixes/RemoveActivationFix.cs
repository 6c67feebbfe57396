using System.Collections.Immutable;
using BackpropGen.Generator.Diagnostics;
using BackpropGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator.CodeFixes;

/// <summary>BPG4001, BPG4002 and BPG4021: takes away the activation before a loss, or a softmax, that wants plain logits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveActivationFix))]
public sealed class RemoveActivationFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(DiagnosticIds.SoftmaxTwice, DiagnosticIds.SigmoidTwice, DiagnosticIds.LogitsCutAtZero);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        Diagnostic diagnostic = context.Diagnostics[0];
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { } argument)
        {
            return;
        }

        context.RegisterCodeFix(
            CodeAction.Create(
                $"Remove '{argument.Expression}'",
                cancellation => RemoveAsync(context.Document, root, argument, cancellation),
                nameof(RemoveActivationFix)),
            diagnostic);
    }

    /// <summary>An activation that is a layer goes as a whole, that of a dense layer leaves the layer.</summary>
    private static async Task<Document> RemoveAsync(
        Document document, SyntaxNode root, AttributeArgumentSyntax argument, CancellationToken cancellation)
    {
        var attribute = (AttributeSyntax)argument.Parent!.Parent!;
        SemanticModel model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        bool isLayer = model.GetTypeInfo(attribute, cancellation).Type?.ToDisplayString() == KnownAttributes.Activation;
        if (!isLayer)
        {
            return document.WithSyntaxRoot(root.RemoveNode(argument, SyntaxRemoveOptions.KeepNoTrivia)!);
        }

        var declaration = (TypeDeclarationSyntax)attribute.Parent!.Parent!;
        return document.WithSyntaxRoot(root.ReplaceNode(declaration, AttributeEditing.Without(declaration, [attribute])));
    }
}
