using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Benchmarks.Shapes;

/// <summary>Runs the generator and the C# compiler in this process, and loads the classes.</summary>
internal static class ShapeCompiler
{
    private static readonly CSharpParseOptions ParseOptions =
        new CSharpParseOptions(LanguageVersion.CSharp12).WithFeatures([new("run-nullable-analysis", "never")]);

    /// <summary>The framework that this process runs on, and the runtime library.</summary>
    public static readonly ImmutableArray<MetadataReference> References = FindReferences();

    /// <summary>The classes of some shapes, in their order.</summary>
    /// <param name="shapes">The shapes.</param>
    /// <param name="precision">The element type.</param>
    public static Type[] Compile(IReadOnlyList<Shape> shapes, Precision precision)
    {
        var compilation = CSharpCompilation.Create(
            "Shapes",
            [CSharpSyntaxTree.ParseText(Declare(shapes, precision), ParseOptions)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        CSharpGeneratorDriver
            .Create(new BackpropGenerator())
            .WithUpdatedParseOptions(ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out ImmutableArray<Diagnostic> diagnostics);

        using var image = new MemoryStream();
        Diagnostic? error = diagnostics
            .AddRange(updated.Emit(image).Diagnostics)
            .FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (error is not null)
        {
            throw new InvalidOperationException($"{string.Join(", ", shapes)}: {error}");
        }

        // Not collectible: the compiler makes slower code for types that may go away.
        image.Position = 0;
        Assembly assembly = new AssemblyLoadContext("Shapes").LoadFromStream(image);
        return [.. Enumerable.Range(0, shapes.Count).Select(i => assembly.GetType(ClassName(i), throwOnError: true)!)];
    }

    private static string Declare(IReadOnlyList<Shape> shapes, Precision precision)
    {
        var text = new StringBuilder("using BackpropGen;\n");
        for (int i = 0; i < shapes.Count; i++)
        {
            int[] widths = shapes[i].Widths;
            text.Append(FormattableString.Invariant($"\n[NeuralNetwork({widths[0]}, Precision = Precision.{precision})]\n"));
            for (int l = 1; l < widths.Length; l++)
            {
                string activation = l < widths.Length - 1 ? ", Activation.Relu" : "";
                text.Append(FormattableString.Invariant($"[Dense({widths[l]}{activation})]\n"));
            }

            text.Append($"[Sgd]\npublic sealed partial class {ClassName(i)};\n");
        }

        return text.ToString();
    }

    private static string ClassName(int index) => FormattableString.Invariant($"Shape{index}");

    private static ImmutableArray<MetadataReference> FindReferences()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string platform = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        IEnumerable<string> paths = platform
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(NeuralNetworkAttribute).Assembly.Location);
        return [.. paths.Select(path => MetadataReference.CreateFromFile(path))];
    }
}
