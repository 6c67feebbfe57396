using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace BackpropGen.Generator.Tests;

/// <summary>
/// The analyzer beside the generator, as in a user's project, under the testing library of Roslyn. Beside message and span, the library tries
/// whether each diagnostic yields to a <c>#pragma</c>, if it may.
/// </summary>
internal sealed class NetworkAnalyzerTest : CSharpAnalyzerTest<NetworkAnalyzer, DefaultVerifier>
{
    private readonly LanguageVersion _language;

    public NetworkAnalyzerTest(LanguageVersion language = LanguageVersion.CSharp11)
    {
        _language = language;
        ProjectSettings.Apply(TestState);

        // Declarations that are wrong lack the members that others ask for; what the compiler says of that is not of interest.
        CompilerDiagnostics = CompilerDiagnostics.None;
        TestBehaviors |= TestBehaviors.SkipGeneratedSourcesCheck;
    }

    protected override IEnumerable<Type> GetSourceGenerators() => [typeof(BackpropGenerator)];

    protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(_language);
}
