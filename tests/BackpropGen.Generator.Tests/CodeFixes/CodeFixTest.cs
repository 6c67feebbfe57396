using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace BackpropGen.Generator.Tests.CodeFixes;

/// <summary>
/// A code fix under the testing library of Roslyn, which applies it once and to all of a document, a project and a solution where that is
/// offered. The generator runs beside it, and what comes out must compile.
/// </summary>
internal sealed class CodeFixTest<TFix> : CSharpCodeFixTest<NetworkAnalyzer, TFix, DefaultVerifier>
    where TFix : CodeFixProvider, new()
{
    private CodeFixTest()
    {
        ProjectSettings.Apply(TestState);
        TestBehaviors |= TestBehaviors.SkipGeneratedSourcesCheck | TestBehaviors.SkipSuppressionCheck;
    }

    /// <summary>Asserts that a fix turns one source into another.</summary>
    /// <param name="before">The source, with the diagnostics marked: <c>{|BPG1003:0|}</c>.</param>
    /// <param name="after">The fixed source.</param>
    /// <param name="title">What the editor offers.</param>
    /// <param name="ids">The number of different ids: those of one are fixed together, one after the other.</param>
    public static Task Expect(string before, string after, string? title = null, int ids = 1) => Expect([before], [after], title, ids);

    /// <summary>Asserts that a fix turns the sources of a project into others.</summary>
    public static async Task Expect(string[] before, string[] after, string? title = null, int ids = 1)
    {
        var test = new CodeFixTest<TFix>
        {
            NumberOfFixAllIterations = ids,
            NumberOfFixAllInDocumentIterations = ids,
            NumberOfFixAllInProjectIterations = ids,
            CodeActionVerifier = (action, verifier) =>
            {
                if (title is not null)
                {
                    verifier.Equal(title, action.Title);
                }
            },
        };
        test.TestState.Sources.Clear();
        Add(test.TestState, before);
        Add(test.FixedState, after);
        await test.RunAsync();
    }

    /// <summary>Asserts that nothing is offered for a source with diagnostics.</summary>
    public static Task ExpectNone(string source) => Expect(source, source);

    private static void Add(SolutionState state, string[] sources)
    {
        for (int i = 0; i < sources.Length; i++)
        {
            state.Sources.Add(($"/0/Source{i}.cs", sources[i].ReplaceLineEndings("\n")));
        }

        state.Sources.Add(("/0/Usings.cs", GeneratorTest.Usings));
    }

    protected override IEnumerable<Type> GetSourceGenerators() => [typeof(BackpropGenerator)];

    protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.CSharp12);
}
