using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Tests.Graph;

/// <summary>Networks for tests, by hand.</summary>
internal static class Networks
{
    /// <summary>The four-layer network: 4 inputs, two hidden layers of 5 and 4 with sigmoids, 3 logits.</summary>
    public static NetworkSpec FourLayer => Spec(
        4,
        new LossSpec(Loss.SoftmaxCrossEntropy),
        Dense(5, Activation.Sigmoid),
        Dense(4, Activation.Sigmoid),
        Dense(3));

    public static NetworkSpec Spec(int inputs, LossSpec loss, params LayerSpec[] layers) => new(
        new HostSpec("Tests", default, "Net", "Tests.Net", DeclaresConstructor: false), inputs, new EquatableArray<LayerSpec>(layers), loss);

    public static DenseSpec Dense(int units, Activation activation = Activation.Identity, double parameter = 0, bool bias = true) =>
        new("Dense", units, new ActivationSpec(activation, parameter), bias);

    public static ActivationLayerSpec Activate(Activation activation, double parameter = 0) =>
        new("Activation", new ActivationSpec(activation, parameter));

    public static NetworkGraph Differentiated(NetworkSpec spec) => Differentiator.Differentiate(GraphBuilder.Build(spec));
}
