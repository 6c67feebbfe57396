using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace BackpropGen.Generator.Tests.Incremental;

/// <summary>What an edit recompiles, by the reason that the driver gives for each step.</summary>
public sealed class CachingTests
{
    private const string Net = """
        [NeuralNetwork(2)]
        [Dense(3, Activation.Relu)]
        [Dense(1)]
        [Sgd]
        partial class Net
        {
        }
        """;

    private const string Other = "class Other { }";

    [Fact]
    public void FirstRun_MakesEverythingNew()
    {
        GeneratorRunResult result = GeneratorTest.Run(Net);

        Assert.Equal([New], GeneratorTest.OutputsOf(result, TrackingNames.Parse).Select(output => output.Reason));
        Assert.Equal([New], GeneratorTest.OutputsOf(result, TrackingNames.Spec).Select(output => output.Reason));
        Assert.NotEmpty(result.GeneratedSources);
    }

    [Fact]
    public void NothingChanged_IsCached() => AssertReasons([Net, Other], [Net, Other], spec: [Cached], source: [Cached]);

    [Fact]
    public void CommentInAnotherFile_KeepsTheSpec() =>
        AssertReasons([Net, Other], [Net, $"// a comment\n{Other}"], spec: [Cached], source: [Cached]);

    /// <summary>What a network cannot see does not even have it parsed again.</summary>
    [Theory]
    [InlineData("class Other { int F() { return 1; } }", "class Other { int F() { return 2; } }")]
    [InlineData("class Other { int F() => 1; }", "class Other { long G(int n) => n; }")]
    [InlineData("class Other { int P { get; } = 1; int f = 1; event System.Action E; }", "class Other { int Q { get; set; } }")]
    [InlineData("class Other { Other() { } }", "class Other { internal Other(int n) { } ~Other() { } }")]
    [InlineData("[System.Obsolete(\"Old\")] class Other { }", "[System.Obsolete(\"Older\")] class Other { }")]
    [InlineData("class Other { }", "// a comment\nclass Other\n{\n}")]
    public void InvisibleEditElsewhere_ParsesNothing(string before, string after)
    {
        Assert.Equal([Unchanged], GeneratorTest.Steps(TrackingNames.Parse, [Net, before], [Net, after]).Take(1));
        AssertReasons([Net, before], [Net, after], spec: [Cached], source: [Cached]);
    }

    [Theory]
    [InlineData("[NeuralNetwork(2)]", "// before the network\n[NeuralNetwork(2)]")]
    [InlineData("[Dense(1)]", "// between layers\n[Dense(1)]")]
    [InlineData("{", "{\n    // inside the class")]
    [InlineData("{", "{\n    public int Age { get; set; }")]
    [InlineData("partial class", "sealed partial class")]
    [InlineData("[Dense(3, Activation.Relu)]", "[Dense( units: 1 + 2,Activation.Relu )]")]
    public void EditThatLeavesTheNetwork_KeepsTheSpec(string text, string replacement) =>
        AssertReasons([Net, Other], [Replace(text, replacement), Other], spec: [Cached], source: [Cached]);

    [Fact]
    public void UnrelatedType_KeepsTheSpec() =>
        AssertReasons([Net, Other], [Net, $"{Other} struct Another {{ }}"], spec: [Cached], source: [Cached]);

    [Fact]
    public void UnrelatedFile_KeepsTheSpec() => AssertReasons([Net], [Net, Other], spec: [Cached], source: [Cached]);

    [Fact]
    public void UnrelatedTypeInTheSameFile_KeepsTheSpec() =>
        AssertReasons([Net], [$"{Other}\n{Net}"], spec: [Cached], source: [Cached]);

    [Theory]
    [InlineData("Dense(3", "Dense(4")]
    [InlineData("Activation.Relu", "Activation.Tanh")]
    [InlineData("[Sgd]", "[Adam]")]
    [InlineData("[Sgd]", "")]
    [InlineData("{", "{ public Net() { }")]
    public void ChangedNetwork_IsCompiledAnew(string text, string replacement) =>
        AssertReasons([Net, Other], [Replace(text, replacement), Other], spec: [Modified], source: [Modified]);

    [Fact]
    public void SecondNetwork_LeavesTheFirstAlone()
    {
        string second = "[NeuralNetwork(7)] [Dense(8)] partial class Second { }";

        AssertReasons([Net], [Net, second], spec: [Cached, New], source: [Cached, New]);
        AssertReasons([Net, second], [Net, second.Replace('8', '9')], spec: [Cached, Modified], source: [Cached, Modified]);
    }

    [Fact]
    public void ConstantInAnotherFile_ReachesTheNetwork()
    {
        // The layer's size is not in the text of the declaration: comparing that text alone would miss the change.
        string net = "[NeuralNetwork(2)] [Dense(Sizes.Hidden)] partial class Net { }";
        string sizes = "static class Sizes { public const int Hidden = 4; }";

        AssertReasons([net, sizes], [net, sizes.Replace('4', '5')], spec: [Modified], source: [Modified]);
    }

