extern alias runtime;

using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Conformance;

/// <summary>A file to compile.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Text">Its C#.</param>
internal sealed record SourceUnit(string Name, string Text);

/// <summary>What became of a file: the assembly that holds its classes, or what was wrong with it.</summary>
internal sealed record CompiledUnit(Assembly? Assembly, string? Error);

/// <summary>
/// Runs the generator and the C# compiler in this process and loads the result. All files go into one compilation; where it fails, the
/// files at fault are left out and the others compiled again. Where the fault is not in a file (the generator threw), the files are
/// halved until the one to blame stands alone.
/// </summary>
internal static class InProcessCompiler
{
    /// <summary>
    /// The oldest language that the emitted code has to compile in: that of the oldest target of the runtime library. Only errors are
    /// of interest here, so the analysis that warns of null is left out.
    /// </summary>
    private static readonly CSharpParseOptions ParseOptions =
        new CSharpParseOptions(LanguageVersion.CSharp12).WithFeatures([new("run-nullable-analysis", "never")]);

    private static readonly ImmutableArray<MetadataReference> References = FindReferences();

    private static int AssemblyCount;

    /// <summary>Compiles files; the results are in the order of the files.</summary>
    /// <param name="units">The files; no two declare a class of the same name.</param>
    /// <param name="generator">The generator to run, or null for the one under test.</param>
    public static IReadOnlyList<CompiledUnit> Compile(IReadOnlyList<SourceUnit> units, IIncrementalGenerator? generator = null)
    {
        var results = new CompiledUnit[units.Count];
        Compile(units, [.. Enumerable.Range(0, units.Count)], generator ?? new BackpropGenerator(), results);
        return results;
    }

    /// <summary>Compiles some of the files and enters their results.</summary>
    private static void Compile(IReadOnlyList<SourceUnit> units, int[] chosen, IIncrementalGenerator generator, CompiledUnit[] results)
    {
        if (chosen.Length == 0)
        {
            return;
        }

        SyntaxTree[] trees = [.. chosen.Select(i => CSharpSyntaxTree.ParseText(units[i].Text, ParseOptions, path: units[i].Name + ".cs"))];
        (byte[]? image, IReadOnlyList<(SyntaxTree? Tree, string Message)> errors) = Emit(trees, generator);
        if (image is not null)
        {
            var context = new AssemblyLoadContext("Conformance", isCollectible: true);
            var compiled = new CompiledUnit(context.LoadFromStream(new MemoryStream(image)), null);
            Array.ForEach(chosen, i => results[i] = compiled);
            return;
        }

        if (chosen.Length == 1)
        {
            results[chosen[0]] = new CompiledUnit(null, errors[0].Message);
            return;
        }

        int[] atFault = EnterErrors(chosen, trees, errors, results);
        if (atFault.Length > 0)
        {
            Compile(units, [.. chosen.Except(atFault)], generator, results);
            return;
        }

        Compile(units, chosen[..(chosen.Length / 2)], generator, results);
        Compile(units, chosen[(chosen.Length / 2)..], generator, results);
    }

    /// <summary>Enters the errors that lie in a file or in the code generated for its classes; returns the files at fault.</summary>
    private static int[] EnterErrors(
        int[] chosen, SyntaxTree[] trees, IReadOnlyList<(SyntaxTree? Tree, string Message)> errors, CompiledUnit[] results)
    {
        var fileOf = new Dictionary<string, int>();
        for (int i = 0; i < chosen.Length; i++)
        {
            foreach (string name in ClassesOf(trees[i]))
            {
                fileOf[name] = chosen[i];
            }
        }

        List<int> atFault = [];
        foreach ((SyntaxTree? tree, string message) in errors.Where(error => error.Tree is not null))
        {
            foreach (string name in ClassesOf(tree!))
            {
                if (fileOf.TryGetValue(name, out int file) && !atFault.Contains(file))
                {
                    results[file] = new CompiledUnit(null, message);
                    atFault.Add(file);
                }
            }
        }

        return [.. atFault];
    }

    private static IEnumerable<string> ClassesOf(SyntaxTree tree) =>
        tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>().Select(declaration => declaration.Identifier.Text);

    /// <summary>The image of an assembly, or the errors and where they are.</summary>
    private static (byte[]? Image, IReadOnlyList<(SyntaxTree? Tree, string Message)> Errors) Emit(
        SyntaxTree[] trees, IIncrementalGenerator generator)
    {
        var compilation = CSharpCompilation.Create(
            $"Conformance.Cases{Interlocked.Increment(ref AssemblyCount)}",
            trees,
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));

        GeneratorDriver driver = CSharpGeneratorDriver
            .Create(generator)
            .WithUpdatedParseOptions(ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out ImmutableArray<Diagnostic> diagnostics);

        Exception? exception = driver.GetRunResult().Results[0].Exception;
        if (exception is not null)
        {
            return (null, [(null, $"the generator threw {Flatten(exception.ToString())}")]);
        }

        using var stream = new MemoryStream();
        updated = WithGivenMasks(updated);
        ImmutableArray<Diagnostic> errors = [.. diagnostics.AddRange(updated.Emit(stream).Diagnostics).Where(IsError)];
        return errors.IsEmpty
            ? (stream.ToArray(), [])
            : (null, [.. errors.Select(error => (error.Location.SourceTree, $"does not compile: {Flatten(error.ToString())}"))]);
    }

    /// <summary>The reference knows no random numbers, so masks are drawn by <see cref="GivenMasks"/> instead of the library.</summary>
    private static Compilation WithGivenMasks(Compilation compilation)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            string text = tree.ToString();
            if (text.Contains("DropoutMasks.Fill", StringComparison.Ordinal))
            {
                text = text.Replace("DropoutMasks.Fill", $"global::{typeof(GivenMasks).FullName}.{nameof(GivenMasks.Fill)}", StringComparison.Ordinal);
                compilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text, ParseOptions, path: tree.FilePath));
            }
        }

        return compilation;
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    private static string Flatten(string text) => text.Replace(Environment.NewLine, " ", StringComparison.Ordinal);

    /// <summary>The framework that this process runs on, the runtime library, and this assembly for its contract.</summary>
    private static ImmutableArray<MetadataReference> FindReferences()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string platform = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        IEnumerable<string> paths = platform
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(runtime::BackpropGen.NeuralNetworkAttribute).Assembly.Location)
            .Append(typeof(InProcessCompiler).Assembly.Location);
        return [.. paths.Select(path => MetadataReference.CreateFromFile(path))];
    }
}
