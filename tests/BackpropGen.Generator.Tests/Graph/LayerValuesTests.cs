using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;
using static BackpropGen.Generator.Tests.Graph.Networks;

namespace BackpropGen.Generator.Tests.Graph;

/// <summary>The values of a graph, asked for by layer.</summary>
public class LayerValuesTests
{
    [Fact]
    public void Before_differentiation_there_are_those_of_the_forward_pass()
    {
        LayerValues layer = LayerValues.Of(GraphBuilder.Build(FourLayer))[1];

        Assert.Equal("h1 W2 b2 xW2 z2 h2 - - - - -", Names(layer));
        Assert.Equal(2, layer.Number);
        Assert.Equal(FourLayer.Layers[1], layer.Spec);
    }

    [Fact]
    public void Differentiation_adds_the_gradients() =>
        Assert.Equal(
            [
                "x W1 b1 xW1 z1 h1 dh1 d1 dW1 db1 dx",
                "h1 W2 b2 xW2 z2 h2 dh2 d2 dW2 db2 dh1",
                "h2 W3 b3 xW3 z3 h3 dh3 d3 dW3 db3 dh2",
            ],
            LayerValues.Of(Differentiated(FourLayer)).Select(Names));

    [Fact]
    public void The_delta_of_an_activation_layer_is_the_output_gradient_below() =>
        Assert.Equal(
            [
                "x - - - x h1 dh1 dx - - dx",
                "h1 W2 - - z2 h2 d3 d2 dW2 - dh1",
                "h2 - - - h2 h3 dh3 d3 - - d3",
            ],
            LayerValues.Of(Differentiated(Spec(
                2, new LossSpec(Loss.MeanSquaredError), Activate(Activation.Tanh), Dense(2, bias: false), Activate(Activation.Relu)))).Select(Names));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_input_gradients_the_first_layer_has_none(bool activationFirst)
    {
        LayerSpec first = activationFirst ? Activate(Activation.Tanh) : Dense(2, Activation.Tanh);
        NetworkSpec spec = Spec(2, new LossSpec(Loss.MeanSquaredError), first, Dense(1)) with { InputGradients = false };

        LayerValues layer = LayerValues.Of(Differentiated(spec))[0];

        Assert.Null(layer.InputGradient);
        Assert.Equal("d1", layer.Delta?.Name);
    }

    private static string Names(LayerValues layer) => string.Join(
        " ",
        new[]
        {
            layer.Input, layer.Weights, layer.Bias, layer.Product, layer.PreActivation, layer.Output,
            layer.OutputGradient, layer.Delta, layer.WeightGradient, layer.BiasGradient, layer.InputGradient,
        }.Select(value => value?.Name ?? "-"));
}
