using BackpropGen.Generator.CodeFixes;

namespace BackpropGen.Generator.Tests.CodeFixes;

public sealed class AddOptimizerFixTests
{
    private const string Use = """

        static class Program
        {
            static float Step(Net net, float[] x) => net.TrainStep(x, x);
        }
        """;

    private static readonly string MarkedUse = Use.Replace("TrainStep", "{|CS1061:TrainStep|}", StringComparison.Ordinal);

    [Fact]
    public Task WhoTrains_IsOfferedAnOptimizer() =>
        CodeFixTest<AddOptimizerFix>.Expect(
            $$"""
            [NeuralNetwork(2)]
            [Dense(2)]
            public partial class Net { }
            {{MarkedUse}}
            """,
            $$"""
            [NeuralNetwork(2)]
            [Dense(2)]
            [Adam]
            public partial class Net { }
            {{Use}}
            """,
            "Add [Adam] to 'Net'");

    [Fact]
    public Task TheNetwork_MayStandInAnotherFile() =>
        CodeFixTest<AddOptimizerFix>.Expect(
            [MarkedUse, "[global::BackpropGen.NeuralNetwork(2)] [Dense(2)] public partial class Net { }"],
            [Use, "[global::BackpropGen.NeuralNetwork(2)] [Dense(2)] [global::BackpropGen.Adam] public partial class Net { }"]);

    [Fact]
    public Task WeightDecayOfALayer_IsOfferedAnOptimizer() =>
        CodeFixTest<AddOptimizerFix>.Expect(
            "[NeuralNetwork(2)] [Dense(2, {|BPG4018:WeightDecay = 0.1|})] public partial class Net { }",
            "[NeuralNetwork(2)] [Dense(2, WeightDecay = 0.1)] [Adam] public partial class Net { }");

    [Theory]
    [InlineData("[NeuralNetwork(2)] [Dense(2)] public partial class Net { }", "Train")]
    [InlineData("[NeuralNetwork(2)] [Dense(2)] [Sgd] public partial class Net { }", "Train")]
    [InlineData("public partial class Net { }", "TrainStep")]
    public Task Others_AreNot(string network, string member) =>
        CodeFixTest<AddOptimizerFix>.ExpectNone(
            $"{network} {Use.Replace("TrainStep", $"{{|CS1061:{member}|}}", StringComparison.Ordinal)}");
}
