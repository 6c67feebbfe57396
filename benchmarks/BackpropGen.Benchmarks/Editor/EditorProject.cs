using System.Collections.Immutable;
using System.Text;
using BackpropGen.Benchmarks.Shapes;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.Benchmarks.Editor;

/// <summary>A project that is open in an editor: networks, a file each, and as many files that have nothing to do with them.</summary>
internal sealed class EditorProject
{
    /// <summary>The number of layers of the networks, over and over: most are small.</summary>
    private static readonly int[] Depths = [64, 1, 2, 3, 4, 2, 3, 8, 3, 2, 16, 3, 4, 2, 3, 5, 32, 3, 2, 4];

    /// <summary>Widths of all kinds: written inline, narrow, tiled.</summary>
    private static readonly int[] Widths = [32, 16, 128, 8, 64, 3];

    private static readonly string[] Optimizers = ["Sgd", "Adam", "Sgd(Momentum = 0.9)", "AdamW"];

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp12);

    private readonly int _networks;
    private CSharpCompilation _compilation;
    private int _edits;

    /// <summary>A project with some networks.</summary>
    public EditorProject(int networks)
    {
        _networks = networks;
        _compilation = CSharpCompilation.Create(
            "Editor",
            Enumerable.Range(0, networks).Select(i => Parse($"Network{i}.cs", Network(i)))
                .Concat(Enumerable.Range(0, networks).Select(i => Parse($"Other{i}.cs", Other(i)))),
            ShapeCompiler.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }

    /// <summary>The layers of all networks.</summary>
    public int Layers => Enumerable.Range(0, _networks).Sum(i => Depths[i % Depths.Length]);

    /// <summary>A driver that has seen nothing yet.</summary>
    public static GeneratorDriver NewDriver() =>
        CSharpGeneratorDriver.Create([new BackpropGenerator().AsSourceGenerator()], parseOptions: ParseOptions);

    /// <summary>The project as the compiler sees it after an edit: with symbols that nobody has asked for anything yet.</summary>
    public CSharpCompilation Compilation => _compilation.Clone();

    /// <summary>Types into a method of a file without a network.</summary>
    public CSharpCompilation EditMethod() => Edit(_networks, "return n + ", ";");

    /// <summary>Renames a property in a file without a network.</summary>
    public CSharpCompilation EditMember() => Edit(_networks, "public string Name", " ");

    /// <summary>Changes the size of a layer of the first network, which has 64.</summary>
    public CSharpCompilation EditDeepNetwork() => Edit(0, "[Dense(", ",");

    /// <summary>Changes the size of a layer of a network with 4; of the first where there is no other.</summary>
    public CSharpCompilation EditSmallNetwork() => Edit(Math.Min(4, _networks - 1), "[Dense(", ",");

    /// <summary>Puts another number between two texts of a file.</summary>
    private CSharpCompilation Edit(int file, string before, string after)
    {
        SyntaxTree tree = _compilation.SyntaxTrees[file];
        SourceText text = tree.GetText();
        string all = text.ToString();
        int start = all.IndexOf(before, StringComparison.Ordinal) + before.Length;
        int end = all.IndexOf(after, start, StringComparison.Ordinal);
        string number = FormattableString.Invariant($"{33 + (_edits++ % 7)}");
        SyntaxTree edited = tree.WithChangedText(text.WithChanges(new TextChange(TextSpan.FromBounds(start, end), number)));
        _compilation = _compilation.ReplaceSyntaxTree(tree, edited);
        return _compilation;
    }

    private static SyntaxTree Parse(string name, string text) => CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), ParseOptions, name);

    private static string Network(int index)
    {
        int depth = Depths[index % Depths.Length];
        var text = new StringBuilder("using BackpropGen;\n\nnamespace Editor.Networks;\n\n");
        text.Append(FormattableString.Invariant($"[NeuralNetwork({20 + (index % 5)}, Loss = Loss.SoftmaxCrossEntropy)]\n"));
        for (int layer = 1; layer < depth; layer++)
        {
            int width = Widths[(index + layer) % Widths.Length];
            text.Append(FormattableString.Invariant($"[Dense({width}, Activation.Relu)]\n"));
        }

        text.Append(FormattableString.Invariant($"[Dense(10, Bias = true)]\n[{Optimizers[index % Optimizers.Length]}]\n"));
        return text.Append(FormattableString.Invariant($"public sealed partial class Network{index}\n{{\n    public int Age => {index};\n}}\n")).ToString();
    }

    private static string Other(int index)
    {
        var text = new StringBuilder(FormattableString.Invariant($"using System;\n\nnamespace Editor.Others;\n\n[Serializable]\npublic class Other{index}\n{{\n"));
        text.Append("    public string Name0 { get; set; } = \"\";\n");
        for (int method = 0; method < 20; method++)
        {
            text.Append(FormattableString.Invariant($"\n    [Obsolete]\n    public int Method{method}(int n)\n    {{\n        return n + {method};\n    }}\n"));
        }

        return text.Append("}\n").ToString();
    }
}
