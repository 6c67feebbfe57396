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
        var options = new CSharpParseOptions(language, DocumentationMode.Diagnose);
        var trees = new List<SyntaxTree>();
        var hosts = new List<string>();
        foreach (NetworkSpec spec in specs)
        {
            hosts.Add($"/// <summary>A network.</summary>\npublic sealed partial class {spec.Host.Name} {{ }}");
            trees.AddRange(Compiler.Compile(spec).Select(file => CSharpSyntaxTree.ParseText(file.Source, options, file.HintName)));
        }

        CSharpCompilation compilation = GeneratorTest.Compile([$"namespace Tests;\n{string.Join('\n', hosts)}"], language);
        return new EmittedAssembly(compilation
            .AddSyntaxTrees(trees)
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

    /// <summary>The code as an assembly of this process.</summary>
    public Assembly Load()
    {
        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = _compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;
        return new AssemblyLoadContext("Emitted", isCollectible: true).LoadFromStream(image);
    }
}
