using System.Collections.Immutable;
using BackpropGen.Generator.Diagnostics;
using BackpropGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator.CodeFixes;

/// <summary>BPG1006: gathers the layers of all declarations of a class in the one that has [NeuralNetwork].</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveLayersFix))]
public sealed class MoveLayersFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticIds.LayersInSeveralDeclarations);

    /// <inheritdoc/>
    /// <remarks>None: one fix moves all layers of a class, and the order of those moved is for the user to check.</remarks>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        SemanticModel model = (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
        Diagnostic diagnostic = context.Diagnostics[0];
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } part
            && model.GetDeclaredSymbol(part, context.CancellationToken) is { } type)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Move all layers to the declaration with [NeuralNetwork]",
                    cancellation => MoveAsync(context.Document.Project.Solution, type, cancellation),
                    nameof(MoveLayersFix)),
                diagnostic);
        }
    }

    /// <summary>The layers beside [NeuralNetwork] stay first; the others follow in the order in which the compiler finds them.</summary>
    private static async Task<Solution> MoveAsync(Solution solution, INamedTypeSymbol type, CancellationToken cancellation)
    {
        ImmutableArray<AttributeData> attributes = type.GetAttributes();
        var network = (AttributeListSyntax)SyntaxOf(attributes.Single(KnownAttributes.IsNetwork)).Parent!;
        var target = (TypeDeclarationSyntax)network.Parent!;
        ILookup<bool, AttributeSyntax> layers = attributes.Where(KnownAttributes.IsLayer).Select(SyntaxOf).ToLookup(layer => layer.Parent!.Parent == target);
        AttributeSyntax[] moved = layers[false].ToArray();
        AttributeListSyntax last = layers[true].LastOrDefault()?.Parent as AttributeListSyntax ?? network;

        IEnumerable<TypeDeclarationSyntax> parts = moved.Select(layer => (TypeDeclarationSyntax)layer.Parent!.Parent!).Append(target).Distinct();
        foreach (IGrouping<SyntaxTree, TypeDeclarationSyntax> file in parts.GroupBy(part => part.SyntaxTree))
        {
            SyntaxNode root = await file.Key.GetRootAsync(cancellation).ConfigureAwait(false);
            root = root.ReplaceNodes(file, (part, _) =>
                part == target ? AttributeEditing.InsertAfter(part, last, moved) : AttributeEditing.Without(part, moved));
            solution = solution.WithDocumentSyntaxRoot(solution.GetDocumentId(file.Key)!, root);
        }

        return solution;

        AttributeSyntax SyntaxOf(AttributeData data) => (AttributeSyntax)data.ApplicationSyntaxReference!.GetSyntax(cancellation);
    }
}
