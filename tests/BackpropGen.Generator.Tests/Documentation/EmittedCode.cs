using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Generator.Tests.Documentation;

/// <summary>What the generator writes for the networks that docs/generated-code.md declares.</summary>
internal sealed class EmittedCode
{
    private readonly Dictionary<string, string[]> _files;

    private EmittedCode(Dictionary<string, string[]> files) => _files = files;

    /// <summary>Generates the code; there is nothing to object to.</summary>
    public static EmittedCode OfTheDocumentation()
    {
        IEnumerable<string> declarations = MarkdownFile.Read("docs/generated-code.md").BlocksOf("csharp").Select(block => block.Text);
        GeneratorDriver driver = GeneratorTest.CreateDriver(LanguageVersion.CSharp12)
            .RunGeneratorsAndUpdateCompilation(GeneratorTest.Compile(declarations, LanguageVersion.CSharp12), out Compilation output, out _);
        Assert.DoesNotContain(output.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return new EmittedCode(GeneratorTest.ResultOf(driver).GeneratedSources
            .ToDictionary(source => source.HintName, source => source.SourceText.ToString().Split('\n')));
    }

    /// <summary>The lines of a file.</summary>
    public IReadOnlyList<string> Lines(string hintName) => _files[hintName];

    /// <summary>Whether the lines stand one after another in one of the files, all shifted by the same indentation.</summary>
    public bool Contains(IReadOnlyList<string> quote) =>
        _files.Values.Any(file => Enumerable.Range(0, Math.Max(0, file.Length - quote.Count + 1)).Any(start => StandsAt(file, start, quote)));

    private static bool StandsAt(string[] file, int start, IReadOnlyList<string> quote)
    {
        string first = file[start];
        if (!first.EndsWith(quote[0], StringComparison.Ordinal) || first.AsSpan(0, first.Length - quote[0].Length).ContainsAnyExcept(' '))
        {
            return false;
        }

        string indentation = first[..(first.Length - quote[0].Length)];
        return !quote.Where((line, i) => file[start + i] != (line.Length == 0 ? string.Empty : indentation + line)).Any();
    }
}
