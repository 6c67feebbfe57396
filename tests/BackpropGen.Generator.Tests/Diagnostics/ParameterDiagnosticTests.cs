using BackpropGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Tests.Diagnostics;

/// <summary>BPG4xxx: activations and optimizers.</summary>
public sealed class ParameterDiagnosticTests
{
    [Theory]
    [InlineData("LeakyRelu", "Alpha", "-0.1", "a finite number of at least 0", "-0.1")]
    [InlineData("LeakyRelu", "Alpha", "double.NaN", "a finite number of at least 0", "NaN")]
    [InlineData("LeakyRelu", "Alpha", "1E300", "a finite number of at least 0", "1E+300, which is Infinity as a float,")]
    [InlineData("Elu", "Alpha", "0", "a finite number above 0", "0")]
    [InlineData("Softplus", "Beta", "-1", "a finite number above 0", "-1")]
    public async Task ActivationParameter_IsInRange(string activation, string property, string value, string range, string given)
    {
        await GeneratorTest.Expect(
            DiagnosticIds.ActivationParameterOutOfRange,
            $"Dense(3): {property} of {activation} must be {range}, but {given} was given",
            $"[NeuralNetwork(2)] [Dense(3, Activation.{activation}, [|{property} = {value}|])] partial class Net {{ }}");
        await GeneratorTest.Expect(
            DiagnosticIds.ActivationParameterOutOfRange,
            $"Activation({activation}): {property} of {activation} must be {range}, but {given} was given",
            $"[NeuralNetwork(2)] [Activation(Activation.{activation}, [|{property} = {value}|])] [Dense(3)] partial class Net {{ }}");
    }

    [Theory]
    [InlineData("LeakyRelu", "Alpha = 0")]
    [InlineData("Elu", "Alpha = 0.5")]
    [InlineData("Softplus", "Beta = 2")]
    public void ActivationParameters_AreFineWhereTheyBelong(string activation, string argument) =>
        Assert.Empty(GeneratorTest.Diagnostics($"[NeuralNetwork(2)] [Dense(3, Activation.{activation}, {argument})] partial class Net {{ }}"));

    [Theory]
    [InlineData("Relu", "Alpha = 0.2", "Alpha", "LeakyRelu and Elu")]
    [InlineData("Softplus", "Alpha = -1", "Alpha", "LeakyRelu and Elu")]
    [InlineData("LeakyRelu", "Beta = 1", "Beta", "Softplus")]
    public Task ActivationParameter_IsIgnoredByOtherActivations(string activation, string argument, string property, string owners) =>
        GeneratorTest.Expect(
            DiagnosticIds.ActivationParameterIgnored,
            $"Dense(3): {property} belongs to {owners} and is ignored, because the activation is {activation}",
            $"[NeuralNetwork(2)] [Dense(3, Activation.{activation}, [|{argument}|])] partial class Net {{ }}",
            severity: DiagnosticSeverity.Warning);

    [Fact]
    public Task OptimizerIsSingle() =>
        GeneratorTest.Expect(
            DiagnosticIds.SeveralOptimizers,
            "Adam: a network may have 1 optimizer, but 'Net' has 2",
            "[NeuralNetwork(2)] [Dense(3)] [Sgd] [[|Adam|]] partial class Net { }");

    [Fact]
    public void EveryFurtherOptimizer_IsReported() =>
        Assert.Equal(
            ["Adam", "AdamW"],
            GeneratorTest.Diagnostics("[Sgd, Adam, AdamW] [NeuralNetwork(2)] [Dense(3)] partial class Net { }").Select(found => found.Span));

