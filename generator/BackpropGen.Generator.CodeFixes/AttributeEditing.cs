using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator.CodeFixes;

/// <summary>Takes attributes out of a declaration and puts others in, and leaves the lines around them as they are.</summary>
internal static class AttributeEditing
{
    /// <summary>The declaration without some of its attributes, and without the brackets that would be left empty.</summary>
    public static TypeDeclarationSyntax Without(TypeDeclarationSyntax declaration, IReadOnlyCollection<AttributeSyntax> attributes)
    {
        // Comments before brackets that go speak of what comes after them as well, and stay.
        var comments = new List<SyntaxTrivia>();
        var kept = new List<AttributeListSyntax>();
        foreach (AttributeListSyntax list in declaration.AttributeLists)
        {
            AttributeSyntax[] removed = list.Attributes.Where(attributes.Contains).ToArray();
            if (removed.Length == list.Attributes.Count)
            {
                comments.AddRange(CommentsBefore(list));
                continue;
            }

            AttributeListSyntax rest = removed.Length == 0 ? list : list.RemoveNodes(removed, SyntaxRemoveOptions.KeepNoTrivia)!;
            kept.Add(rest.WithLeadingTrivia(comments.Concat(rest.GetLeadingTrivia())));
            comments.Clear();
        }

        TypeDeclarationSyntax result = declaration.WithAttributeLists(default);
        result = result.WithLeadingTrivia(comments.Concat(result.GetLeadingTrivia()));
        result = result.WithAttributeLists(SyntaxFactory.List(kept));

        // What stands before a declaration stands before its first brackets: documentation, a blank line.
        bool isFirstGone = !kept.Any() || declaration.AttributeLists[0].Attributes.All(attributes.Contains);
        return isFirstGone ? result.WithLeadingTrivia(declaration.GetLeadingTrivia()) : result;
    }

    /// <summary>The declaration with further attributes, each in brackets of its own, after one of those that it has.</summary>
    public static TypeDeclarationSyntax InsertAfter(
        TypeDeclarationSyntax declaration, AttributeListSyntax neighbour, IEnumerable<AttributeSyntax> attributes)
    {
        int index = declaration.AttributeLists.IndexOf(neighbour) + 1;
        return declaration.WithAttributeLists(declaration.AttributeLists.InsertRange(index, attributes.Select(attribute => ListLike(neighbour, attribute))));
    }

    /// <summary>
    /// An attribute in brackets: with the indentation of others, and on a line of its own if they have one. Nothing of it is elastic, or the
    /// formatter would close it up to what stands before it.
    /// </summary>
    private static AttributeListSyntax ListLike(AttributeListSyntax neighbour, AttributeSyntax attribute)
    {
        IEnumerable<SyntaxTrivia> indentation = neighbour.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        SyntaxTrivia end = neighbour.GetTrailingTrivia().LastOrDefault();
        return SyntaxFactory.AttributeList(
            SyntaxFactory.Token(SyntaxFactory.TriviaList(indentation), SyntaxKind.OpenBracketToken, default),
            target: null,
            SyntaxFactory.SingletonSeparatedList(attribute.WithoutTrivia()),
            SyntaxFactory.Token(default, SyntaxKind.CloseBracketToken, SyntaxFactory.TriviaList(IsBlank(end) ? end : SyntaxFactory.Space)));
    }

    private static IEnumerable<SyntaxTrivia> CommentsBefore(AttributeListSyntax list)
    {
        SyntaxTriviaList trivia = list.GetLeadingTrivia();
        bool isFirst = ((TypeDeclarationSyntax)list.Parent!).AttributeLists[0] == list;
        return isFirst || trivia.All(IsBlank) ? [] : trivia.Reverse().SkipWhile(last => last.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse();
    }

    private static bool IsBlank(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia);
}
