using BackpropGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Tests.Diagnostics;

/// <summary>BPG4xxx: the loss and what the last layer gives it.</summary>
public sealed class LossDiagnosticTests
{
    [Theory]
    [InlineData("[Dense(3, [|Activation.Softmax|])]", "Dense(3)", "Softmax")]
    [InlineData("[Dense(3)] [Activation([|Activation.LogSoftmax|])]", "Activation(LogSoftmax)", "LogSoftmax")]
    [InlineData("[Dense(3, [|Activation.Softmax|])] [Activation(Activation.Identity)]", "Dense(3)", "Softmax")]
    public Task SoftmaxBeforeItsLoss_WouldBeTwice(string layers, string subject, string activation) =>
        GeneratorTest.Expect(
            DiagnosticIds.SoftmaxTwice,
            $"{subject}: the loss SoftmaxCrossEntropy already contains softmax, so the last layer must give logits and not {activation}",
            $"[NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy)] {layers} partial class Net {{ }}");

    [Theory]
    [InlineData("Sigmoid")]
    [InlineData("HardSigmoid")]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    public Task SigmoidBeforeItsLoss_WouldBeTwice(string activation) =>
        GeneratorTest.Expect(
            DiagnosticIds.SigmoidTwice,
            $"Dense(3): the loss BinaryCrossEntropyWithLogits already contains the sigmoid, so the last layer must give logits and not {activation}",
            $"[NeuralNetwork(2, Loss = Loss.BinaryCrossEntropyWithLogits)] [Dense(3, [|Activation.{activation}|])] partial class Net {{ }}");

    [Theory]
    [InlineData("BinaryCrossEntropy", "Softmax", "Sigmoid or HardSigmoid")]
    [InlineData("BinaryCrossEntropy", "Identity", "Sigmoid or HardSigmoid")]
    [InlineData("CrossEntropy", "Relu", "Softmax")]
    [InlineData("CrossEntropy", "LogSoftmax", "Softmax")]
    [InlineData("NegativeLogLikelihood", "Softmax", "LogSoftmax")]
    [InlineData("KullbackLeiblerDivergence", "Softmax", "LogSoftmax")]
    public Task OutputActivation_MustSuitTheLoss(string loss, string activation, string needed) =>
        GeneratorTest.Expect(
            DiagnosticIds.OutputActivationMismatch,
            $"Dense(3): the loss {loss} needs a last layer that ends with {needed}, but it ends with {activation}",
            $"[NeuralNetwork(2, Loss = Loss.{loss})] [Dense(4, Activation.Softmax)] [Dense(3, [|Activation.{activation}|])] partial class Net {{ }}");

    [Fact]
    public Task MissingOutputActivation_UnderlinesTheLayer() =>
        GeneratorTest.Expect(
            DiagnosticIds.OutputActivationMismatch,
            "Dense(3): the loss CrossEntropy needs a last layer that ends with Softmax, but it ends with Identity",
            "[NeuralNetwork(2, Loss = Loss.CrossEntropy)] [[|Dense(3)|]] partial class Net { }");

    [Theory]
    [InlineData("SoftmaxCrossEntropy", "Identity")]
    [InlineData("BinaryCrossEntropyWithLogits", "Identity")]
    [InlineData("BinaryCrossEntropy", "Sigmoid")]
    [InlineData("BinaryCrossEntropy", "HardSigmoid")]
    [InlineData("CrossEntropy", "Softmax")]
    [InlineData("NegativeLogLikelihood", "LogSoftmax")]
    [InlineData("KullbackLeiblerDivergence", "LogSoftmax")]
    [InlineData("MultiMargin", "Tanh")]
    [InlineData("PoissonNegativeLogLikelihood", "Identity")]
    [InlineData("MeanSquaredError", "Softmax")]
    public void SuitableOutputs_AreFine(string loss, string activation)
    {
        Assert.Empty(GeneratorTest.Diagnostics(
            $"[NeuralNetwork(2, Loss = Loss.{loss})] [Dense(3, Activation.{activation})] partial class Net {{ }}"));
        Assert.Empty(GeneratorTest.Diagnostics(
            $"[NeuralNetwork(2, Loss = Loss.{loss})] [Dense(3)] [Activation(Activation.{activation})] partial class Net {{ }}"));
    }

