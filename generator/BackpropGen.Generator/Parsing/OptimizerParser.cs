using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Parsing;

/// <summary>Reads the optimizer. The defaults are those of the attributes.</summary>
internal static class OptimizerParser
{
    private static readonly Dictionary<string, Func<AttributeReader, OptimizerSpec>> Kinds = new()
    {
        [KnownAttributes.Sgd] = sgd => new SgdSpec(
            sgd.Double("LearningRate", 0.01),
            sgd.Double("Momentum"),
            sgd.Double("Dampening"),
            sgd.Boolean("Nesterov"),
            sgd.Double("WeightDecay")),
        [KnownAttributes.Adam] = adam => ParseAdam(adam, weightDecay: 0, decoupledDecay: false),
        [KnownAttributes.AdamW] = adam => ParseAdam(adam, weightDecay: 0.01, decoupledDecay: true),
    };

    /// <summary>The optimizer of an attribute.</summary>
    public static OptimizerSpec Parse(AttributeReader optimizer) => Kinds[optimizer.MetadataName](optimizer);

    private static AdamSpec ParseAdam(AttributeReader adam, double weightDecay, bool decoupledDecay) =>
        new(
            adam.Double("LearningRate", 0.001),
            adam.Double("Beta1", 0.9),
            adam.Double("Beta2", 0.999),
            adam.Double("Epsilon", 1e-8),
            adam.Double("WeightDecay", weightDecay),
            decoupledDecay);
}
