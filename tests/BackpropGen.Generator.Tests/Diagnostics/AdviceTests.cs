using BackpropGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Tests.Diagnostics;

/// <summary>BPG4019 and up: what is valid and yet unlikely to be meant.</summary>
public sealed class AdviceTests
{
    [Fact]
    public Task SixSigmoidsInARow_AreTooMany() =>
        GeneratorTest.Expect(
            DiagnosticIds.SigmoidStackTooDeep,
            "Dense(6): 6 sigmoids stand in a row, more than 5, and their derivatives multiply to 0.00024 at most, so that hardly any gradient comes through",
            $"[NeuralNetwork(2)] {Stack("Sigmoid", 5)} [Dense(6, [|Activation.Sigmoid|])] [Dense(1)] partial class Net {{ }}",
            severity: DiagnosticSeverity.Warning);

    [Fact]
    public Task ARunOfSigmoids_IsReportedOnce_WithAllOfIt() =>
        GeneratorTest.Expect(
            DiagnosticIds.SigmoidStackTooDeep,
            "Activation(HardSigmoid): 8 sigmoids stand in a row, more than 5, and their derivatives multiply to 1E-05 at most, so that hardly any gradient comes through",
            $"""
            [NeuralNetwork(2)] [Dense(3, Activation.Relu)]
            {Stack("Sigmoid", 4)} [Dense(4)] [Activation(Activation.Sigmoid)] [Dense(4)] [Activation([|Activation.HardSigmoid|])] {Stack("Sigmoid", 2)}
            [Dense(1)] partial class Net {"{ }"}
            """,
            severity: DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("Tanh")]
    [InlineData("HardTanh")]
    [InlineData("Softsign")]
    public Task SixSaturatingActivationsInARow_AreAdvisedAgainst(string activation) =>
        GeneratorTest.Expect(
            DiagnosticIds.SaturatingStackTooDeep,
            "Dense(6): 7 saturating activations stand in a row, more than 5; orthogonal weights keep the gradient from vanishing in them",
            $"[NeuralNetwork(2)] {Stack(activation, 3)} {Stack("Sigmoid", 2)} [Dense(6, [|Activation.{activation}|])] {Stack(activation, 1)} partial class Net {{ }}",
            severity: DiagnosticSeverity.Info);

    [Theory]
    [InlineData("")]
    [InlineData("Loss = Loss.BinaryCrossEntropy")]
    public void ShallowStacks_AreFine(string loss)
    {
        string network = loss.Length == 0 ? "[NeuralNetwork(2)]" : $"[NeuralNetwork(2, {loss})]";
        string output = loss.Length == 0 ? "[Dense(1)]" : "[Dense(1, Activation.Sigmoid)]";

        Assert.Empty(GeneratorTest.Diagnostics($"{network} {Stack("Sigmoid", 5)} {output} partial class Net {{ }}"));
        Assert.Empty(GeneratorTest.Diagnostics($"{network} {Stack("Sigmoid", 5)} [Dense(3, Activation.Relu)] {Stack("Sigmoid", 4)} {output} partial class Net {{ }}"));
        Assert.Empty(GeneratorTest.Diagnostics(
            $"{network} {Stack("Tanh", 4)} [Dense(3, Activation.Tanh, Initializer = Initializer.Orthogonal)] {Stack("Tanh", 4)} {output} partial class Net {{ }}"));
        Assert.Empty(GeneratorTest.Diagnostics($"{network} {Stack("Relu", 20)} {output} partial class Net {{ }}"));
    }

    [Theory]
    [InlineData("SoftmaxCrossEntropy", "[Dense(3, [|Activation.Relu|])]", "Dense(3)", "SoftmaxCrossEntropy", "Relu")]
    [InlineData("SoftmaxCrossEntropy", "[Dense(3)] [Activation([|Activation.Relu6|])] [Activation(Activation.Identity)]", "Activation(Relu6)", "SoftmaxCrossEntropy", "Relu6")]
    [InlineData("BinaryCrossEntropyWithLogits", "[Dense(3, [|Activation.Relu|])]", "Dense(3)", "BinaryCrossEntropyWithLogits", "Relu")]
    [InlineData("CrossEntropy", "[Dense(3, [|Activation.Relu|])] [Activation(Activation.Softmax)]", "Dense(3)", "Softmax", "Relu")]
    [InlineData("BinaryCrossEntropy", "[Dense(3, [|Activation.Relu|])] [Activation(Activation.Sigmoid)]", "Dense(3)", "Sigmoid", "Relu")]
    public Task ReluBeforeLogits_CutsThemOff(string loss, string layers, string subject, string reader, string activation) =>
        GeneratorTest.Expect(
            DiagnosticIds.LogitsCutAtZero,
            $"{subject}: {reader} reads logits of both signs, but {activation} cuts all 3 of them off at 0, where they get no gradient",
            $"[NeuralNetwork(2, Loss = Loss.{loss})] {layers} partial class Net {{ }}",
            severity: DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("[NeuralNetwork(2)] [Dense(3, Activation.Relu)]")]
    [InlineData("[NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy)] [Dense(3, Activation.Relu)] [Dense(3)]")]
    [InlineData("[NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy)] [Dense(3, Activation.Tanh)]")]
    [InlineData("[NeuralNetwork(2, Loss = Loss.CrossEntropy)] [Dense(3, Activation.Relu)] [Dense(3, Activation.Softmax)]")]
    public void OutputsOfBothSigns_AreFine(string attributes) =>
        Assert.Empty(GeneratorTest.Diagnostics($"{attributes} partial class Net {{ }}"));