    [Theory]
    [InlineData("SoftmaxCrossEntropy")]
    [InlineData("MultiMargin")]
    public Task LossOverClasses_NeedsTwo(string loss) =>
        GeneratorTest.Expect(
            DiagnosticIds.OneClass,
            $"Dense(1): the loss {loss} needs at least 2 outputs, one per class, but the network has 1",
            $"[NeuralNetwork(2, Loss = Loss.{loss})] [Dense([|1|])] [Activation(Activation.Identity)] partial class Net {{ }}");

    [Theory]
    [InlineData("CrossEntropy", "Softmax")]
    [InlineData("NegativeLogLikelihood", "LogSoftmax")]
    public void LossOverOneProbability_IsWrongTwice(string loss, string activation)
    {
        string source = $"[NeuralNetwork(2, Loss = Loss.{loss})] [Dense(1, Activation.{activation})] partial class Net {{ }}";

        Assert.Equal(
            [DiagnosticIds.OneClass, DiagnosticIds.SoftmaxOverOneUnit],
            GeneratorTest.Diagnostics(source).Select(found => found.Id));
    }

    [Theory]
    [InlineData("SoftmaxCrossEntropy", "ClassWeights = new double[] { 1, 2 }", "ClassWeights", 2)]
    [InlineData("SoftmaxCrossEntropy", "ClassWeights = new double[0]", "ClassWeights", 0)]
    [InlineData("BinaryCrossEntropyWithLogits", "PositiveWeights = new[] { 1.0, 2, 3, 4 }", "PositiveWeights", 4)]
    public Task Weights_AreOnePerOutput(string loss, string argument, string property, int count) =>
        GeneratorTest.Expect(
            DiagnosticIds.WeightCountMismatch,
            $"NeuralNetwork(2): {property} needs 3 weights, one per output, but {count} were given",
            $"[NeuralNetwork(2, Loss = Loss.{loss}, [|{argument}|])] [Dense(3)] partial class Net {{ }}");

    [Theory]
    [InlineData("{ 1, -0.5, 1 }", "weight 2 is -0.5")]
    [InlineData("{ 1, 1, double.NaN }", "weight 3 is NaN")]
    [InlineData("{ double.PositiveInfinity, 1, 1 }", "weight 1 is Infinity")]
    [InlineData("{ 0, 0, 0 }", "all 3 are 0")]
    [InlineData("{ 1E-60, 0, 0 }", "all 3 are 0")]
    public Task Weights_AreInRange(string weights, string objection) =>
        GeneratorTest.Expect(
            DiagnosticIds.WeightOutOfRange,
            $"NeuralNetwork(2): ClassWeights needs finite weights of at least 0 and one above 0, but {objection}",
            $"[NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy, [|ClassWeights = new double[] {weights}|])] [Dense(3)] partial class Net {{ }}");

    [Theory]
    [InlineData("MeanSquaredError", "ClassWeights = new double[] { 1, 2, 3 }", "ClassWeights belongs to SoftmaxCrossEntropy and NegativeLogLikelihood")]
    [InlineData("MultiMargin", "ClassWeights = new double[] { 1 }", "ClassWeights belongs to SoftmaxCrossEntropy and NegativeLogLikelihood")]
    [InlineData("SoftmaxCrossEntropy", "PositiveWeights = new double[] { 1, 2, 3 }", "PositiveWeights belongs to BinaryCrossEntropyWithLogits")]
    public Task Weights_MustSuitTheLoss(string loss, string argument, string fact) =>
        GeneratorTest.Expect(
            DiagnosticIds.WeightsNotTaken,
            $"NeuralNetwork(2): {fact}, but the loss is {loss}",
            $"[NeuralNetwork(2, Loss = Loss.{loss}, [|{argument}|])] [Dense(3)] partial class Net {{ }}");

