using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator.Tests.Documentation;

/// <summary>
/// The C# of a page as the one program that a reader has who types it in from top to bottom: usings, statements, and the types last, as C#
/// wants them.
/// </summary>
internal sealed class PageProgram
{
    /// <summary>What the template of a console project has on by itself.</summary>
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Threading; global using System.Threading.Tasks;";

    /// <summary>The network that pages may take as given; README and others declare it.</summary>
    private const string DigitNet =
        "[NeuralNetwork(784, Loss = Loss.SoftmaxCrossEntropy)] [Dense(128, Activation.Relu)] [Dense(64, Activation.Relu)] [Dense(10)] [Adam] "
        + "public sealed partial class DigitNet;";

    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp12);

    private readonly Compilation _compilation;
    private readonly Dictionary<string, string[]> _emitted;

    private PageProgram(Compilation compilation, Dictionary<string, string[]> emitted) => (_compilation, _emitted) = (compilation, emitted);

    /// <summary>The program of a page, named by its path from the root of the repository.</summary>
    public static PageProgram Of(string page)
    {
        CompilationUnitSyntax[] blocks =
        [
            .. MarkdownFile.Read(page).BlocksOf("csharp").Select(block => CSharpSyntaxTree.ParseText(block.Text, Language).GetCompilationUnitRoot()),
        ];
        MemberDeclarationSyntax[] members = [.. blocks.SelectMany(block => block.Members)];
        IEnumerable<string> usings = blocks.SelectMany(block => block.Usings).Select(directive => directive.ToString()).Distinct();
        IEnumerable<string> statements = members.OfType<GlobalStatementSyntax>().Select(statement => statement.ToFullString());
        IEnumerable<string> types = members.Where(member => member is not GlobalStatementSyntax).Select(type => type.ToFullString());
        bool declaresDigitNet = members.OfType<ClassDeclarationSyntax>().Any(type => type.Identifier.Text == nameof(DigitNet));
        string program = string.Join('\n', [.. usings, .. statements, "return;", .. types, declaresDigitNet ? string.Empty : DigitNet]);

        CSharpCompilation compilation = GeneratorTest.Compile([], LanguageVersion.CSharp12)
            .AddSyntaxTrees(
                CSharpSyntaxTree.ParseText(ImplicitUsings, Language, "Usings.cs"), CSharpSyntaxTree.ParseText(program, Language, page + ".cs"))
            .WithOptions(new CSharpCompilationOptions(
                OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        GeneratorDriver driver = GeneratorTest.CreateDriver(LanguageVersion.CSharp12)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        return new PageProgram(output, GeneratorTest.ResultOf(driver).GeneratedSources
            .ToDictionary(source => source.HintName, source => source.SourceText.ToString().Split('\n')));
    }

    /// <summary>What the compiler has to say. That it cannot reach the return behind the last statement is the harness's own doing.</summary>
    public IEnumerable<string> Problems() => _compilation.GetDiagnostics()
        .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS0162")
        .Select(diagnostic => diagnostic.ToString());

    /// <summary>What the generator writes for the networks of the page.</summary>
    public EmittedCode Emitted() => new(_emitted);

    /// <summary>Runs the program.</summary>
    /// <returns>What it writes to the console, line by line.</returns>
    public string[] Run()
    {
        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = _compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;
        MethodInfo main = new AssemblyLoadContext("Page", isCollectible: true).LoadFromStream(image).EntryPoint!;

        TextWriter console = Console.Out;
        CultureInfo culture = CultureInfo.CurrentCulture;
        using var written = new StringWriter();
        try
        {
            Console.SetOut(written);
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            main.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            Console.SetOut(console);
        }

        return written.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }
}
