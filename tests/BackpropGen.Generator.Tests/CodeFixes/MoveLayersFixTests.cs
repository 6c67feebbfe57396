using BackpropGen.Generator.CodeFixes;

namespace BackpropGen.Generator.Tests.CodeFixes;

public sealed class MoveLayersFixTests
{
    private const string Title = "Move all layers to the declaration with [NeuralNetwork]";

    [Fact]
    public Task LayersOfOneFile_AreGathered() =>
        CodeFixTest<MoveLayersFix>.Expect(
            """
            /// <summary>A network.</summary>
            [NeuralNetwork(2)]
            [Dense(4, Activation.Tanh)] // the hidden layer
            [Sgd]
            partial class Net { }

            [{|BPG1006:Dense(3)|}]
            [Dense(1, Bias = false)]
            partial class Net { }
            """,
            """
            /// <summary>A network.</summary>
            [NeuralNetwork(2)]
            [Dense(4, Activation.Tanh)] // the hidden layer
            [Dense(3)]
            [Dense(1, Bias = false)]
            [Sgd]
            partial class Net { }

            partial class Net { }
            """,
            Title);

    [Fact]
    public Task LayersOfOtherFiles_AreGathered() =>
        CodeFixTest<MoveLayersFix>.Expect(
            [
                """
                namespace Games
                {
                    [NeuralNetwork(2)]
                    partial class Net { }
                }
                """,
                """
                namespace Games
                {
                    [Dense(4), System.Obsolete]
                    partial class Net { }
                }
                """,
                """
                namespace Games
                {
                    /// <summary>A network.</summary>
                    [{|BPG1006:Activation(Activation.Tanh)|}] [Dense(1)]
                    partial class Net { }
                }
                """,
            ],
            [
                """
                namespace Games
                {
                    [NeuralNetwork(2)]
                    [Dense(4)]
                    [Activation(Activation.Tanh)]
                    [Dense(1)]
                    partial class Net { }
                }
                """,
                """
                namespace Games
                {
                    [System.Obsolete]
                    partial class Net { }
                }
                """,
                """
                namespace Games
                {
                    /// <summary>A network.</summary>
                    partial class Net { }
                }
                """,
            ],
            Title);
}