    [Theory]
    [InlineData("SoftmaxCrossEntropy", "Identity", "ClassWeights = new double[] { 1, 0, 3 }")]
    [InlineData("SoftmaxCrossEntropy", "Identity", "ClassWeights = null, PositiveWeights = null")]
    [InlineData("NegativeLogLikelihood", "LogSoftmax", "ClassWeights = new double[] { 1, 2, 3 }")]
    [InlineData("BinaryCrossEntropyWithLogits", "Identity", "PositiveWeights = new double[] { 1, 2, 3 }")]
    [InlineData("MeanSquaredError", "Identity", "LabelSmoothing = 0")]
    [InlineData("SoftmaxCrossEntropy", "Identity", "LabelSmoothing = 0.999")]
    public void WeightsAndSmoothing_AreFineWhereTheyBelong(string loss, string activation, string arguments) =>
        Assert.Empty(GeneratorTest.Diagnostics(
            $"[NeuralNetwork(2, Loss = Loss.{loss}, {arguments})] [Dense(3, Activation.{activation})] partial class Net {{ }}"));

    [Theory]
    [InlineData("1", "1")]
    [InlineData("-0.1", "-0.1")]
    [InlineData("double.NaN", "NaN")]
    [InlineData("0.99999999999", "0.99999999999, which is 1 as a float,")]
    public Task LabelSmoothing_IsInRange(string value, string given) =>
        GeneratorTest.Expect(
            DiagnosticIds.LabelSmoothingOutOfRange,
            $"NeuralNetwork(2): LabelSmoothing must be at least 0 and below 1, but {given} was given",
            $"[NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy, [|LabelSmoothing = {value}|])] [Dense(3)] partial class Net {{ }}");

    [Fact]
    public Task LabelSmoothing_MustSuitTheLoss() =>
        GeneratorTest.Expect(
            DiagnosticIds.LabelSmoothingNotTaken,
            "NeuralNetwork(2): LabelSmoothing belongs to SoftmaxCrossEntropy, but the loss is MultiMargin",
            "[NeuralNetwork(2, Loss = Loss.MultiMargin, [|LabelSmoothing = 0.1|])] [Dense(3)] partial class Net { }");

    [Theory]
    [InlineData("Huber", "Delta", "0", "a finite number above 0", "0")]
    [InlineData("Huber", "Delta", "double.PositiveInfinity", "a finite number above 0", "Infinity")]
    [InlineData("Huber", "Delta", "1E-50", "a finite number above 0", "1E-50, which is 0 as a float,")]
    [InlineData("SmoothL1", "Beta", "-2", "a finite number above 0", "-2")]
    [InlineData("Quantile", "Quantile", "0", "above 0 and below 1", "0")]
    [InlineData("Quantile", "Quantile", "1.5", "above 0 and below 1", "1.5")]
    [InlineData("MultiMargin", "Margin", "0", "a finite number above 0", "0")]
    [InlineData("MultiMargin", "MarginPower", "3", "1 or 2", "3")]
    [InlineData("MultiMargin", "MarginPower", "0", "1 or 2", "0")]
    public Task LossParameter_IsInRange(string loss, string property, string value, string range, string given) =>
        GeneratorTest.Expect(
            DiagnosticIds.LossParameterOutOfRange,
            $"NeuralNetwork(2): {property} must be {range}, but {given} was given",
            $"[NeuralNetwork(2, Loss = Loss.{loss}, [|{property} = {value}|])] [Dense(3)] partial class Net {{ }}");

    [Fact]
    public void DoubleNetwork_TakesWhatAFloatCannotHold() =>
        Assert.Empty(GeneratorTest.Diagnostics(
            "[NeuralNetwork(2, Loss = Loss.Huber, Delta = 1E-50, Precision = Precision.Double)] [Dense(3)] partial class Net { }"));

    [Theory]
    [InlineData("MeanSquaredError", "Delta = 2", "Delta", "Huber")]
    [InlineData("Huber", "Beta = 1", "Beta", "SmoothL1")]
    [InlineData("LogCosh", "Quantile = -1", "Quantile", "Quantile")]
    [InlineData("SmoothL1", "Margin = 1", "Margin", "MultiMargin")]
    [InlineData("SmoothL1", "MarginPower = 7", "MarginPower", "MultiMargin")]
    public Task LossParameter_IsIgnoredByOtherLosses(string loss, string argument, string property, string owner) =>
        GeneratorTest.Expect(
            DiagnosticIds.LossParameterIgnored,
            $"NeuralNetwork(2): {property} belongs to {owner} and is ignored, because the loss is {loss}",
            $"[NeuralNetwork(2, Loss = Loss.{loss}, [|{argument}|])] [Dense(3)] partial class Net {{ }}",
            severity: DiagnosticSeverity.Warning);
}