    /// <summary>Everything else that a network sees of other files: what an edit there changes reaches it.</summary>
    [Theory]
    [InlineData("[NeuralNetwork(2)] [Dense((int)Size.Large)] partial class Net { }", "enum Size { Large = 4 }", "enum Size { Large = 5 }")]
    [InlineData("[NeuralNetwork(2)] [Dense(Size.A)] partial class Net { }", "class Size { public const int A = B, B = 4; }", "class Size { public const int A = B, B = 5; }")]
    [InlineData("[NeuralNetwork(2)] [Dense(3)] partial class Net { }", "partial class Net { }", "partial class Net { public Net() { } }")]
    [InlineData("[NeuralNetwork(2)] partial class Net { }", "[Dense(3)] partial class Net { }", "[Dense(4)] partial class Net { }")]
    [InlineData("[NeuralNetwork(2)] [Dense(3)] partial class Net { }", "class Other { }", "class Vector256 { }")]
    [InlineData("[NeuralNetwork(2)] [Dense(3)] partial class Net { }", "class Other { }", "namespace Simd { class Other { } }")]
    [InlineData("[NeuralNetwork(2)] [Dense(3)] partial class Net { }", "class Other { }", "global using Math = System.Text.StringBuilder; class Other { }")]
    public void VisibleEditElsewhere_ReachesTheNetwork(string net, string before, string after) =>
        AssertReasons([net, before], [net, after], spec: [Modified], source: [Modified]);

    /// <summary>The same of what makes it no network at all.</summary>
    [Theory]
    [InlineData("partial class Net : Agent { }", "class Agent { }", "class Agent { protected void Forward() { } }")]
    [InlineData("partial class Net : Agent { }", "class Agent { }", "class Agent { private Agent() { } }")]
    [InlineData("partial class Net : Agent { }", "class Agent : Root { } class Root { }", "class Agent : Root { } class Root { public int Gradients; }")]
    [InlineData("partial class Net { }", "partial class Net { }", "partial class Net { int Forward; }")]
    [InlineData("partial class Net { }", "partial class Net { }", "partial class Net<T> { } partial class Net { int Summary => 1; }")]
    public void VisibleError_RemovesTheNetwork(string net, string before, string after) =>
        AssertReasons([$"[NeuralNetwork(2)] [Dense(3)] {net}", before], [$"[NeuralNetwork(2)] [Dense(3)] {net}", after], spec: [Removed], source: [Removed]);

    [Theory]
    [InlineData("[NN(2)] [Dense(3)] partial class Net { }", "global using NN = BackpropGen.NeuralNetworkAttribute;")]
    [InlineData("[NeuralNetworkAttribute(2)] [Dense(3)] partial class Net { }", "class Other { }")]
    [InlineData("[global::BackpropGen.NeuralNetwork(2)] [BackpropGen.DenseAttribute(3)] partial class Net { }", "class Other { }")]
    [InlineData("namespace A { using NN = NeuralNetworkAttribute; namespace B { [NN(2)] [Dense(3)] partial class Net { } } }", "class Other { }")]
    [InlineData("[NeuralNetwork(2)] partial class Net { }", "namespace Mine { class NeuralNetwork : System.Attribute { } } [Mine.NeuralNetwork] [Dense(3)] partial class Net { }")]
    public void Attribute_IsFoundUnderAnyName(string net, string other) =>
        Assert.Equal([New], GeneratorTest.Steps(TrackingNames.Spec, [net.Replace("(2)", "(0)", StringComparison.Ordinal), other], [net, other]));

    [Theory]
    [InlineData("namespace Mine { class NeuralNetwork : System.Attribute { } [NeuralNetwork] [System.Obsolete] class Net { } }")]
    [InlineData("[System.Serializable] class Net { }")]
    public void OtherClasses_AreNoNetworks(string source) => Assert.Empty(GeneratorTest.Specs(source));

    [Fact]
    public void Error_RemovesTheSource_AndRepair_BringsItBack()
    {
        string broken = Replace("Dense(3", "Dense(0");

        AssertReasons([Net, Other], [broken, Other], spec: [Removed], source: [Removed]);
        Assert.Empty(GeneratorTest.RunTwice([Net], [broken]).GeneratedSources);

        Assert.Equal([New], GeneratorTest.Steps(TrackingNames.Spec, [broken, Other], [Net, Other]));
        Assert.NotEmpty(GeneratorTest.RunTwice([broken], [Net]).GeneratedSources);
    }

    [Fact]
    public void ErrorInOneNetwork_LeavesTheOtherAlone()
    {
        string second = "[NeuralNetwork(7)] [Dense(8)] partial class Second { }";

        AssertReasons([Net, second], [Net, second.Replace('8', '0')], spec: [Cached, Removed], source: [Cached, Removed]);
    }

    [Fact]
    public void Warning_ComesAndGoes_WhileTheSourceStands()
    {
        string quiet = "[NeuralNetwork(2)] [Dense(3)] partial class Warned { }";
        string warned = quiet.Replace("(2)", "(2, Delta = 2)", StringComparison.Ordinal);
        Assert.Equal(["BPG4011"], GeneratorTest.Diagnostics(warned).Select(found => found.Id));

        AssertReasons([quiet], [warned], spec: [Cached], source: [Cached]);
        AssertReasons([warned], [quiet], spec: [Cached], source: [Cached]);
    }

    /// <summary>No step has seen, and so could keep, what an edit anywhere above changes.</summary>
    [Theory]
    [InlineData("Dense(3")]
    [InlineData("Dense(0")]
    public void TheGenerator_SaysNothing(string layer) =>
        Assert.Empty(GeneratorTest.Run(Replace("Dense(3", layer)).Diagnostics);

    /// <summary>Asserts the reasons of the spec, and of the emitted source, which must not be Unchanged but Cached: never even compiled.</summary>
    private static void AssertReasons(
        string[] before, string[] after, IncrementalStepRunReason[] spec, IncrementalStepRunReason[] source)
    {
        Assert.Equal(spec, GeneratorTest.Steps(TrackingNames.Spec, before, after));
        Assert.Equal(source, GeneratorTest.SourceReasons(before, after));
    }

    private static string Replace(string text, string replacement)
    {
        int index = Net.IndexOf(text, StringComparison.Ordinal);
        Assert.True(index >= 0, $"The network has no {text}.");
        return Net[..index] + replacement + Net[(index + text.Length)..];
    }
}
