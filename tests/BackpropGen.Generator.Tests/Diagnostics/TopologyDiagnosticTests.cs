using System.Globalization;
using BackpropGen.Generator.Diagnostics;

namespace BackpropGen.Generator.Tests.Diagnostics;

/// <summary>BPG1xxx: topology and shapes.</summary>
public sealed class TopologyDiagnosticTests
{
    [Fact]
    public Task NetworkNeedsLayers() =>
        GeneratorTest.Expect(
            DiagnosticIds.NoLayers,
            "NeuralNetwork(2): a network needs 1 to 1,000 layers, but 0 were given",
            "[[|NeuralNetwork(2)|]] [Sgd] partial class Net { }");

    [Theory]
    [InlineData("[Activation(Activation.Relu)]", 1)]
    [InlineData("[Activation(Activation.Relu)] [Activation(Activation.Tanh)] [Sgd]", 2)]
    public Task ActivationsAlone_HaveNothingToLearn(string layers, int count) =>
        GeneratorTest.Expect(
            DiagnosticIds.NothingToLearn,
            $"NeuralNetwork(2): a network needs at least 1 layer with weights, but its {count} layers are all activations",
            $"[[|NeuralNetwork(2)|]] {layers} partial class Net {{ }}");

    [Theory]
    [InlineData("0", "0", "0")]
    [InlineData("-7", "-7", "-7")]
    [InlineData("65_537", "65537", "65,537")]
    [InlineData("inputs: 100000", "100000", "100,000")]
    public Task InputsOutOfRange_AreGivenWithTheRange(string argument, string subject, string count) =>
        GeneratorTest.Expect(
            DiagnosticIds.InputsOutOfRange,
            $"NeuralNetwork({subject}): a network needs 1 to 65,536 inputs, but {count} were given",
            $"[NeuralNetwork([|{argument}|])] [Dense(3)] partial class Net {{ }}");

    [Theory]
    [InlineData("0", "0", "0")]
    [InlineData("-1", "-1", "-1")]
    [InlineData("1 << 20", "1048576", "1,048,576")]
    [InlineData("units: 65_537", "65537", "65,537")]
    public Task UnitsOutOfRange_AreGivenWithTheRange(string argument, string subject, string count) =>
        GeneratorTest.Expect(
            DiagnosticIds.UnitsOutOfRange,
            $"Dense({subject}): a layer needs 1 to 65,536 units, but {count} were given",
            $"[NeuralNetwork(2)] [Dense(4)] [Dense([|{argument}|], Activation.Relu, Bias = false)] [Dense(3)] partial class Net {{ }}");

    [Fact]
    public Task ConstantIsUnderlinedWhereItIsUsed() =>
        GeneratorTest.Expect(
            DiagnosticIds.UnitsOutOfRange,
            "Dense(0): a layer needs 1 to 65,536 units, but 0 were given",
            "[NeuralNetwork(2)] [Dense(activation: Activation.Relu, units: 1)] [Dense([|Net.Units|])] partial class Net { private const int Units = 0; }");

    [Theory]
    [InlineData(1)]
    [InlineData(65_536)]
    public void WidthsAtTheLimits_AreFine(int width) =>
        Assert.Empty(GeneratorTest.Diagnostics($"[NeuralNetwork({width})] [Dense(1)] [Dense({width})] partial class Net {{ }}"));

    [Fact]
    public Task TooManyLayers_AreCounted() =>
        GeneratorTest.Expect(
            DiagnosticIds.TooManyLayers,
            "NeuralNetwork(2): a network may have up to 1,000 layers, but 1,001 were given",
            $"[[|NeuralNetwork(2)|]] {string.Concat(Enumerable.Repeat("[Dense(1)]", 1001))} partial class Net {{ }}");

    [Fact]
    public Task TooManyParameters_AreCounted() =>
        GeneratorTest.Expect(
            DiagnosticIds.TooManyParameters,
            "NeuralNetwork(65536): a network may have up to 500,000,000 parameters, but its layers have 8,590,000,128",
            "[[|NeuralNetwork(65_536)|]] [Dense(65_536)] [Dense(65_536, Bias = false)] partial class Net { }");

    [Theory]
    [InlineData(7_628, true)]
    [InlineData(7_629, true)]
    [InlineData(7_630, false)]
    public void ParameterLimit_IsHalfABillion(int units, bool isValid)
    {
        // 65,536 · 7,629 + 7,629 = 499,981,773
        string source = $"[NeuralNetwork(65_536)] [Dense({units.ToString(CultureInfo.InvariantCulture)})] partial class Net {{ }}";

        Assert.Equal(isValid, GeneratorTest.Diagnostics(source).IsEmpty);
    }

    [Fact]
    public Task LayersOfSeveralDeclarations_HaveNoOrder() =>
        GeneratorTest.Expect(
            DiagnosticIds.LayersInSeveralDeclarations,
            "Dense(3): all layers of 'Net' must stand in 1 declaration, because their order is undefined across the 2 that have some",
            """
            [NeuralNetwork(2)]
            [Dense(4)]
            partial class Net { }

            [[|Dense(3)|]]
            [Dense(1)]
            partial class Net { }
            """);

    [Fact]
    public void AttributesOfTheNetwork_MayStandInSeveralDeclarations() =>
        Assert.Empty(GeneratorTest.Diagnostics(
            ["[NeuralNetwork(2)] partial class Net { }", "[Dense(4), Dense(3)] partial class Net { }", "[Sgd] partial class Net { }"]));

