using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Generator.Tests;

/// <summary>What is emitted for a handful of canonical networks, to be read in every review.</summary>
public sealed class SnapshotTests
{
    private const string FourLayerNetwork = """
        [NeuralNetwork(4, Loss = Loss.SoftmaxCrossEntropy)]
        [Dense(5, Activation.Sigmoid)]
        [Dense(4, Activation.Sigmoid)]
        [Dense(3)]
        """;

    private const string Tiny = "[NeuralNetwork(2)] [Dense(3, Activation.Tanh)] [Dense(1)]";

    [Fact]
    public Task FourLayer() => Verify(FourLayerNetwork);

    [Fact]
    public Task Narrow_2_8_1() => Verify("[NeuralNetwork(2)] [Dense(8, Activation.Tanh)] [Dense(1)]");

    [Fact]
    public Task Digits_784_128_64_10() => Verify("""
        [NeuralNetwork(784, Loss = Loss.SoftmaxCrossEntropy)]
        [Dense(128, Activation.Relu)]
        [Dense(64, Activation.Relu)]
        [Dense(10)]
        """);

    [Fact]
    public Task DoublePrecision() => Verify("[NeuralNetwork(3, Precision = Precision.Double, Loss = Loss.Huber)] [Dense(5, Activation.Gelu)] [Dense(2)]");

    [Fact]
    public Task Sgd() => Verify($"{Tiny} [Sgd]");

    /// <summary>Weights that stand unit by unit, and the step of one sample written out.</summary>
    [Fact]
    public Task Small_4_8_2() => Verify("""
        [NeuralNetwork(4, Loss = Loss.SoftmaxCrossEntropy)]
        [Dense(8, Activation.Sigmoid)]
        [Dense(2)]
        [Sgd]
        """);

    [Fact]
    public Task SgdWithMomentum() => Verify($"{Tiny} [Sgd(Momentum = 0.9, Nesterov = true, WeightDecay = 0.01)]");

    [Fact]
    public Task Adam() => Verify($"{Tiny} [Adam]");

    [Fact]
    public Task AdamW() => Verify($"{Tiny} [AdamW]");

    [Fact]
    public Task RmsProp() => Verify($"{Tiny} [RmsProp(Momentum = 0.9, Centered = true, ClipValue = 1)]");

    [Fact]
    public Task Lion() => Verify($"{Tiny} [Lion(WeightDecay = 0.1)]");

    /// <summary>Everything that goes with any optimizer.</summary>
    [Fact]
    public Task AdamWithEverything() => Verify("""
        [NeuralNetwork(2)]
        [Dense(3, Activation.Tanh, WeightDecay = 0.02)]
        [Dense(1)]
        [Adam(WeightDecay = 0.01, DecayBiases = false, ClipNorm = 1, AverageDecay = 0.999)]
        """);

    /// <summary>Operations with kernels of their own, and inference that is not the forward pass of training.</summary>
    [Fact]
    public Task NormalizedWithDropout() => Verify("""
        [NeuralNetwork(6, Loss = Loss.SoftmaxCrossEntropy)]
        [Dense(20)]
        [LayerNorm(Activation.Relu)]
        [Dropout(0.5)]
        [Dense(3)]
        [Adam]
        """);

    [Fact]
    public Task SeveralThreads() => Verify("""
        [NeuralNetwork(40, Loss = Loss.SoftmaxCrossEntropy, Parallelism = 4)]
        [Dense(40, Activation.Relu)]
        [Dense(3)]
        [Sgd]
        """);

    private static Task Verify(string attributes, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        CSharpCompilation compilation = GeneratorTest.Compile(
            [$"namespace Canonical;\n{attributes}\npublic sealed partial class {method} {{ }}"], LanguageVersion.CSharp11);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new BackpropGenerator())
            .WithUpdatedParseOptions((CSharpParseOptions)compilation.SyntaxTrees[0].Options)
            .RunGenerators(compilation);
        return Verifier.Verify(driver, method: method);
    }
}