    [Theory]
    [InlineData("HeNormal", "Tanh", "GlorotNormal")]
    [InlineData("HeUniform", "Sigmoid", "GlorotUniform")]
    [InlineData("HeUniform", "Softsign", "GlorotUniform")]
    public async Task HeBeforeSaturation_IsToldTheVariances(string initializer, string activation, string better)
    {
        string message = $"Dense(8): {initializer} starts the weights with a variance of 0.125, which is for ReLU; {activation} saturates less with 0.0833, that of {better}";
        await GeneratorTest.Expect(
            DiagnosticIds.HeBeforeSaturation,
            message,
            $"[NeuralNetwork(16)] [Dense(8, Activation.{activation}, [|Initializer = Initializer.{initializer}|])] [Dense(1)] partial class Net {{ }}",
            severity: DiagnosticSeverity.Warning);
        await GeneratorTest.Expect(
            DiagnosticIds.HeBeforeSaturation,
            message,
            $"[NeuralNetwork(16)] [Dense(8, [|Initializer = Initializer.{initializer}|])] [Activation(Activation.{activation})] [Dense(1)] partial class Net {{ }}",
            severity: DiagnosticSeverity.Warning);
    }

    [Fact]
    public Task GlorotBeforeRelu_IsAdvisedAgainst() =>
        GeneratorTest.Expect(
            DiagnosticIds.GlorotBeforeRelu,
            "Dense(8): GlorotUniform starts the weights with a variance of 0.0833; Silu keeps the size of what passes it better with 0.125, that of HeUniform",
            "[NeuralNetwork(16)] [Dense(8, Activation.Silu, [|Initializer = Initializer.GlorotUniform|])] [Dense(1)] partial class Net { }",
            severity: DiagnosticSeverity.Info);

    [Theory]
    [InlineData("Activation.Relu, Initializer = Initializer.HeNormal")]
    [InlineData("Activation.Tanh, Initializer = Initializer.GlorotNormal")]
    [InlineData("Activation.Tanh, Initializer = Initializer.Auto")]
    [InlineData("Activation.Selu, Initializer = Initializer.LecunNormal")]
    [InlineData("Activation.Tanh, Initializer = Initializer.LecunUniform")]
    [InlineData("Initializer = Initializer.HeNormal")]
    public void OtherInitializers_AreFine(string arguments) =>
        Assert.Empty(GeneratorTest.Diagnostics($"[NeuralNetwork(16)] [Dense(8, {arguments})] [Dense(1)] partial class Net {{ }}"));

    [Theory]
    [InlineData("", "[[|Sgd|]]", "0.01", "192")]
    [InlineData("", "[Sgd(Momentum = 0.9, [|LearningRate = 0.1|])]", "0.1", "192")]
    [InlineData(", Loss = Loss.SoftmaxCrossEntropy", "[[|Sgd|]]", "0.01", "64")]
    public Task LearningRateOfMeans_IsTooLargeForASum(string loss, string optimizer, string rate, string times) =>
        GeneratorTest.Expect(
            DiagnosticIds.LearningRateOfMeans,
            $"Sgd: a learning rate of {rate} is one for means, but with Reduction.Sum a batch of 64 takes a step {times} times as long",
            $"[NeuralNetwork(2, Reduction = Reduction.Sum{loss})] [Dense(3)] {optimizer} partial class Net {{ }}",
            severity: DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("Sum", "Sgd(LearningRate = 0.001)")]
    [InlineData("Sum", "Sgd(ClipNorm = 1)")]
    [InlineData("Sum", "Adam(LearningRate = 0.1)")]
    [InlineData("Mean", "Sgd(LearningRate = 1)")]
    [InlineData("WeightedMean", "Sgd")]
    public void OtherLearningRates_AreFine(string reduction, string optimizer) =>
        Assert.Empty(GeneratorTest.Diagnostics($"[NeuralNetwork(2, Reduction = Reduction.{reduction})] [Dense(3)] [{optimizer}] partial class Net {{ }}"));

    [Fact]
    public Task ParallelismWithoutWork_IsToldWhatThereIs() =>
        GeneratorTest.Expect(
            DiagnosticIds.TooLittleWorkForThreads,
            "NeuralNetwork(4): Parallelism is 4, but a training step has 88 multiply-adds per sample, and below 2,345 all of it runs on 1 thread",
            "[NeuralNetwork(4, [|Parallelism = 4|])] [Dense(8, Activation.Tanh)] [Dense(1)] partial class Net { }",
            severity: DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("[NeuralNetwork(36, Parallelism = 2)] [Dense(32)] [Dense(1)]")]
    [InlineData("[NeuralNetwork(4, Parallelism = 1)] [Dense(1)]")]
    public void OtherParallelism_IsFine(string attributes) =>
        Assert.Empty(GeneratorTest.Diagnostics($"{attributes} partial class Net {{ }}"));

    [Fact]
    public void Advice_WaitsForAValidNetwork() =>
        Assert.Equal(
            ["BPG1003"],
            GeneratorTest.Diagnostics("[NeuralNetwork(4, Parallelism = 4)] [Dense(0)] [MemoryBudget(1)] partial class Net { }").Select(found => found.Id));

    private static string Stack(string activation, int depth) =>
        string.Concat(Enumerable.Repeat($"[Dense(4, Activation.{activation})]", depth));
}
