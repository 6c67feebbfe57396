using System.Collections.Immutable;
using BackpropGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator.CodeFixes;

/// <summary>Puts the nearest valid value, which the diagnostic knows, in place of an invalid one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NearestValueFix))]
public sealed class NearestValueFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        DiagnosticIds.InputsOutOfRange,
        DiagnosticIds.UnitsOutOfRange,
        DiagnosticIds.ParallelismOutOfRange,
        DiagnosticIds.MemoryBudgetExceeded,
        DiagnosticIds.LabelSmoothingOutOfRange,
        DiagnosticIds.LossParameterOutOfRange,
        DiagnosticIds.ActivationParameterOutOfRange,
        DiagnosticIds.OptimizerParameterOutOfRange);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        Diagnostic diagnostic = context.Diagnostics[0];
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.NearestValue, out string? nearest)
            || root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { } argument)
        {
            return;
        }

        ExpressionSyntax value = SyntaxFactory.ParseExpression(nearest!).WithTriviaFrom(argument.Expression);
        string title = argument.NameEquals is { } name ? $"Set '{name.Name}' to {nearest}" : $"Change '{argument.Expression}' to {nearest}";
        context.RegisterCodeFix(
            CodeAction.Create(
                title,
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(argument.Expression, value))),
                nameof(NearestValueFix)),
            diagnostic);
    }
}
