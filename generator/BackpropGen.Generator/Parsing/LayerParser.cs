using System.Collections.Immutable;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Parsing;

/// <summary>Reads the layers. A new kind of layer is a new row of the table.</summary>
internal static class LayerParser
{
    private static readonly Dictionary<string, Func<AttributeReader, string, LayerSpec>> Kinds = new()
    {
        [KnownAttributes.Dense] = (layer, name) => new DenseSpec(
            name,
            layer.Int32("Units"),
            ActivationReader.Read(layer),
            layer.Boolean("Bias", true),
            layer.Enum("Initializer", Initializer.Auto))
        {
            WeightDecay = layer.Has("WeightDecay") ? layer.Double("WeightDecay") : null,
        },
        [KnownAttributes.Activation] = (layer, name) => new ActivationLayerSpec(name, ActivationReader.Read(layer)),
        [KnownAttributes.LayerNorm] = (layer, name) => new LayerNormSpec(
            name, ActivationReader.Read(layer), layer.Double("Epsilon", 1e-5), layer.Boolean("Affine", true)),
        [KnownAttributes.Dropout] = (layer, name) => new DropoutSpec(name, layer.Double("Rate")),
    };

    /// <summary>The layers of the attributes, in their order, each fed by the one before it.</summary>
    public static ImmutableArray<LayerDeclaration> Parse(IEnumerable<AttributeReader> attributes, int inputs)
    {
        var positions = new Dictionary<string, int>();
        ImmutableArray<LayerDeclaration>.Builder layers = ImmutableArray.CreateBuilder<LayerDeclaration>();
        foreach (AttributeReader attribute in attributes)
        {
            // The position counts all layers of the kind, also those with a name of their own.
            positions.TryGetValue(attribute.Name, out int before);
            positions[attribute.Name] = before + 1;
            string name = attribute.String("Name") ?? FormattableString.Invariant($"{attribute.Name}{before + 1}");
            var layer = new LayerDeclaration(attribute, Kinds[attribute.MetadataName](attribute, name), inputs);
            layers.Add(layer);
            inputs = layer.Outputs;
        }

        return layers.ToImmutable();
    }
}
