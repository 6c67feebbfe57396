using System.Text.RegularExpressions;

namespace BackpropGen.Generator.Tests.Documentation;

/// <summary>What the documentation points at exists.</summary>
public sealed partial class ReferenceTests
{
    /// <summary>The pages by their path from the root of the repository; those of the diagnostics have tests of their own.</summary>
    public static TheoryData<string> Pages { get; } = new(
        Directory.EnumerateFiles(MarkdownFile.RepositoryRoot, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(MarkdownFile.RepositoryRoot, "docs"), "*.md"))
            .Select(path => Path.GetRelativePath(MarkdownFile.RepositoryRoot, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Pages))]
    public void LinksLeadSomewhere(string page)
    {
        MarkdownFile file = MarkdownFile.Read(page);
        foreach (Match link in Link().Matches(file.Text))
        {
            string target = Path.Combine(Path.GetDirectoryName(file.Path)!, link.Groups["path"].Value);
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{page} links to {link.Groups["path"].Value}, which does not exist.");
        }
    }

    /// <summary>Recipes name files, in backticks and from the root of the repository, so that they can be followed.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void NamedFilesExist(string page)
    {
        foreach (Match name in FileName().Matches(MarkdownFile.Read(page).Text))
        {
            string path = Path.Combine(MarkdownFile.RepositoryRoot, name.Groups["path"].Value);
            Assert.True(File.Exists(path) || Directory.Exists(path), $"{page} names {name.Groups["path"].Value}, which does not exist.");
        }
    }

    [GeneratedRegex(@"\]\((?!\w+:)(?<path>[^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<path>(?:src|generator|tests|samples|docs|benchmarks|\.ci)/[\w./-]*)`")]
    private static partial Regex FileName();
}
