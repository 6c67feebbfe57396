using System.Text.RegularExpressions;

namespace BackpropGen.Generator.Tests.Documentation;

/// <summary>The code that the documentation quotes is the code that the generator writes, today.</summary>
public sealed partial class QuotedCodeTests
{
    private static readonly Lazy<EmittedCode> Emitted = new(() => PageProgram.Of("docs/generated-code.md").Emitted());

    /// <summary>README quotes the network that docs/generated-code.md declares.</summary>
    [Theory]
    [InlineData("README.md", "docs/generated-code.md")]
    [InlineData("docs/generated-code.md", "docs/generated-code.md")]
    [InlineData("docs/tutorial.md", "docs/tutorial.md")]
    public void QuotedCodeIsEmittedVerbatim(string page, string declarations)
    {
        EmittedCode emitted = PageProgram.Of(declarations).Emitted();
        foreach (CodeBlock block in MarkdownFile.Read(page).BlocksOf("csharp emitted"))
        {
            Assert.True(emitted.Contains(block.Lines), $"{page}, line {block.Line}: the generator no longer writes\n{block.Text}");
        }
    }

    /// <summary>Nobody can add an equation, or change one, without the page that explains them.</summary>
    [Theory]
    [InlineData("FourLayer.Forward.g.cs", 3)]
    [InlineData("FourLayer.Backward.g.cs", 11)]
    public void EveryEquationIsDerivedQuotedAndExplained(string file, int count)
    {
        MarkdownFile page = MarkdownFile.Read("docs/generated-code.md");
        IReadOnlyList<string> derivation = Assert.Single(page.BlocksOf("text")).Lines;
        string quoted = string.Join("\n", page.BlocksOf("csharp emitted").Select(block => block.Text));

        Match[] equations = [.. Emitted.Value.Lines(file).Select(line => EquationComment().Match(line)).Where(match => match.Success)
            .DistinctBy(match => match.Value)];
        Assert.Equal(count, equations.Length);
        foreach (Match equation in equations)
        {
            Assert.Contains(equation.Groups["equation"].Value, derivation);
            Assert.Contains(equation.Value.TrimStart(), quoted, StringComparison.Ordinal);
            Assert.Contains($"**{equation.Groups["tag"].Value}**", page.Text, StringComparison.Ordinal);
        }
    }

    /// <summary>The page has no equation of its own either.</summary>
    [Fact]
    public void TheDerivationIsThatOfTheCode()
    {
        IEnumerable<string> emitted = new[] { "FourLayer.Forward.g.cs", "FourLayer.Backward.g.cs" }
            .SelectMany(file => Emitted.Value.Lines(file))
            .Select(line => EquationComment().Match(line).Groups["equation"].Value)
            .Where(equation => equation.Length > 0)
            .Distinct();
        Assert.Equal(emitted, MarkdownFile.Read("docs/generated-code.md").BlocksOf("text").Single().Lines);
    }

    [GeneratedRegex(@"^ *// (?<equation>(?<tag>[FDWB]\d|[HX]) {2,}.*)$")]
    private static partial Regex EquationComment();
}
