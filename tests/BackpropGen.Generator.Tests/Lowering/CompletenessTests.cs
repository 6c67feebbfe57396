using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;
using BackpropGen.Generator.Tests.Emission;

namespace BackpropGen.Generator.Tests.Lowering;

/// <summary>Every activation with every loss it may stand before, in narrow and in wide layers, fused and as a layer of its own.</summary>
public sealed class CompletenessTests
{
    public static TheoryData<string> LossNames => [.. Losses.All.Select(loss => loss.ToString())];

    [Theory]
    [MemberData(nameof(LossNames))]
    public void NoOperation_IsLeft(string name)
    {
        foreach (NetworkSpec spec in Narrow(Enum.Parse<Loss>(name)).Concat(Wide(Enum.Parse<Loss>(name))))
        {
            LoweredProgram program = RandomNetworks.Lower(spec);
            Assert.DoesNotContain(program.Forward.Append(program.Loss).Concat(program.Backward).Concat(program.Inference), step => step is OpStep);
        }
    }

    [Theory]
    [MemberData(nameof(LossNames))]
    public void EmittedCode_CompilesWithoutWarnings(string name) =>
        Assert.Empty(EmittedAssembly.Compile(Narrow(Enum.Parse<Loss>(name))).Problems());

    /// <summary>The loss is another text than the kernels: one loss will do for them.</summary>
    [Fact]
    public void EmittedKernels_CompileWithoutWarnings() =>
        Assert.Empty(EmittedAssembly.Compile(Wide(Loss.MeanSquaredError)).Problems());

    /// <summary>Loops written inline; the last activation is part of the dense layer.</summary>
    private static IEnumerable<NetworkSpec> Narrow(Loss loss) => Losses.OutputsOf(loss).Select((last, i) =>
    {
        ActivationSpec activation = Losses.WithParameter(last);
        return Network($"Narrow{i}", loss, i, inputs: 3, [Dense(5, activation), Dense(5, activation)]);
    });

    /// <summary>Kernels; the last activation is part of the dense layer, and a layer of its own before and after one.</summary>
    private static IEnumerable<NetworkSpec> Wide(Loss loss) => Losses.OutputsOf(loss).SelectMany((last, i) =>
    {
        ActivationSpec activation = Losses.WithParameter(last);
        LayerSpec[] apart = [new ActivationLayerSpec("", activation), Dense(35, new(Activation.Identity)), new ActivationLayerSpec("", activation)];
        return new[]
        {
            Network($"Wide{i}", loss, i, inputs: 20, [Dense(35, activation), Dense(35, activation)]),
            Network($"Apart{i}", loss, i, inputs: 20, apart),
        };
    });

    private static NetworkSpec Network(string name, Loss loss, int variant, int inputs, LayerSpec[] layers) => Named.Network(
        name, inputs, new LossSpec(loss, Parameter: 0.5), layers, precision: (Precision)(variant % 2), keepIntermediates: variant % 3 == 0);

    private static DenseSpec Dense(int units, ActivationSpec activation) => new("", units, activation);
}
