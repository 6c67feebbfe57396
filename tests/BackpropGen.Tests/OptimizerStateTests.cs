using System.Numerics;

namespace BackpropGen.Tests;

/// <summary>What an optimizer has gathered can be taken out and put back, and training goes on to the same bits.</summary>
public sealed class OptimizerStateTests
{
    public static TheoryData<string> Doubles => AllNetworks.TrainableDoubleNames;

    public static TheoryData<string> Singles => AllNetworks.TrainableSingleNames;

    [Theory]
    [MemberData(nameof(Doubles))]
    public void Training_GoesOnToTheSameBits(string name) => Check(AllNetworks.Double(name));

    [Theory]
    [MemberData(nameof(Singles))]
    public void TrainingInFloat_GoesOnToTheSameBits(string name) => Check(AllNetworks.Single(name));

    [Fact]
    public void State_NamesWhatItHolds()
    {
        OptimizerState<double> state = new AdamAverage().GetOptimizerState();
        Assert.Equal(["first_moment", "second_moment", "average"], state.Tensors.Select(entry => entry.Key));
        Assert.Equal(
            ["learning_rate", "beta1_power", "beta2_power", "has_averages", "averages_are_swapped"], state.Numbers.Select(entry => entry.Key));
        Assert.Equal(0.1, state.GetNumber("learning_rate"));
    }

    [Fact]
    public void State_OfAnotherOptimizerIsRefusedAndNothingChanges()
    {
        var net = new AdamAverage(seed: 2);
        net.TrainStep([0.5], [1.0]);
        OptimizerState<double> before = net.GetOptimizerState();
        OptimizerState<double> velocity = new SgdMomentum().GetOptimizerState();

        ArgumentException exception = Assert.Throws<ArgumentException>("state", () => net.SetOptimizerState(velocity));

        Assert.Contains("'velocity'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'first_moment', 'second_moment', 'average'", exception.Message, StringComparison.Ordinal);
        AssertSame(before, net.GetOptimizerState());
    }

    [Fact]
    public void State_WithAnotherLengthOrNumberIsRefusedAndNothingChanges()
    {
        var net = new SgdMomentum(seed: 2);
        net.TrainStep([0.5], [1.0]);
        OptimizerState<double> before = net.GetOptimizerState();
        Refuse([0, 0, 0], 0.1, "The tensor 'velocity' of the optimizer's state holds 3 values; 2 are needed (one per parameter).");
        Refuse([0, 0], double.NaN, "The number 'learning_rate' of the optimizer's state is NaN; a finite number is needed.");
        Refuse([0, 0], -1, "The learning rate is -1");
        Assert.Throws<ArgumentNullException>("state", () => net.SetOptimizerState(null!));
        AssertSame(before, net.GetOptimizerState());

        void Refuse(double[] values, double rate, string message)
        {
            var state = new OptimizerState<double>();
            state.AddTensor("velocity", values);
            state.AddNumber("learning_rate", rate);
            ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => net.SetOptimizerState(state));
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("beta2_power", 2, "0 to 1 is needed")]
    [InlineData("beta2_power", -1, "0 to 1 is needed")]
    [InlineData("beta1_power", 1e300, "0 to 1 is needed")]
    [InlineData("has_averages", 0.5, "0 or 1 is needed")]
    [InlineData("averages_are_swapped", 2, "0 or 1 is needed")]
    public void State_OfAdamWithAnImpossibleNumberIsRefused(string name, double value, string message) =>
        Impossible(new AdamAverage(seed: 2), name, value, message);

    [Theory]
    [InlineData("steps", -1)]
    [InlineData("steps", 1.5)]
    [InlineData("steps", 1e300)]
    [InlineData("momentum_product", 1.5)]
    public void State_OfNAdamWithAnImpossibleNumberIsRefused(string name, double value) =>
        Impossible(new PlainNAdam(seed: 2), name, value, "is needed");

    private static void Impossible(ITrainableNetwork<double> net, string name, double value, string message)
    {
        ((ITargetTrainable<double>)net).TrainStep([0.5], [1.0]);
        OptimizerState<double> before = net.GetOptimizerState();
        var state = new OptimizerState<double>();
        foreach ((string other, double number) in before.Numbers)
        {
            state.AddNumber(other, other == name ? value : other == "learning_rate" ? 0.75 : number);
        }

        foreach ((string other, double[] values) in before.Tensors)
        {
            state.AddTensor(other, new double[values.Length]);
        }

        Assert.Equal(value, state.GetNumber(name));
        ArgumentException exception = Assert.Throws<ArgumentException>("state", () => net.SetOptimizerState(state));

        Assert.Contains($"The number '{name}' of the optimizer's state is ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        AssertSame(before, net.GetOptimizerState());
    }

    [Fact]
    public void State_IsACopy()
    {
        var net = new SgdMomentum(seed: 2);
        net.TrainStep([0.5], [1.0]);
        OptimizerState<double> state = net.GetOptimizerState();
        double[] velocity = [.. state.GetTensor("velocity")];
        net.TrainStep([0.25], [1.0]);
        Assert.Equal(velocity, state.GetTensor("velocity"));

        net.SetOptimizerState(state);
        state.GetTensor("velocity").AsSpan().Fill(7);
        Assert.Equal(velocity, net.GetOptimizerState().GetTensor("velocity"));
    }

    [Fact]
    public void Names_AreUniqueAndKnown()
    {
        var state = new OptimizerState<float>();
        state.AddTensor("a", [1]);
        state.AddNumber("a", 2);
        Assert.Throws<ArgumentException>("name", () => state.AddTensor("a", [1]));
        Assert.Throws<ArgumentException>("name", () => state.AddNumber("a", 1));
        Assert.Throws<KeyNotFoundException>(() => state.GetTensor("b"));
        Assert.Throws<KeyNotFoundException>(() => state.GetNumber("b"));
        Assert.False(state.TryGetTensor("b", out _));
        Assert.False(state.TryGetNumber("b", out _));
    }

    private static void Check<T>(NetworkCase<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ITestNetwork<T> original = network.CreateWithBiases();
        var copy = (ITrainableNetwork<T>)network.Create(99);
        Train(original, first: 0);
        ((ITrainableNetwork<T>)original).LearningRate *= T.CreateChecked(0.75);

        // The other has trained on other data before; nothing of it may be left.
        Train((ITestNetwork<T>)copy, first: 50);
        ((ITestNetwork<T>)copy).SetParameters(original.Parameters);
        copy.SetOptimizerState(((ITrainableNetwork<T>)original).GetOptimizerState());
        Train(original, first: 10);
        Train((ITestNetwork<T>)copy, first: 10);

        Close.Bitwise<T>(original.Parameters, copy.Parameters);
        AssertSame(((ITrainableNetwork<T>)original).GetOptimizerState(), copy.GetOptimizerState());

        void Train(ITestNetwork<T> net, int first)
        {
            _ = net.Gradients;
            for (int step = 0; step < 7; step++)
            {
                net.TrainStep(Batch<T>.Random(network, 1 + (step % 3 * 4), seed: first + step));
            }
        }
    }

    private static void AssertSame<T>(OptimizerState<T> expected, OptimizerState<T> actual)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Numbers, actual.Numbers);
        Assert.Equal(expected.Tensors.Select(entry => entry.Key), actual.Tensors.Select(entry => entry.Key));
        foreach ((string name, T[] values) in expected.Tensors)
        {
            Close.Bitwise<T>(values, actual.GetTensor(name));
        }
    }
}
