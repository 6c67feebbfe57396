using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Tests.Lowering;

/// <summary>Networks as the parser gives them: every layer with a name of its own.</summary>
internal static class Named
{
    public static NetworkSpec Network(
        string name,
        int inputs,
        LossSpec loss,
        IEnumerable<LayerSpec> layers,
        OptimizerSpec? optimizer = null,
        Precision precision = Precision.Single,
        bool inputGradients = true,
        bool keepIntermediates = false)
    {
        var counts = new Dictionary<Type, int>();
        return new NetworkSpec(
            new HostSpec("Tests", default, name, "Tests." + name, DeclaresConstructor: false),
            inputs,
            new EquatableArray<LayerSpec>(layers.Select(Rename)),
            loss,
            optimizer,
            precision,
            inputGradients,
            keepIntermediates);

        LayerSpec Rename(LayerSpec layer)
        {
            int number = counts[layer.GetType()] = counts.GetValueOrDefault(layer.GetType()) + 1;
            return layer with { Name = FormattableString.Invariant($"{(layer is DenseSpec ? "Dense" : "Activation")}{number}") };
        }
    }

    /// <summary>A network of dense layers with one activation for all but the last.</summary>
    public static NetworkSpec Chain(string name, LossSpec loss, Activation hidden, int inputs, params int[] units) =>
        Network(name, inputs, loss, units.Select((count, i) => (LayerSpec)new DenseSpec(
            string.Empty, count, Losses.WithParameter(i + 1 < units.Length ? hidden : Activation.Identity))));

    /// <summary>4-5-4-3 with sigmoids and logits.</summary>
    public static NetworkSpec FourLayer => Chain("FourLayer", new LossSpec(Loss.SoftmaxCrossEntropy), Activation.Sigmoid, 4, 5, 4, 3);

    /// <summary>784-128-64-10 with relu and logits.</summary>
    public static NetworkSpec Digits =>
        Chain("Digits", new LossSpec(Loss.SoftmaxCrossEntropy), Activation.Relu, 784, 128, 64, 10) with { Optimizer = new AdamSpec(0.001) };
}
