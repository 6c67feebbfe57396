using System.Globalization;
using System.Text.RegularExpressions;

namespace BackpropGen.Generator.Tests.Documentation;

/// <summary>The C# of the documentation compiles, and the tutorial prints what it says.</summary>
public sealed partial class PageProgramTests
{
    /// <summary>The pages with C# of the user's, by their path from the root; those of the diagnostics have tests of their own.</summary>
    public static TheoryData<string> Pages { get; } = new(
        Directory.EnumerateFiles(MarkdownFile.RepositoryRoot, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(MarkdownFile.RepositoryRoot, "docs"), "*.md"))
            .Select(path => Path.GetRelativePath(MarkdownFile.RepositoryRoot, path).Replace('\\', '/'))
            .Where(page => MarkdownFile.Read(page).Blocks.Any(block => block.Kind == "csharp"))
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Pages))]
    public void ThePageIsAProgram(string page) => Assert.Empty(PageProgram.Of(page).Problems());

    /// <summary>Numbers may differ by one in their last digit, which roundings of another processor may turn; nothing else may.</summary>
    [Fact]
    public void TheTutorialPrintsWhatItSays()
    {
        string[] expected = [.. MarkdownFile.Read("docs/tutorial.md").BlocksOf("text").SelectMany(block => block.Lines)];
        string[] printed = PageProgram.Of("docs/tutorial.md").Run();
        Assert.Equal(expected.Select(line => Number().Replace(line, "#")), printed.Select(line => Number().Replace(line, "#")));
        Assert.All(expected.SelectMany(Numbers).Zip(printed.SelectMany(Numbers)), pair =>
            Assert.Equal(pair.First.Value, pair.Second.Value, 1.01 * Math.Pow(10, -pair.First.Decimals)));
    }

    private static IEnumerable<(double Value, int Decimals)> Numbers(string line) => Number().Matches(line).Select(match =>
        (double.Parse(match.Value, CultureInfo.InvariantCulture), match.Value.Length - match.Value.IndexOf('.', StringComparison.Ordinal) - 1));

    [GeneratedRegex(@" *-?\d+\.\d+")]
    private static partial Regex Number();
}
