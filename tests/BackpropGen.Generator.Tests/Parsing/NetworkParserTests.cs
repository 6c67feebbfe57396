using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Tests.Parsing;

/// <summary>From attributes to specs.</summary>
public sealed class NetworkParserTests
{
    [Fact]
    public void Digits_AreReadInOrder()
    {
        NetworkSpec spec = GeneratorTest.Spec("""
            namespace Games;
            [NeuralNetwork(784, Loss = Loss.SoftmaxCrossEntropy)]
            [Dense(128, Activation.Relu)]
            [Dense(64, Activation.Sigmoid, Bias = false, Initializer = Initializer.Orthogonal)]
            [Activation(Activation.Tanh)]
            [Dense(10)]
            [Adam(LearningRate = 1e-3)]
            public sealed partial class DigitNet { }
            """);

        Assert.Equal(
            new NetworkSpec(
                new HostSpec("Games", new EquatableArray<string>([]), "DigitNet", "Games.DigitNet", DeclaresConstructor: false),
                784,
                new EquatableArray<LayerSpec>(
                [
                    new DenseSpec("Dense1", 128, new ActivationSpec(Activation.Relu)),
                    new DenseSpec("Dense2", 64, new ActivationSpec(Activation.Sigmoid), Bias: false, Initializer.Orthogonal),
                    new ActivationLayerSpec("Activation1", new ActivationSpec(Activation.Tanh)),
                    new DenseSpec("Dense3", 10, new ActivationSpec(Activation.Identity)),
                ]),
                new LossSpec(Loss.SoftmaxCrossEntropy),
                new AdamSpec(1e-3)),
            spec);
    }
}
