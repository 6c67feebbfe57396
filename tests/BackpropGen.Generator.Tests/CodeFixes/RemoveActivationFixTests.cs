using BackpropGen.Generator.CodeFixes;

namespace BackpropGen.Generator.Tests.CodeFixes;

public sealed class RemoveActivationFixTests
{
    [Theory]
    [InlineData("SoftmaxCrossEntropy", "Dense(3, {|BPG4001:Activation.Softmax|})", "Dense(3)")]
    [InlineData("SoftmaxCrossEntropy", "Dense(3, {|BPG4001:activation: Activation.LogSoftmax|}, Bias = false)", "Dense(3, Bias = false)")]
    [InlineData("BinaryCrossEntropyWithLogits", "Dense(3, {|BPG4002:Activation.Sigmoid|})", "Dense(3)")]
    [InlineData("SoftmaxCrossEntropy", "Dense(3, {|BPG4021:Activation.Relu|})", "Dense(3)")]
    public Task TheActivationOfADenseLayer_Goes(string loss, string before, string after) =>
        CodeFixTest<RemoveActivationFix>.Expect(
            $"[NeuralNetwork(2, Loss = Loss.{loss})] [{before}] partial class Net {{ }}",
            $"[NeuralNetwork(2, Loss = Loss.{loss})] [{after}] partial class Net {{ }}");

    [Fact]
    public Task AnActivationLayer_GoesWithItsLine() =>
        CodeFixTest<RemoveActivationFix>.Expect(
            """
            [NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy)]
            [Dense(3)]
            [Activation({|BPG4001:Activation.Softmax|})]
            partial class Net { }
            """,
            """
            [NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy)]
            [Dense(3)]
            partial class Net { }
            """,
            "Remove 'Activation.Softmax'");

    [Fact]
    public Task AnActivationLayerInAList_LeavesTheList() =>
        CodeFixTest<RemoveActivationFix>.Expect(
            "[NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy), Dense(3), Activation({|BPG4001:Activation.Softmax|}), Sgd] partial class Net { }",
            "[NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy), Dense(3), Sgd] partial class Net { }");

    /// <summary>The comment speaks of what comes after it as well.</summary>
    [Fact]
    public Task CommentsBeforeTheLayer_Stay() =>
        CodeFixTest<RemoveActivationFix>.Expect(
            """
            [NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy)]
            [Dense(3)]
            // The end.
            [Activation({|BPG4001:Activation.Softmax|})]
            [Sgd]
            partial class Net { }
            """,
            """
            [NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy)]
            [Dense(3)]
            // The end.
            [Sgd]
            partial class Net { }
            """);

    [Fact]
    public Task AllNetworks_AreFixedTogether() =>
        CodeFixTest<RemoveActivationFix>.Expect(
            """
            [NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy)] [Dense(3, {|BPG4001:Activation.Softmax|})] partial class First { }
            [NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy)] [Dense(4, {|BPG4001:Activation.Softmax|})] partial class Second { }
            """,
            """
            [NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy)] [Dense(3)] partial class First { }
            [NeuralNetwork(2, Loss = Loss.SoftmaxCrossEntropy)] [Dense(4)] partial class Second { }
            """);
}
