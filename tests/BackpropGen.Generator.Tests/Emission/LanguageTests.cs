using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Generator.Tests.Emission;

/// <summary>Emitted code is C# 9, the language of the oldest projects that can use it.</summary>
public sealed class LanguageTests
{
    [Theory]
    [InlineData("[Dense(3, Activation.Tanh)] [Dense(2)] [Adam]", "")]
    [InlineData("[Dense(200, Activation.Relu)] [Dense(150, Activation.Gelu)] [Dense(10)] [Sgd(Momentum = 0.9, ClipNorm = 1)]", ", Loss = Loss.SoftmaxCrossEntropy")]
    [InlineData("[Dense(200)] [Activation(Activation.Softmax)] [Dense(10)] [AdamW(AverageDecay = 0.9)]", ", Parallelism = 4, KeepIntermediates = true")]
    [InlineData("[Dense(40, Activation.Softplus)] [Dense(3)] [RmsProp]", ", Precision = Precision.Double, Loss = Loss.BinaryCrossEntropyWithLogits")]
    public void EmittedCodeCompilesAsCSharp9(string layers, string settings) =>
        GeneratorTest.CompilesWithoutWarnings($"namespace Old {{ [NeuralNetwork(4{settings})] {layers} public partial class Net {{ }} }}", LanguageVersion.CSharp9);
}
