using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator.Tests.Parsing;

/// <summary>
/// Whatever name the user gives to a layer, a member or the class: either it is refused, or the generated code compiles. The names tried
/// are those of types, members and values in generated code, so that a new one there which <see cref="Generator.Parsing.EmittedMembers"/>
/// ought to list is found. (Parameters and locals, in lower case, hide members and harm nobody.)
/// </summary>
public sealed class ReservedNameTests
{
    private const string Classifier = """
        [NeuralNetwork(20, Loss = Loss.SoftmaxCrossEntropy, ClassWeights = new double[] { 1, 2, 3 }, KeepIntermediates = true)]
        [Dense(40, Activation.Relu)]
        [Activation(Activation.Softmax)]
        [Dense(3)]
        [Adam]
        """;

    /// <summary>Enums in full: a class with a member of their name, which generated code mentions, too, has to write them so itself.</summary>
    private const string Regressor =
        "[NeuralNetwork(2, Loss = global::BackpropGen.Loss.Huber)] [Dense(3, global::BackpropGen.Activation.Tanh)] [Dense(3)] [Sgd(Momentum = 0.9)]";

    private const string Detector = """
        [NeuralNetwork(70, Loss = Loss.BinaryCrossEntropyWithLogits, PositiveWeights = new double[] { 1, 2, 3 }, Reduction = Reduction.WeightedMean)]
        [Dense(80, Activation.Gelu)]
        [Dense(3)]
        [AdamW]
        """;

    private const string Threaded = """
        [NeuralNetwork(784, Loss = Loss.SoftmaxCrossEntropy, Parallelism = 2)]
        [Dense(512, Activation.Tanh)]
        [Dense(256, Activation.Softmax)]
        [Dense(10)]
        [Adam]
        """;

    private const string Masked = """
        [NeuralNetwork(6, Loss = Loss.SoftmaxCrossEntropy)]
        [Dense(20)]
        [LayerNorm(Activation.Relu)]
        [Dropout(0.5)]
        [Dense(3)]
        [Adam]
        """;

    private static readonly string[] Names =
    [
        "Dense1", "Dense1Layer", "Dense1Forward", "Dense1Forward6Half", "Dense2", "batch", "inputs", "value",
        .. IdentifiersIn(Classifier).Union(IdentifiersIn(Regressor)).Union(IdentifiersIn(Threaded)).Union(IdentifiersIn(Masked)).Where(name => name != "Net").Order(StringComparer.Ordinal),
    ];

    /// <summary>All words that the compiler knows, those included that it knows in some places only.</summary>
    private static IEnumerable<string> Keywords =>
        SyntaxFacts.GetKeywordKinds().Select(SyntaxFacts.GetText).Where(SyntaxFacts.IsValidIdentifier)
            .Concat(["var", "dynamic", "nint", "nuint", "notnull", "unmanaged", "nameof", "_"]).Distinct();

    [Fact]
    public void GeneratedCode_HasNames() =>
        Assert.Superset(new HashSet<string>(["W1", "Simd", "_workspace", "Dense1Layer"]), Names.ToHashSet());

    /// <summary>All at once: a class that declares every member that is generated for another like it.</summary>
    [Theory]
    [InlineData(Classifier)]
    [InlineData(Regressor)]
    [InlineData(Detector)]
    [InlineData(Threaded)]
    [InlineData(Masked)]
    [InlineData("[NeuralNetwork(2)] [Dense(3, WeightDecay = 1)] [Dense(3)] [Sgd(Momentum = 0.9, Dampening = 0.5, ClipNorm = 1, AverageDecay = 0.5)]")]
    [InlineData("[NeuralNetwork(2)] [Dense(3)] [Adam(Amsgrad = true)]")]
    [InlineData("[NeuralNetwork(2)] [Dense(3)] [RmsProp(Momentum = 0.9, Centered = true)]")]
    [InlineData("[NeuralNetwork(2)] [Dense(3)] [Adagrad(LearningRateDecay = 0.5)]")]
    [InlineData("[NeuralNetwork(2)] [Dense(3)] [Adadelta]")]
    [InlineData("[NeuralNetwork(2)] [Dense(3)] [Adamax]")]
    [InlineData("[NeuralNetwork(2)] [Dense(3)] [NAdam]")]
    [InlineData("[NeuralNetwork(2)] [Dense(3)] [RAdam]")]
    [InlineData("[NeuralNetwork(2)] [Dense(3)] [Lion]")]
    public void EveryGeneratedMember_IsRefusedToTheUser(string attributes)
    {
        string[] names = MembersOf(attributes);
        string fields = string.Join(" ", names.Select(name => $"private int {name};"));

        Assert.Contains("_workspace", names);
        Assert.Equal(names, GeneratorTest.Diagnostics($"{attributes} partial class Net {{ {fields} }}").Select(found => found.Span));
    }

