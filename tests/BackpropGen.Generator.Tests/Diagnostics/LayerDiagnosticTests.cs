using BackpropGen.Generator.Diagnostics;

namespace BackpropGen.Generator.Tests.Diagnostics;

/// <summary>What single kinds of layers ask.</summary>
public sealed class LayerDiagnosticTests
{
    [Fact]
    public Task DropoutNeedsALayerAfterIt() =>
        GeneratorTest.Expect(
            DiagnosticIds.DropoutIsLast,
            "Dropout(0.5): layer 2 of 2 would set outputs to zero at random; dropout needs a layer after it",
            "[NeuralNetwork(2)] [Dense(3)] [[|Dropout(0.5)|]] [Sgd] partial class Net { }");

    [Theory]
    [InlineData("1", "1", "at least 0 and below 1", "1")]
    [InlineData("-0.1", "-0.1", "at least 0 and below 1", "-0.1")]
    public Task TheRateOfDropoutIsAProbability(string argument, string subject, string range, string given) =>
        GeneratorTest.Expect(
            DiagnosticIds.LayerParameterOutOfRange,
            $"Dropout({subject}): Rate must be {range}, but {given} was given",
            $"[NeuralNetwork(2)] [Dense(3)] [Dropout([|{argument}|])] [Dense(3)] [Sgd] partial class Net {{ }}");

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public Task EpsilonIsPositive(string argument) =>
        GeneratorTest.Expect(
            DiagnosticIds.LayerParameterOutOfRange,
            $"LayerNorm: Epsilon must be a finite number above 0, but {argument} was given",
            $"[NeuralNetwork(2)] [Dense(3)] [LayerNorm([|Epsilon = {argument}|])] [Dense(3)] [Sgd] partial class Net {{ }}");
}
