using System.Collections.Immutable;
using BackpropGen.Generator.Model;
using BackpropGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.Generator.Tests;

/// <summary>The harness: compiles sources as a user's project would, runs the generator, and asks what came of it.</summary>
internal static class GeneratorTest
{
    /// <summary>What stands before every source.</summary>
    public const string Usings = "global using BackpropGen;\n";

    /// <summary>What a project of today refers to, and the library.</summary>
    public static readonly ImmutableArray<MetadataReference> References =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var file
                && (file.StartsWith("System.", StringComparison.Ordinal) || file is "mscorlib.dll" or "netstandard.dll"))
            .Append(Path.Combine(AppContext.BaseDirectory, "BackpropGen.dll"))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToImmutableArray();

    /// <summary>A compilation of the sources, each with <c>using BackpropGen;</c> before it.</summary>
    public static CSharpCompilation Compile(IEnumerable<string> sources, LanguageVersion language = LanguageVersion.CSharp11)
    {
        var options = new CSharpParseOptions(language);
        string usings = language < LanguageVersion.CSharp10 ? Usings.Replace("global ", "       ", StringComparison.Ordinal) : Usings;
        return CSharpCompilation.Create(
            "Tests",
            sources.Select((source, i) => CSharpSyntaxTree.ParseText(SourceText.From(usings + source), options, $"Source{i}.cs")),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>A driver of the generator that keeps the steps of each run.</summary>
    public static GeneratorDriver CreateDriver(LanguageVersion language = LanguageVersion.CSharp11) =>
        CSharpGeneratorDriver.Create(
            [new BackpropGenerator().AsSourceGenerator()],
            parseOptions: new CSharpParseOptions(language),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Runs the generator. An exception inside it fails the test.</summary>
    public static GeneratorRunResult Run(string source, LanguageVersion language = LanguageVersion.CSharp11) =>
        ResultOf(CreateDriver(language).RunGenerators(Compile([source], language)));

    /// <summary>The only result of a driver. An exception inside the generator fails the test.</summary>
    public static GeneratorRunResult ResultOf(GeneratorDriver driver)
    {
        GeneratorRunResult result = Assert.Single(driver.GetRunResult().Results);
        Assert.Null(result.Exception);
        return result;
    }

    /// <summary>The specs of the valid networks in a source, in order.</summary>
    public static ImmutableArray<NetworkSpec> Specs(string source, LanguageVersion language = LanguageVersion.CSharp11) =>
        OutputsOf(Run(source, language), TrackingNames.Spec).Select(output => (NetworkSpec)output.Value).ToImmutableArray();

    /// <summary>The spec of the one network in a source, about which there is nothing to say.</summary>
    public static NetworkSpec Spec(string source, LanguageVersion language = LanguageVersion.CSharp11)
    {
        // The rules see no generated code, so none is needed, and without it this takes a fraction of the time.
        Assert.Empty(Analyze(Compile([source], language)));
        return Assert.Single(Specs(source, language));
    }

    /// <summary>The diagnostics of a source, in the order of the text, as a build would show them.</summary>
    public static ImmutableArray<Found> Diagnostics(string source, LanguageVersion language = LanguageVersion.CSharp11) =>
        Diagnostics([source], language);

    /// <summary>The diagnostics of several sources, by the analyzer, which sees what the generator has added; the generator has none.</summary>
    public static ImmutableArray<Found> Diagnostics(IEnumerable<string> sources, LanguageVersion language = LanguageVersion.CSharp11)
    {
        CreateDriver(language).RunGeneratorsAndUpdateCompilation(Compile(sources, language), out Compilation output, out ImmutableArray<Diagnostic> own);
        Assert.Empty(own);
        return Analyze(output);
    }

    private static ImmutableArray<Found> Analyze(Compilation compilation) =>
        compilation.WithAnalyzers([new NetworkAnalyzer()]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
            .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan)
            .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)
            .Select(Found.From)
            .ToImmutableArray();

    /// <summary>Asserts that a source gives exactly one diagnostic, on the text between <c>[|</c> and <c>|]</c>.</summary>
    public static async Task Expect(
        string id, string message, string marked, LanguageVersion language = LanguageVersion.CSharp11, DiagnosticSeverity severity = DiagnosticSeverity.Error)
    {
        var test = new NetworkAnalyzerTest(language)
        {
            TestCode = marked.Replace("[|", "{|#0:", StringComparison.Ordinal).Replace("|]", "|}", StringComparison.Ordinal),
            ExpectedDiagnostics = { new DiagnosticResult(id, severity).WithLocation(0).WithMessage(message) },
        };
        await test.RunAsync();

        // An error leaves no source behind, advice takes none away.
        string source = marked.Replace("[|", string.Empty, StringComparison.Ordinal).Replace("|]", string.Empty, StringComparison.Ordinal);
        Assert.Equal(severity == DiagnosticSeverity.Error, Run(source, language).GeneratedSources.IsEmpty);
    }

    /// <summary>
    /// The reasons of a step's outputs after an edit: the driver first sees <paramref name="before"/>, then <paramref name="after"/>.
    /// </summary>
    public static IReadOnlyList<IncrementalStepRunReason> Steps(string step, string[] before, string[] after) =>
        OutputsOf(RunTwice(before, after), step).Select(output => output.Reason).ToArray();

    /// <summary>The reasons of the emitted sources after an edit.</summary>
    public static IReadOnlyList<IncrementalStepRunReason> SourceReasons(string[] before, string[] after) =>
        RunTwice(before, after).TrackedOutputSteps
            .SelectMany(entry => entry.Value)
            .Where(step => step.Inputs.Any(input => input.Source.Name == TrackingNames.Spec))
            .SelectMany(step => step.Outputs)
            .Select(output => output.Reason)
            .ToArray();

    /// <summary>The result of the second of two runs of one driver. Trees that are the same text stay the same tree, as in an editor.</summary>
    public static GeneratorRunResult RunTwice(string[] before, string[] after)
    {
        CSharpCompilation first = Compile(before);
        GeneratorDriver driver = CreateDriver().RunGenerators(first);
        _ = ResultOf(driver);
        return ResultOf(driver.RunGenerators(Edit(first, before, after)));
    }

    /// <summary>Asserts that the user's source and what is generated for it compile without as much as a warning.</summary>
    public static void CompilesWithoutWarnings(string source, LanguageVersion language = LanguageVersion.CSharp11) =>
        AssertCompiles(source, DiagnosticSeverity.Warning, language);

    /// <summary>Asserts that the user's source and what is generated for it compile, perhaps with warnings.</summary>
    public static void CompilesWithoutErrors(string source, LanguageVersion language = LanguageVersion.CSharp11) =>
        AssertCompiles(source, DiagnosticSeverity.Error, language);

    private static void AssertCompiles(string source, DiagnosticSeverity unwanted, LanguageVersion language)
    {
        CreateDriver(language).RunGeneratorsAndUpdateCompilation(Compile([source], language), out Compilation output, out ImmutableArray<Diagnostic> own);
        Assert.Empty(own);
        string[] words = [.. output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= unwanted).Select(diagnostic => diagnostic.ToString())];
        Assert.True(words.Length == 0, string.Join('\n', words));
    }

    /// <summary>The outputs of a named step; none if it did not run.</summary>
    public static IEnumerable<(object Value, IncrementalStepRunReason Reason)> OutputsOf(GeneratorRunResult result, string step) =>
        result.TrackedSteps.TryGetValue(step, out ImmutableArray<IncrementalGeneratorRunStep> runs)
            ? runs.SelectMany(run => run.Outputs)
            : [];

    private static CSharpCompilation Edit(CSharpCompilation compilation, string[] before, string[] after)
    {
        for (int i = 0; i < Math.Max(before.Length, after.Length); i++)
        {
            if (i >= before.Length)
            {
                compilation = compilation.AddSyntaxTrees(Compile(after).SyntaxTrees[i]);
            }
            else if (before[i] != after[i])
            {
                SyntaxTree tree = compilation.SyntaxTrees[i];
                compilation = compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(Usings + after[i])));
            }
        }

        return compilation;
    }
}

/// <summary>A diagnostic as tests compare it.</summary>
/// <param name="Id">BPG and four digits.</param>
/// <param name="Severity">Error or warning.</param>
/// <param name="Start">Where that text starts in the source as the test gave it.</param>
/// <param name="Span">The text it underlines.</param>
/// <param name="Message">The message.</param>
internal sealed record Found(string Id, DiagnosticSeverity Severity, int Start, string Span, string Message)
{
    public static Found From(Diagnostic diagnostic) =>
        new(
            diagnostic.Id,
            diagnostic.Severity,
            diagnostic.Location.SourceSpan.Start - GeneratorTest.Usings.Length,
            diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan) ?? string.Empty,
            diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
}