    [Theory]
    [InlineData("Sgd", "LearningRate", "0", "a finite number above 0", "0")]
    [InlineData("Sgd", "LearningRate", "double.NaN", "a finite number above 0", "NaN")]
    [InlineData("Adam", "LearningRate", "double.PositiveInfinity", "a finite number above 0", "Infinity")]
    [InlineData("AdamW", "LearningRate", "-0.001", "a finite number above 0", "-0.001")]
    [InlineData("Sgd", "LearningRate", "1E-60", "a finite number above 0", "1E-60, which is 0 as a float,")]
    [InlineData("Sgd", "Momentum", "1", "at least 0 and below 1", "1")]
    [InlineData("Sgd", "Momentum", "-0.5", "at least 0 and below 1", "-0.5")]
    [InlineData("Sgd", "Dampening", "1.5", "from 0 to 1", "1.5")]
    [InlineData("Sgd", "WeightDecay", "-1", "a finite number of at least 0", "-1")]
    [InlineData("Adam", "Beta1", "1", "at least 0 and below 1", "1")]
    [InlineData("Adam", "Beta2", "-0.1", "at least 0 and below 1", "-0.1")]
    [InlineData("AdamW", "Beta2", "0.999999999", "at least 0 and below 1", "0.999999999, which is 1 as a float,")]
    [InlineData("Adam", "Epsilon", "0", "a finite number above 0", "0")]
    [InlineData("AdamW", "WeightDecay", "double.NaN", "a finite number of at least 0", "NaN")]
    [InlineData("RmsProp", "Rho", "1", "at least 0 and below 1", "1")]
    [InlineData("Adagrad", "InitialAccumulator", "-1", "a finite number of at least 0", "-1")]
    [InlineData("Adagrad", "LearningRateDecay", "-1", "a finite number of at least 0", "-1")]
    [InlineData("Adadelta", "Epsilon", "0", "a finite number above 0", "0")]
    [InlineData("Adamax", "Beta2", "1", "at least 0 and below 1", "1")]
    [InlineData("NAdam", "MomentumDecay", "-0.5", "a finite number of at least 0", "-0.5")]
    [InlineData("RAdam", "LearningRate", "0", "a finite number above 0", "0")]
    [InlineData("Lion", "Beta1", "2", "at least 0 and below 1", "2")]
    [InlineData("Sgd", "ClipNorm", "-1", "a finite number of at least 0", "-1")]
    [InlineData("Sgd", "ClipNorm", "1E-60", "a finite number above 0", "1E-60, which is 0 as a float,")]
    [InlineData("Adam", "ClipValue", "1E-60", "a finite number above 0", "1E-60, which is 0 as a float,")]
    [InlineData("Adam", "ClipValue", "double.NaN", "a finite number of at least 0", "NaN")]
    [InlineData("Adam", "AverageDecay", "1", "at least 0 and below 1", "1")]
    public Task OptimizerParameter_IsInRange(string optimizer, string property, string value, string range, string given) =>
        GeneratorTest.Expect(
            DiagnosticIds.OptimizerParameterOutOfRange,
            $"{optimizer}: {property} must be {range}, but {given} was given",
            $"[NeuralNetwork(2)] [Dense(3)] [{optimizer}([|{property} = {value}|])] partial class Net {{ }}");

    [Theory]
    [InlineData("[|Nesterov = true|]", "0", "0")]
    [InlineData("Momentum = 0.9, Dampening = 0.5, [|Nesterov = true|]", "0.9", "0.5")]
    public Task Nesterov_NeedsMomentumAndNoDampening(string arguments, string momentum, string dampening) =>
        GeneratorTest.Expect(
            DiagnosticIds.NesterovNeedsMomentum,
            $"Sgd: Nesterov needs a momentum above 0 and a dampening of 0, but they are {momentum} and {dampening}",
            $"[NeuralNetwork(2)] [Dense(3)] [Sgd({arguments})] partial class Net {{ }}");

    [Theory]
    [InlineData("Sgd(Momentum = 0.9, Nesterov = true, WeightDecay = 1e-4)")]
    [InlineData("Sgd(Momentum = 0.9, Dampening = 1)")]
    [InlineData("Adam(Beta1 = 0, Beta2 = 0, Epsilon = 1e-12)")]
    [InlineData("AdamW(WeightDecay = 0)")]
    [InlineData("RmsProp(Centered = true, Momentum = 0.9, ClipNorm = 1)")]
    [InlineData("Sgd(ClipNorm = 0, ClipValue = 0)")]
    [InlineData("Sgd(ClipNorm = 1e-30)")]
    [InlineData("Lion(ClipValue = 0.5, AverageDecay = 0.999, DecayBiases = false)")]
    public void ValidOptimizers_AreFine(string optimizer) =>
        Assert.Empty(GeneratorTest.Diagnostics($"[NeuralNetwork(2)] [Dense(3)] [{optimizer}] partial class Net {{ }}"));

    [Fact]
    public Task ClippingInTwoWays_IsReportedOnOne() =>
        GeneratorTest.Expect(
            DiagnosticIds.ClippingTwice,
            "Adam: gradients may be clipped by norm or by value, but ClipNorm is 1 and ClipValue is 0.5",
            "[NeuralNetwork(2)] [Dense(3)] [Adam(ClipNorm = 1, [|ClipValue = 0.5|])] partial class Net { }");

    [Fact]
    public Task WeightDecayOfALayerWithoutOptimizer_IsIgnoredAloud() =>
        GeneratorTest.Expect(
            DiagnosticIds.LayerDecayIgnored,
            "Dense(3): WeightDecay is ignored, because 'Net' has no optimizer",
            "[NeuralNetwork(2)] [Dense(3, [|WeightDecay = 0.1|])] partial class Net { }",
            severity: DiagnosticSeverity.Warning);

    [Fact]
    public Task WeightDecayOfALayer_IsInRange() =>
        GeneratorTest.Expect(
            DiagnosticIds.OptimizerParameterOutOfRange,
            "Dense(3): WeightDecay must be a finite number of at least 0, but -1 was given",
            "[NeuralNetwork(2)] [Dense(3, [|WeightDecay = -1|])] [Sgd] partial class Net { }");
}