    [Fact]
    public void EveryLayerName_IsRefusedOrCompiles() =>
        AssertRefusedOrCompiles(
            name => $"[Dense(1, Name = \"{name}\")]",
            layers => $"[NeuralNetwork(2)] {layers} [Sgd] partial class Net {{ }}",
            found => found.Span["Name = \"".Length..^1]);

    [Fact]
    public void EveryMemberName_IsRefusedOrCompiles() =>
        AssertRefusedOrCompiles(
            name => $"public int @{name} {{ get; set; }}",
            members => $"{Regressor} partial class Net {{ {members} }}",
            found => found.Span.TrimStart('@'));

    [Fact]
    public void EveryClassName_IsRefusedOrCompiles() =>
        AssertRefusedOrCompiles(
            name => $"namespace Space_{name} {{ [NeuralNetwork(2)] [Dense(1, global::BackpropGen.Activation.Tanh)] [Sgd] partial class @{name} {{ }} }}",
            classes => classes,
            found => found.Span.TrimStart('@'));

    /// <summary>
    /// A keyword is refused as the name of a layer, which has no '@'; words that are keywords here and there are names like others. (But
    /// who calls a type or a namespace <c>var</c>, <c>nint</c> or <c>nameof</c> can no longer use these words, and nor can what is generated beside it.)
    /// </summary>
    [Theory]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.Preview)]
    public void EveryKeyword_IsRefusedOrCompiles(LanguageVersion language)
    {
        string SourceOf(IEnumerable<string> words) =>
            $"[NeuralNetwork(1)] {string.Join("\n", words.Select(word => $"[Dense(1, Name = \"{word}\")]"))} [Sgd] partial class Net {{ }}\n"
            + string.Join("\n", words.Except(["var", "nint", "nameof"]).Chunk(8).Select(some => $"namespace {Chain(".", some)} {{ {Nested(some)} }}"));

        string Chain(string separator, string[] words) => string.Join(separator, words.Select(word => $"@{word}"));

        string Nested(string[] words) => words is [var last]
            ? $"[NeuralNetwork(1)] [Dense(1)] partial class @{last} {{ }}"
            : $"partial class @{words[0]} {{ {Nested(words[1..])} }}";

        HashSet<string> refused = [.. GeneratorTest.Diagnostics(SourceOf(Keywords), language).Select(found => found.Span["Name = \"".Length..^1])];
        string[] accepted = [.. Keywords.Where(word => !refused.Contains(word))];

        Assert.Superset(new HashSet<string>(["class", "null", "ref", "int"]), refused);
        Assert.Superset(new HashSet<string>(["record", "required", "field", "await", "var", "_"]), accepted.ToHashSet());
        GeneratorTest.CompilesWithoutErrors(SourceOf(accepted), language);
    }

    /// <summary>What else the user calls his types and namespaces is his business: the generated files find their own all the same.</summary>
    [Theory]
    [InlineData("namespace Games {{ {0} {1} }}", "class {0} {{ }}")]
    [InlineData("namespace Games.Nets {{ {0} }} namespace Games {{ {1} }}", "namespace {0} {{ class Something {{ }} }}")]
    [InlineData("namespace Games {{ {0} }} {1}", "class {0} {{ }}")]
    [InlineData("{0} {1}", "class {0} {{ }}")]
    [InlineData("class Base {{ {1} }} partial class Outer : Base {{ {0} }}", "public class {0} {{ }}")]
    [InlineData("global using Other; namespace Games {{ {0} }} namespace Other {{ {1} }}", "public class {0} {{ }} public class {0}<T> {{ }}")]
    public void NoTypeOfTheUsers_StandsInTheWay(string frame, string declaration)
    {
        string networks = $"{Classifier} partial class Net1 {{ }} {Regressor} partial class Net2 {{ }} {Detector} partial class Net3 {{ }} {Threaded} partial class Net4 {{ }}";
        string others = string.Join(" ", Generator.Model.UsedTypes.Names.Select(
            name => string.Format(CultureInfo.InvariantCulture, declaration, name)));
        GeneratorTest.CompilesWithoutErrors(string.Format(CultureInfo.InvariantCulture, frame, networks, others));
    }

    /// <summary>Every type that generated code calls by its simple name is listed where such names are looked after.</summary>
    [Theory]
    [InlineData(Classifier)]
    [InlineData(Regressor)]
    [InlineData(Detector)]
    [InlineData(Threaded)]
    public void EveryTypeCalledByItsSimpleName_IsListed(string attributes)
    {
        GeneratorTest.CreateDriver().RunGeneratorsAndUpdateCompilation(
            GeneratorTest.Compile([$"{attributes} partial class Net {{ }}"]), out Compilation output, out _);
        IEnumerable<string> called = output.SyntaxTrees
            .Where(tree => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal))
            .Select(tree => (Root: tree.GetRoot(), Model: output.GetSemanticModel(tree)))
            .SelectMany(tree => tree.Root.DescendantNodes().OfType<SimpleNameSyntax>()
                .Where(name => name is { IsVar: false, Parent: not (QualifiedNameSyntax or AliasQualifiedNameSyntax or AttributeSyntax) })
                .Where(name => name.Parent is not MemberAccessExpressionSyntax access || access.Name != name)
                .Where(name => tree.Model.GetSymbolInfo(name).Symbol is INamedTypeSymbol { Locations: [{ IsInMetadata: true }, ..] } type
                    && type.SpecialType is SpecialType.None))
            .Select(name => name.Identifier.ValueText)
            .Distinct();
        Assert.Subset(Generator.Model.UsedTypes.Names.ToHashSet(), called.ToHashSet());
    }

    /// <summary>Declares a thing of each name in one source, then only those whose names were not refused: these must compile.</summary>
    private static void AssertRefusedOrCompiles(Func<string, string> declare, Func<string, string> complete, Func<Found, string> nameOf)
    {
        string SourceOf(IEnumerable<string> names) => complete(string.Join("\n", names.Select(declare)));
        HashSet<string> refused = GeneratorTest.Diagnostics(SourceOf(Names)).Select(nameOf).ToHashSet();
        string[] accepted = [.. Names.Except(refused)];

        Assert.Contains("Simd", refused);
        Assert.Contains("W1", accepted);
        GeneratorTest.CompilesWithoutErrors(SourceOf(accepted));
    }

    private static string[] MembersOf(string attributes)
    {
        GeneratorTest.CreateDriver().RunGeneratorsAndUpdateCompilation(
            GeneratorTest.Compile([$"{attributes} partial class Net {{ }}"]), out Compilation output, out _);
        return output.GetTypeByMetadataName("Net")!.GetMembers()
            .Where(member => member is { IsImplicitlyDeclared: false, CanBeReferencedByName: true })
            .Where(member => member is not IMethodSymbol { MethodKind: not MethodKind.Ordinary })
            .Select(member => member.Name)
            .Distinct()
            .ToArray();
    }

    private static IEnumerable<string> IdentifiersIn(string attributes)
    {
        GeneratorRunResult result = GeneratorTest.Run($"{attributes} partial class Net {{ }}");
        return result.GeneratedSources
            .SelectMany(source => source.SyntaxTree.GetRoot().DescendantTokens())
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken))
            .Select(token => token.ValueText)
            .Where(name => !char.IsAsciiLetterLower(name[0]) && !name.StartsWith("Dense", StringComparison.Ordinal))
            .Distinct();
    }
}
