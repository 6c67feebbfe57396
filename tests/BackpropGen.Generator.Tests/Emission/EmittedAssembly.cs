using System.Reflection;
using System.Runtime.Loader;
using BackpropGen.Generator.Emission;
using BackpropGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Generator.Tests.Emission;

/// <summary>Emitted files in one compilation, with the strictest options that a user may have set.</summary>
internal sealed class EmittedAssembly
{
    private readonly CSharpCompilation _compilation;

    private EmittedAssembly(CSharpCompilation compilation) => _compilation = compilation;

    /// <summary>Compiles networks; each class has a name of its own.</summary>
    public static EmittedAssembly Compile(IEnumerable<NetworkSpec> specs, LanguageVersion language = LanguageVersion.CSharp11, bool checkOverflow = true)
    {
        var files = new List<(string Name, string Source)>();
        var hosts = new List<string>();
        foreach (NetworkSpec spec in specs)
        {
            hosts.Add(spec.Host.Name);
            files.AddRange(Compiler.Compile(spec).Select(file => (file.HintName, file.Source)));
        }

        return Compile("Tests", hosts, files, language, checkOverflow);
    }

    /// <summary>Compiles files that were emitted before.</summary>
    /// <param name="inside">The namespace of the classes.</param>
    /// <param name="hosts">The names of the classes.</param>
    /// <param name="files">What was emitted for them.</param>
    /// <param name="language">The version of C#.</param>
    /// <param name="checkOverflow">Whether the arithmetic of integers is checked.</param>
    public static EmittedAssembly Compile(
        string inside,
        IEnumerable<string> hosts,
        IEnumerable<(string Name, string Source)> files,
        LanguageVersion language = LanguageVersion.CSharp11,
        bool checkOverflow = true)
    {
        var options = new CSharpParseOptions(language, DocumentationMode.Diagnose);
        IEnumerable<string> classes = hosts.Select(name => $"/// <summary>A network.</summary>\npublic sealed partial class {name} {{ }}");
        CSharpCompilation compilation = GeneratorTest.Compile([$"namespace {inside};\n{string.Join('\n', classes)}"], language);
        return new EmittedAssembly(compilation
            .AddSyntaxTrees(files.Select(file => CSharpSyntaxTree.ParseText(file.Source, options, file.Name)))
            .WithOptions(compilation.Options
                .WithOptimizationLevel(OptimizationLevel.Release)
                .WithOverflowChecks(checkOverflow)
                .WithWarningLevel(9999)
                .WithGeneralDiagnosticOption(ReportDiagnostic.Error)));
    }

    /// <summary>Errors and warnings.</summary>
    public IEnumerable<string> Problems() => _compilation.GetDiagnostics()
        .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
        .Select(diagnostic => diagnostic.ToString());

    /// <summary>The code as an assembly of this process; without a warning, for warnings count as errors.</summary>
    public Assembly Load()
    {
        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = _compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;
        return new AssemblyLoadContext("Emitted", isCollectible: true).LoadFromStream(image);
    }
}
