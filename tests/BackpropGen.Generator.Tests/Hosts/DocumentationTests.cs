using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Generator.Tests.Hosts;

/// <summary>What an editor shows of emitted members: each is documented, and whatever holds numbers has a shape.</summary>
public sealed partial class DocumentationTests
{
    private static readonly UserProject Project = new(Documentation: true);

    private static readonly CSharpCompilation Compilation = Project.CompileQuietly(SettingsTests.Networks);

    /// <summary>The compiler itself says what is not documented, once the pragma in the emitted files is gone.</summary>
    [Fact]
    public void EveryVisibleMember_IsDocumented()
    {
        CSharpCompilation compilation = Compilation;
        foreach (SyntaxTree tree in compilation.SyntaxTrees.Where(IsEmitted))
        {
            string text = tree.ToString();
            Assert.Contains("#pragma warning disable CS1591, ", text, StringComparison.Ordinal);
            compilation = compilation.ReplaceSyntaxTree(
                tree, CSharpSyntaxTree.ParseText(text.Replace("CS1591, ", "", StringComparison.Ordinal), (CSharpParseOptions)tree.Options, tree.FilePath));
        }

        UserProject.AssertQuiet(compilation);
    }

    [Fact]
    public void EverySpan_HasAShape()
    {
        (string Name, string Text)[] spans = [.. Members().SelectMany(member => Spans(member, DocumentationOf(member)))];
        string[] shapeless = [.. spans.Where(span => !Shape().IsMatch(span.Text)).Select(span => $"{span.Name}: '{span.Text}'")];

        Assert.True(spans.Length > 100, $"Only {spans.Length} spans were found.");
        Assert.True(shapeless.Length == 0, string.Join('\n', shapeless));
    }

    /// <summary>Where the lines of the derivation are few enough to be read.</summary>
    [Fact]
    public void Class_ShowsTheNetworkAndItsDerivation()
    {
        XElement documentation = DocumentationOf(Compilation.GetTypeByMetadataName("Games.Regressor")!);

        Assert.Equal("Estimates.", documentation.Elements("summary").First().Value);
        Assert.Equal("2 → 3 → 1, huber, SGD with momentum, double.", documentation.Elements("summary").Last().Value);
        string[] code = [.. documentation.Descendants("code").Select(element => element.Value)];
        Assert.Contains("Hidden  2 → 3  tanh", code[0], StringComparison.Ordinal);
        Assert.Matches(@"F1 +z1 = x·W1 \+ b1, +h1 = tanh\(z1\) +\[N × 3\]", code[1]);
        Assert.Matches(@"W1 +∂W1 = xᵀ·δ1 +\[2 × 3\]", code[1]);
    }

    [Theory]
    [InlineData(16, 2)]
    [InlineData(17, 1)]
    public void DerivationOfADeepNetwork_IsLeftToTheConstant(int layers, int blocks)
    {
        string source = $"[BackpropGen.NeuralNetwork(2)] {string.Concat(Enumerable.Repeat("[BackpropGen.Dense(2)]", layers))} public partial class Deep {{ }}";
        XElement documentation = DocumentationOf(new UserProject(Documentation: true).Compile([source]).GetTypeByMetadataName("Deep")!);

        Assert.Equal(blocks, documentation.Descendants("code").Count());
    }

    private static bool IsEmitted(SyntaxTree tree) => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal);

    /// <summary>All public members of all networks, those of their layers included.</summary>
    private static IEnumerable<ISymbol> Members() => Compilation.SourceModule.GlobalNamespace.GetNamespaceMembers().Single(space => space.Name == "Games")
        .GetTypeMembers()
        .SelectMany(type => type.GetTypeMembers().Prepend(type))
        .Where(type => type.DeclaredAccessibility == Accessibility.Public)
        .SelectMany(type => type.GetMembers())
        .Where(member => member.DeclaredAccessibility == Accessibility.Public && member is IMethodSymbol { MethodKind: MethodKind.Ordinary } or IPropertySymbol);

    /// <summary>What a member takes or gives that holds numbers, and what is said of it.</summary>
    private static IEnumerable<(string Name, string Text)> Spans(ISymbol member, XElement documentation)
    {
        string TextOf(string element) => string.Concat(documentation.Elements(element).Select(text => text.Value));

        if (member is IPropertySymbol property && IsSpan(property.Type))
        {
            yield return (member.ToDisplayString(), TextOf("summary"));
        }

        if (member is IMethodSymbol method)
        {
            foreach (IParameterSymbol parameter in method.Parameters.Where(parameter => IsSpan(parameter.Type)))
            {
                yield return ($"{parameter.Name} of {member.ToDisplayString()}", string.Concat(
                    documentation.Elements("param").Where(text => text.Attribute("name")!.Value == parameter.Name).Select(text => text.Value)));
            }

            if (IsSpan(method.ReturnType))
            {
                yield return ($"what is returned by {member.ToDisplayString()}", TextOf("returns") + TextOf("summary"));
            }
        }
    }

    private static bool IsSpan(ITypeSymbol type) => type.Name is "Span" or "ReadOnlySpan";

    private static XElement DocumentationOf(ISymbol symbol)
    {
        string xml = symbol.GetDocumentationCommentXml() ?? string.Empty;
        Assert.False(xml.Length == 0, $"{symbol.ToDisplayString()} is not documented.");
        return XElement.Parse(xml);
    }

    /// <summary>"[N × 3]", "[4 × 5]", "[N]", "[64]".</summary>
    [GeneratedRegex(@"\[(N|[0-9,]+)( × [0-9,]+)?\]")]
    private static partial Regex Shape();
}
