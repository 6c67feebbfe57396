using System.Collections.Immutable;
using BackpropGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator.CodeFixes;

/// <summary>BPG0002 and BPG0003: makes a network partial and all that it stands in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix))]
public sealed class MakePartialFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(DiagnosticIds.ClassNotPartial, DiagnosticIds.ContainingTypeNotPartial);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        Diagnostic diagnostic = context.Diagnostics[0];
        if (root.FindToken(diagnostic.Location.SourceSpan.Start).Parent is not TypeDeclarationSyntax type)
        {
            return;
        }

        // A containing type has a diagnostic of its own, and so have those around it.
        IEnumerable<TypeDeclarationSyntax> types = diagnostic.Id == DiagnosticIds.ClassNotPartial
            ? type.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Where(IsNotPartial)
            : new[] { type };
        context.RegisterCodeFix(
            CodeAction.Create(
                $"Make '{type.Identifier.ValueText}' partial",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNodes(types, (_, part) => MakePartial(part)))),
                diagnostic.Id),
            diagnostic);
    }

    private static bool IsNotPartial(TypeDeclarationSyntax type) => !type.Modifiers.Any(SyntaxKind.PartialKeyword);

    /// <summary>"partial" is the last modifier; where it is the only one, what stood before the keyword stands before it.</summary>
    private static TypeDeclarationSyntax MakePartial(TypeDeclarationSyntax type)
    {
        SyntaxToken partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        SyntaxToken keyword = type.Keyword;
        return type.Modifiers.Any()
            ? type.WithModifiers(type.Modifiers.Add(partial))
            : type.WithKeyword(keyword.WithLeadingTrivia()).WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(keyword.LeadingTrivia)));
    }
}
