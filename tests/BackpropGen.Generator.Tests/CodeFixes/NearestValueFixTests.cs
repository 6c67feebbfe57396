using BackpropGen.Generator.CodeFixes;

namespace BackpropGen.Generator.Tests.CodeFixes;

public sealed class NearestValueFixTests
{
    [Theory]
    [InlineData("NeuralNetwork({|BPG1002:0|})", "NeuralNetwork(1)")]
    [InlineData("NeuralNetwork({|BPG1002:inputs: 1 << 20|})", "NeuralNetwork(inputs: 65536)")]
    [InlineData("NeuralNetwork(64, {|BPG1012:Parallelism = 0|})", "NeuralNetwork(64, Parallelism = 1)")]
    [InlineData("NeuralNetwork(2, Loss = Loss.Huber, {|BPG4010:Delta = -3|})", "NeuralNetwork(2, Loss = Loss.Huber, Delta = 1)")]
    [InlineData("NeuralNetwork(2, Loss = Loss.Quantile, {|BPG4010:Quantile = 1|})", "NeuralNetwork(2, Loss = Loss.Quantile, Quantile = 0.99)")]
    [InlineData("NeuralNetwork(2, Loss = Loss.Quantile, {|BPG4010:Quantile = 0|})", "NeuralNetwork(2, Loss = Loss.Quantile, Quantile = 0.01)")]
    [InlineData("NeuralNetwork(2, Loss = Loss.MultiMargin, {|BPG4010:MarginPower = 3|})", "NeuralNetwork(2, Loss = Loss.MultiMargin, MarginPower = 2)")]
    [InlineData(
        "NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy, {|BPG4008:LabelSmoothing = -0.1|})",
        "NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy, LabelSmoothing = 0)")]
    public Task OfTheNetwork(string before, string after) =>
        CodeFixTest<NearestValueFix>.Expect($"[{before}] [Dense(3)] partial class Net {{ }}", $"[{after}] [Dense(3)] partial class Net {{ }}");

    [Theory]
    [InlineData("Dense({|BPG1003:-7|}, Bias = false)", "Dense(1, Bias = false)")]
    [InlineData("Dense({|BPG1003:100_000|})", "Dense(65536)")]
    [InlineData("Dense(3, Activation.LeakyRelu, {|BPG4012:Alpha = -1|})", "Dense(3, Activation.LeakyRelu, Alpha = 0)")]
    [InlineData("Dense(3, Activation.LeakyRelu, {|BPG4012:Alpha = double.NaN|})", "Dense(3, Activation.LeakyRelu, Alpha = 0.01)")]
    [InlineData("Dense(3, {|BPG4015:WeightDecay = -1|})", "Dense(3, WeightDecay = 0)")]
    [InlineData("Dense(3), Sgd({|BPG4015:LearningRate = 0|})", "Dense(3), Sgd(LearningRate = 0.01)")]
    [InlineData("Dense(3), Sgd({|BPG4015:LearningRate = 1e-60|})", "Dense(3), Sgd(LearningRate = 0.01)")]
    [InlineData("Dense(3), Sgd({|BPG4015:Momentum = 1|})", "Dense(3), Sgd(Momentum = 0.99)")]
    [InlineData("Dense(3), Sgd({|BPG4015:Momentum = -1|})", "Dense(3), Sgd(Momentum = 0)")]
    [InlineData("Dense(3), Sgd(Momentum = 0.5, {|BPG4015:Dampening = 7|})", "Dense(3), Sgd(Momentum = 0.5, Dampening = 1)")]
    [InlineData("Dense(3), Adam({|BPG4015:Epsilon = 0|})", "Dense(3), Adam(Epsilon = 1E-08)")]
    [InlineData("Dense(3), Adam({|BPG4015:Beta2 = double.NaN|})", "Dense(3), Adam(Beta2 = 0.999)")]
    [InlineData("Dense(3), Adam({|BPG4015:WeightDecay = double.PositiveInfinity|})", "Dense(3), Adam(WeightDecay = 0)")]
    public Task OfLayersAndOptimizers(string before, string after)
    {
        // The decay of a layer has an optimizer to act in.
        string optimizer = before.StartsWith("Dense(3, {|BPG4015", StringComparison.Ordinal) ? "[Sgd]" : string.Empty;
        return CodeFixTest<NearestValueFix>.Expect(
            $"[NeuralNetwork(2)] [{before}] {optimizer} partial class Net {{ }}", $"[NeuralNetwork(2)] [{after}] {optimizer} partial class Net {{ }}");
    }

    [Fact]
    public Task ABudget_GrowsToWhatIsNeeded() =>
        CodeFixTest<NearestValueFix>.Expect(
            "[NeuralNetwork(16)] [Dense(16)] [MemoryBudget({|BPG3001:1000|})] partial class Net { }",
            "[NeuralNetwork(16)] [Dense(16)] [MemoryBudget(3200)] partial class Net { }",
            "Change '1000' to 3200");

    [Fact]
    public Task AllValues_AreFixedTogether() =>
        CodeFixTest<NearestValueFix>.Expect(
            "[NeuralNetwork(2)] [Dense({|BPG1003:0|})] [Dense({|BPG1003:-1|})] [Dense(1)] partial class Net { }",
            "[NeuralNetwork(2)] [Dense(1)] [Dense(1)] [Dense(1)] partial class Net { }");
}
