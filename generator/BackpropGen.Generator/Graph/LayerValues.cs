using System.Collections.Immutable;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Graph;

/// <summary>The values of one layer, by what they are. Those of the backward pass are null before differentiation.</summary>
/// <param name="Number">The 1-based position of the layer among all layers.</param>
/// <param name="Spec">The layer as declared.</param>
/// <param name="Input">What the layer reads: h of the layer below, or x.</param>
/// <param name="Weights">W, or null for a layer without parameters.</param>
/// <param name="Bias">b, or null.</param>
/// <param name="Product">x·W, or null where no bias is added to it.</param>
/// <param name="PreActivation">z; for an activation layer the same value as <paramref name="Input"/>.</param>
/// <param name="Output">h.</param>
/// <param name="OutputGradient">
/// ∂h: what the loss or the layer above hands down; the δ of an activation layer above is the very same value.
/// </param>
/// <param name="Delta">δ = ∂z; dx itself where the first layer is an activation layer and ∂x is asked for.</param>
/// <param name="WeightGradient">∂W, or null.</param>
/// <param name="BiasGradient">∂b, or null.</param>
/// <param name="InputGradient">The gradient of <paramref name="Input"/>: ∂h of the layer below, or ∂x; null where ∂x is not asked for.</param>
internal sealed record LayerValues(
    int Number,
    LayerSpec Spec,
    Value Input,
    Value? Weights,
    Value? Bias,
    Value? Product,
    Value PreActivation,
    Value Output,
    Value? OutputGradient,
    Value? Delta,
    Value? WeightGradient,
    Value? BiasGradient,
    Value? InputGradient)
{
    /// <summary>The layers of a graph, from input to output.</summary>
    public static ImmutableArray<LayerValues> Of(NetworkGraph graph)
    {
        var layers = ImmutableArray.CreateBuilder<LayerValues>();
        Value input = graph.Single(Role.Input);
        for (int number = 1; number <= graph.Spec.Layers.Count; number++)
        {
            LayerValues layer = Of(graph, number, input);
            layers.Add(layer);
            input = layer.Output;
        }

        return layers.ToImmutable();
    }

    private static LayerValues Of(NetworkGraph graph, int number, Value input)
    {
        Value[] own = graph.Values().Where(value => value.Layer == number).ToArray();
        Activate activate = graph.Forward.OfType<Activate>().Single(op => op.Result.Layer == number);
        ActivationGradient? gradient = GradientOf(graph, number);
        Value? inputGradient = number == 1
            ? graph.Values().SingleOrDefault(value => value.Role == Role.InputGradient)
            : GradientOf(graph, number - 1)?.Upstream;

        return new LayerValues(
            number,
            graph.Spec.Layers[number - 1],
            input,
            WithRole(Role.Weights),
            WithRole(Role.Bias),
            WithRole(Role.Product),
            activate.Input,
            activate.Result,
            gradient?.Upstream,
            gradient?.Result,
            WithRole(Role.WeightGradient),
            WithRole(Role.BiasGradient),
            inputGradient);

        Value? WithRole(Role role) => own.SingleOrDefault(value => value.Role == role);
    }

    private static ActivationGradient? GradientOf(NetworkGraph graph, int number) =>
        graph.Backward.OfType<ActivationGradient>().SingleOrDefault(op => op.Result.Layer == number);
}