    [Theory]
    [InlineData("hidden layer")]
    [InlineData("1st")]
    [InlineData("")]
    [InlineData("class")]
    [InlineData("@class")]
    [InlineData("Hidden-1")]
    public Task LayerName_MustBeAnIdentifier(string name) =>
        GeneratorTest.Expect(
            DiagnosticIds.InvalidLayerName,
            $"Dense(3): the name of a layer must be a C# identifier and no keyword, but it is \"{name}\"",
            $$"""[NeuralNetwork(2)] [Dense(3, [|Name = "{{name}}"|])] partial class Net { }""");

    [Theory]
    [InlineData("""[Dense(3, Name = "Hidden")] [Dense(3)] [Dense(4, [|Name = "Hidden"|])]""", "Hidden", 1, 3)]
    [InlineData("""[Dense(3, Name = "Hidden")] [Dense(4, [|Name = "hidden"|])]""", "hidden", 1, 2)]
    [InlineData("""[Dense(4, [|Name = "Dense2"|])] [Dense(3)]""", "Dense2", 1, 2)]
    [InlineData("""[Dense(3)] [Dense(4, [|Name = "Dense1"|])]""", "Dense1", 1, 2)]
    public Task LayerName_MustBeUnique(string layers, string name, int first, int second) =>
        GeneratorTest.Expect(
            DiagnosticIds.DuplicateLayerName,
            $"Dense(4): layers {first} and {second} are both named '{name}', if upper and lower case of the first letter are the same",
            $"[NeuralNetwork(2)] {layers} partial class Net {{ }}");

    [Theory]
    [InlineData("Predict")]
    [InlineData("Gradients")]
    [InlineData("LearningRate")]
    [InlineData("ToString")]
    [InlineData("MemberwiseClone")]
    [InlineData("Net")]
    [InlineData("Speed")]
    [InlineData("Dense2Forward")]
    [InlineData("Span")]
    [InlineData("Drive")]
    public Task LayerName_MustBeFree(string name) =>
        GeneratorTest.Expect(
            DiagnosticIds.LayerNameCollision,
            $"Dense(3): the layer cannot be named '{name}', because 'Net' or the code generated for it needs that name for something else",
            $$"""
            class Vehicle { protected void Drive() { } }

            [NeuralNetwork(2)]
            [Dense(3, [|Name = "{{name}}"|])]
            [Dense(4)]
            [Sgd]
            partial class Net : Vehicle { public int Speed { get; set; } }
            """);

    [Theory]
    [InlineData("[Dense(1, [|Activation.Softmax|])]", "Dense(1)", "Softmax")]
    [InlineData("[Dense(1)] [Activation([|Activation.LogSoftmax|])]", "Activation(LogSoftmax)", "LogSoftmax")]
    [InlineData("[Dense(1, [|activation: Activation.Softmax|])] [Dense(3)]", "Dense(1)", "Softmax")]
    public Task SoftmaxOverOneUnit_IsConstant(string layers, string subject, string activation) =>
        GeneratorTest.Expect(
            DiagnosticIds.SoftmaxOverOneUnit,
            $"{subject}: {activation} needs at least 2 units, but has 1, over which it is constant",
            $"[NeuralNetwork(2)] {layers} partial class Net {{ }}");

    [Theory]
    [InlineData("[NeuralNetwork(2, [|Loss = (Loss)99|])] [Dense(3)]", "NeuralNetwork(2)", "Loss", 13, 99)]
    [InlineData("[NeuralNetwork(2, [|Reduction = (Reduction)3|])] [Dense(3)]", "NeuralNetwork(2)", "Reduction", 2, 3)]
    [InlineData("[NeuralNetwork(2, [|Precision = (Precision)(-1)|])] [Dense(3)]", "NeuralNetwork(2)", "Precision", 1, -1)]
    [InlineData("[NeuralNetwork(2)] [Dense(3, [|(Activation)50|])]", "Dense(3)", "Activation", 18, 50)]
    [InlineData("[NeuralNetwork(2)] [Dense(3, [|Initializer = (Initializer)9|])]", "Dense(3)", "Initializer", 8, 9)]
    [InlineData("[NeuralNetwork(2)] [Activation([|(Activation)19|])] [Dense(3)]", "Activation(19)", "Activation", 18, 19)]
    public Task UndefinedEnumValues_AreRefused(string attributes, string subject, string name, int last, int given) =>
        GeneratorTest.Expect(
            DiagnosticIds.UndefinedEnumValue,
            $"{subject}: {name} has members from 0 to {last}, but {given} was given",
            $"{attributes} partial class Net {{ }}");

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-2", "-2")]
    [InlineData("1025", "1,025")]
    public Task ParallelismOutOfRange_IsGivenWithTheRange(string argument, string count) =>
        GeneratorTest.Expect(
            DiagnosticIds.ParallelismOutOfRange,
            $"NeuralNetwork(2): Parallelism must be 1 to 1,024 threads, but {count} was given",
            $"[NeuralNetwork(2, [|Parallelism = {argument}|])] [Dense(3)] partial class Net {{ }}");

    [Theory]
    [InlineData(1)]
    [InlineData(1024)]
    public void ParallelismAtTheLimits_IsFine(int threads) =>
        Assert.Empty(GeneratorTest.Diagnostics($"[NeuralNetwork(64, Parallelism = {threads})] [Dense(64)] partial class Net {{ }}"));
}
