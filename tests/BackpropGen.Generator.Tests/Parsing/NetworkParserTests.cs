extern alias runtime;

using System.Reflection;
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

    [Fact]
    public void EveryPropertyOfTheNetwork_IsRead()
    {
        NetworkSpec spec = GeneratorTest.Spec("""
            #pragma warning disable BPG4025 // it is the spec that matters, not the threads
            [NeuralNetwork(
                inputs: 2,
                Loss = Loss.SoftmaxCrossEntropy,
                Reduction = Reduction.WeightedMean,
                Precision = Precision.Double,
                LabelSmoothing = 0.25,
                ClassWeights = new[] { 1, 0.5, 2 },
                InputGradients = false,
                KeepIntermediates = true,
                Parallelism = 6)]
            [Dense(3)]
            partial class Net { }
            """);

        Assert.Equal(
            new LossSpec(
                Loss.SoftmaxCrossEntropy,
                Reduction.WeightedMean,
                LabelSmoothing: 0.25,
                ClassWeights: new EquatableArray<double>([1, 0.5, 2])),
            spec.Loss);
        Assert.Equal(
            (2, Precision.Double, false, true, 6),
            (spec.Inputs, spec.Precision, spec.InputGradients, spec.KeepIntermediates, spec.Parallelism));
        Assert.Null(spec.Optimizer);
    }

    [Theory]
    [InlineData("Loss.Huber", "Delta", 1)]
    [InlineData("Loss.SmoothL1", "Beta", 1)]
    [InlineData("Loss.Quantile", "Quantile", 0.5)]
    [InlineData("Loss.MultiMargin", "Margin", 1)]
    public void LossParameter_ComesFromItsOwnProperty(string loss, string property, double unlessGiven)
    {
        Assert.Equal(unlessGiven, LossOf($"Loss = {loss}").Parameter);
        Assert.Equal(0.75, LossOf($"Loss = {loss}, {property} = 0.75").Parameter);
    }

    [Fact]
    public void OtherLosses_HaveNoParameter()
    {
        Assert.Equal(new LossSpec(Loss.MeanSquaredError), LossOf("Loss = Loss.MeanSquaredError"));
        Assert.Equal(
            new LossSpec(Loss.MultiMargin, Parameter: 2, Power: 2), LossOf("Loss = Loss.MultiMargin, Margin = 2, MarginPower = 2"));
    }

    [Fact]
    public void IgnoredParameters_LeaveNoTraceInTheSpec()
    {
        string ignored = "[NeuralNetwork(2, Delta = 3, MarginPower = 2)] [Dense(3, Activation.Relu, Alpha = 3, Beta = 2)] partial class Net { }";
        string plain = "[NeuralNetwork(2)] [Dense(3, Activation.Relu)] partial class Net { }";

        Assert.Equal(Assert.Single(GeneratorTest.Specs(plain)), Assert.Single(GeneratorTest.Specs(ignored)));
    }

    [Fact]
    public void PositiveWeights_AreRead() =>
        Assert.Equal(
            new EquatableArray<double>([1, 2, 3]),
            LossOf("Loss = Loss.BinaryCrossEntropyWithLogits, PositiveWeights = new double[] { 1, 2, 3 }").PositiveWeights);

    [Theory]
    [InlineData("Activation.LeakyRelu", 0.01)]
    [InlineData("Activation.LeakyRelu, Alpha = 0", 0)]
    [InlineData("Activation.LeakyRelu, Alpha = 0.2", 0.2)]
    [InlineData("Activation.Elu", 1)]
    [InlineData("Activation.Elu, Alpha = 2", 2)]
    [InlineData("Activation.Softplus", 1)]
    [InlineData("Activation.Softplus, Beta = 3", 3)]
    [InlineData("Activation.Selu", 0)]
    public void ActivationParameter_IsTheGivenOneOrTheDefault(string arguments, double expected)
    {
        NetworkSpec spec = GeneratorTest.Spec($"[NeuralNetwork(2)] [Dense(3, {arguments})] [Activation({arguments})] partial class Net {{ }}");

        Assert.All(spec.Layers, layer => Assert.Equal(expected, layer.Activation.Parameter));
    }

    [Fact]
    public void Names_CountPerKindAndCountNamedLayersToo()
    {
        NetworkSpec spec = GeneratorTest.Spec("""
            [NeuralNetwork(2)]
            [Dense(3)]
            [Activation(Activation.Relu)]
            [Dense(4, Name = "hidden")]
            [Activation(Activation.Tanh, Name = "Squash")]
            [Dense(5, Name = null)]
            [Activation(Activation.Relu)]
            partial class Net { }
            """);

        Assert.Equal(["Dense1", "Activation1", "hidden", "Squash", "Dense3", "Activation3"], spec.Layers.Select(layer => layer.Name));
    }

    [Fact]
    public void Layers_FollowTheSourceInWhateverLists()
    {
        NetworkSpec spec = GeneratorTest.Spec("""
            [Dense(3), Adam, Dense(4)]
            [System.Obsolete]
            [NeuralNetwork(2), Dense(5)]
            [Dense(6)]
            partial class Net { }
            """);

        Assert.Equal([3, 4, 5, 6], spec.Layers.Select(layer => layer.OutputsFor(0)));
    }

    /// <summary>The attributes of optimizers.</summary>
    public static TheoryData<string> Optimizers =>
        [.. OptimizerTypes.Select(type => type.Name[..^nameof(Attribute).Length])];

    private static IEnumerable<Type> OptimizerTypes => typeof(runtime::BackpropGen.OptimizerAttribute).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(runtime::BackpropGen.OptimizerAttribute)));

    /// <summary>The properties of a spec have the names of the attribute's, so that the two can be compared by name.</summary>
    [Theory]
    [MemberData(nameof(Optimizers))]
    public void EveryPropertyOfAnOptimizer_IsReadAndHasTheDefaultOfTheAttribute(string optimizer)
    {
        Type type = OptimizerTypes.Single(type => type.Name == optimizer + nameof(Attribute));
        object attribute = Activator.CreateInstance(type)!;
        OptimizerSpec defaults = Parse(string.Empty);
        PropertyInfo[] properties = [.. type.GetProperties().Where(property => property.CanWrite)];
        Assert.NotEmpty(properties);
        foreach (PropertyInfo property in properties)
        {
            object standard = property.GetValue(attribute)!;
            Assert.True(standard.Equals(ValueIn(defaults)), $"{optimizer}.{property.Name} is {standard} in the attribute, {ValueIn(defaults)} in the spec.");

            object other = standard is bool flag ? !flag : 0.375;
            string also = property.Name == "Nesterov" ? "Momentum = 0.5, " : string.Empty;
            string text = other is true ? "true" : other is false ? "false" : "0.375";
            Assert.Equal(other, ValueIn(Parse($"({also}{property.Name} = {text})")));

            object? ValueIn(OptimizerSpec spec) => spec.GetType().GetProperty(property.Name)!.GetValue(spec);
        }

        OptimizerSpec Parse(string arguments) =>
            GeneratorTest.Spec($"[NeuralNetwork(2)] [Dense(3)] [{optimizer}{arguments}] partial class Net {{ }}").Optimizer!;
    }

    [Theory]
    [InlineData("AdamW", true)]
    [InlineData("Lion", true)]
    [InlineData("Adam", false)]
    [InlineData("Sgd", false)]
    public void WeightDecay_IsDecoupledInSomeOptimizers(string optimizer, bool isDecoupled) => Assert.Equal(
        isDecoupled, GeneratorTest.Spec($"[NeuralNetwork(2)] [Dense(3)] [{optimizer}] partial class Net {{ }}").Optimizer!.DecoupledWeightDecay);

    [Theory]
    [InlineData("Dense(3)", null)]
    [InlineData("Dense(3, WeightDecay = 0)", 0.0)]
    [InlineData("Dense(3, WeightDecay = 0.25)", 0.25)]
    public void WeightDecayOfALayer_IsReadWhereItIsGiven(string layer, double? decay) => Assert.Equal(
        decay, Assert.IsType<DenseSpec>(GeneratorTest.Spec($"[NeuralNetwork(2)] [{layer}] [Sgd] partial class Net {{ }}").Layers[0]).WeightDecay);

    [Fact]
    public void Defaults_AreThoseOfTheAttributes()
    {
        var network = new runtime::BackpropGen.NeuralNetworkAttribute(2);
        var dense = new runtime::BackpropGen.DenseAttribute(3);
        NetworkSpec Parse(string optimizer) => GeneratorTest.Spec($"[NeuralNetwork(2)] [Dense(3)] [{optimizer}] partial class Net {{ }}");

        NetworkSpec spec = Parse("Sgd");
        Assert.Equal(
            ((int)network.Loss, (int)network.Reduction, (int)network.Precision, network.InputGradients, network.KeepIntermediates, network.LabelSmoothing),
            ((int)spec.Loss.Kind, (int)spec.Loss.Reduction, (int)spec.Precision, spec.InputGradients, spec.KeepIntermediates, spec.Loss.LabelSmoothing));
        Assert.Equal(network.Parallelism, spec.Parallelism);
        Assert.Equal(
            [new DenseSpec("Dense1", 3, new ActivationSpec((Activation)(int)dense.Activation), dense.Bias, (Initializer)(int)dense.Initializer)],
            spec.Layers);
        Assert.Equal((network.Delta, network.Beta), (LossOf("Loss = Loss.Huber").Parameter, LossOf("Loss = Loss.SmoothL1").Parameter));
        Assert.Equal((network.Quantile, network.Margin), (LossOf("Loss = Loss.Quantile").Parameter, LossOf("Loss = Loss.MultiMargin").Parameter));
        Assert.Equal(network.MarginPower, LossOf("Loss = Loss.MultiMargin").Power);
    }

    [Theory]
    [InlineData(typeof(Activation))]
    [InlineData(typeof(Loss))]
    [InlineData(typeof(Reduction))]
    [InlineData(typeof(Precision))]
    [InlineData(typeof(Initializer))]
    public void Enums_AreTheSameInTheLibraryAndHere(Type copy)
    {
        Type original = typeof(runtime::BackpropGen.NeuralNetworkAttribute).Assembly.GetType($"BackpropGen.{copy.Name}", throwOnError: true)!;

        Assert.Equal(Members(original), Members(copy));

        // Messages give the range of an enum as 0 to its last member, so there must be no gaps.
        Assert.Equal(Enumerable.Range(0, Members(copy).Count), Members(copy).Values.Order());

        static Dictionary<string, int> Members(Type type) =>
            Enum.GetNames(type).ToDictionary(name => name, name => (int)Enum.Parse(type, name));
    }

    private static LossSpec LossOf(string arguments) =>
        GeneratorTest.Spec($"[NeuralNetwork(2, {arguments})] [Dense(3)] partial class Net {{ }}").Loss;
}
