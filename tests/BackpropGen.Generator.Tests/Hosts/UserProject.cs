using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.Generator.Tests.Hosts;

/// <summary>A project as somebody may have set it up: its settings, and what compiling its sources together with the emitted ones gives.</summary>
/// <param name="Name">The name of the assembly.</param>
/// <param name="Language">LangVersion.</param>
/// <param name="Nullable">Nullable.</param>
/// <param name="CheckOverflow">CheckForOverflowUnderflow.</param>
/// <param name="AllowUnsafe">AllowUnsafeBlocks.</param>
/// <param name="Optimize">Release, not Debug.</param>
/// <param name="Kind">OutputType.</param>
/// <param name="Documentation">GenerateDocumentationFile.</param>
/// <param name="Strict">The compiler's feature flag "strict", which complains of more.</param>
internal sealed record UserProject(
    string Name = "App",
    LanguageVersion Language = LanguageVersion.CSharp11,
    NullableContextOptions Nullable = NullableContextOptions.Enable,
    bool CheckOverflow = false,
    bool AllowUnsafe = false,
    bool Optimize = true,
    OutputKind Kind = OutputKind.DynamicallyLinkedLibrary,
    bool Documentation = false,
    bool Strict = false)
{
    private CSharpParseOptions ParseOptions => new CSharpParseOptions(Language, Documentation ? DocumentationMode.Diagnose : DocumentationMode.Parse)
        .WithFeatures(Strict ? [new("strict", "true")] : []);

    /// <summary>The sources and what is emitted for them; the generator itself has nothing to say.</summary>
    /// <param name="sources">Files that say themselves what they use.</param>
    /// <param name="references">Further projects.</param>
    public CSharpCompilation Compile(IEnumerable<string> sources, params MetadataReference[] references)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            Name,
            sources.Select((source, i) => CSharpSyntaxTree.ParseText(SourceText.From(source, System.Text.Encoding.UTF8), ParseOptions, $"Source{i}.cs")),
            GeneratorTest.References.AddRange(references),
            new CSharpCompilationOptions(Kind, nullableContextOptions: Nullable)
                .WithOptimizationLevel(Optimize ? OptimizationLevel.Release : OptimizationLevel.Debug)
                .WithOverflowChecks(CheckOverflow)
                .WithAllowUnsafe(AllowUnsafe)
                .WithWarningLevel(9999));
        CSharpGeneratorDriver.Create([new BackpropGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> own);
        Assert.Empty(own);
        return (CSharpCompilation)output;
    }

    /// <summary>Compiles, and asserts that nobody has anything to say: no error, no warning, no information.</summary>
    public CSharpCompilation CompileQuietly(params string[] sources)
    {
        CSharpCompilation compilation = Compile(sources);
        AssertQuiet(compilation);
        return compilation;
    }

    /// <summary>Asserts that the compiler has nothing to say, be it but an information.</summary>
    public static void AssertQuiet(CSharpCompilation compilation)
    {
        string[] words = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden).Select(diagnostic => diagnostic.ToString())];
        Assert.True(words.Length == 0, string.Join('\n', words));
    }

    /// <summary>The compilation as an assembly of this process.</summary>
    public static Assembly Load(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        EmitResult result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;
        return new AssemblyLoadContext(compilation.AssemblyName, isCollectible: true).LoadFromStream(image);
    }
}
