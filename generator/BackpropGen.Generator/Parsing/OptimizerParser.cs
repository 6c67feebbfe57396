using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Parsing;

/// <summary>Reads the optimizer. A new one is a new row of the table; the defaults are those of the attributes.</summary>
internal static class OptimizerParser
{
    private static readonly Dictionary<string, Func<HyperParameters, OptimizerSpec>> Kinds = new()
    {
        [KnownAttributes.Sgd] = sgd => new SgdSpec(
            sgd.LearningRate(0.01),
            sgd.Decay("Momentum", 0),
            sgd.Number("Dampening", 0, Interval.FromZeroToOne),
            sgd.Flag("Nesterov"),
            sgd.Coefficient("WeightDecay")),
        [KnownAttributes.Adam] = adam => new AdamSpec(
            adam.LearningRate(0.001),
            adam.Decay("Beta1", 0.9),
            adam.Decay("Beta2", 0.999),
            adam.Epsilon(1e-8),
            adam.Coefficient("WeightDecay"),
            adam.Flag("Amsgrad")),
        [KnownAttributes.AdamW] = adam => new AdamSpec(
            adam.LearningRate(0.001),
            adam.Decay("Beta1", 0.9),
            adam.Decay("Beta2", 0.999),
            adam.Epsilon(1e-8),
            adam.Coefficient("WeightDecay", 0.01),
            adam.Flag("Amsgrad"))
        {
            DecoupledWeightDecay = true,
        },
        [KnownAttributes.RmsProp] = rmsProp => new RmsPropSpec(
            rmsProp.LearningRate(0.01),
            rmsProp.Decay("Rho", 0.99),
            rmsProp.Epsilon(1e-8),
            rmsProp.Decay("Momentum", 0),
            rmsProp.Flag("Centered"),
            rmsProp.Coefficient("WeightDecay")),
        [KnownAttributes.Adagrad] = adagrad => new AdagradSpec(
            adagrad.LearningRate(0.01),
            adagrad.Coefficient("LearningRateDecay"),
            adagrad.Coefficient("InitialAccumulator"),
            adagrad.Epsilon(1e-10),
            adagrad.Coefficient("WeightDecay")),
        [KnownAttributes.Adadelta] = adadelta => new AdadeltaSpec(
            adadelta.LearningRate(1),
            adadelta.Decay("Rho", 0.9),
            adadelta.Epsilon(1e-6),
            adadelta.Coefficient("WeightDecay")),
        [KnownAttributes.Adamax] = adamax => new AdamaxSpec(
            adamax.LearningRate(0.002),
            adamax.Decay("Beta1", 0.9),
            adamax.Decay("Beta2", 0.999),
            adamax.Epsilon(1e-8),
            adamax.Coefficient("WeightDecay")),
        [KnownAttributes.NAdam] = nadam => new NAdamSpec(
            nadam.LearningRate(0.002),
            nadam.Decay("Beta1", 0.9),
            nadam.Decay("Beta2", 0.999),
            nadam.Epsilon(1e-8),
            nadam.Coefficient("MomentumDecay", 4e-3),
            nadam.Coefficient("WeightDecay")),
        [KnownAttributes.RAdam] = radam => new RAdamSpec(
            radam.LearningRate(0.001),
            radam.Decay("Beta1", 0.9),
            radam.Decay("Beta2", 0.999),
            radam.Epsilon(1e-8),
            radam.Coefficient("WeightDecay")),
        [KnownAttributes.Lion] = lion => new LionSpec(
            lion.LearningRate(1e-4),
            lion.Decay("Beta1", 0.9),
            lion.Decay("Beta2", 0.99),
            lion.Coefficient("WeightDecay"))
        {
            DecoupledWeightDecay = true,
        },
    };

    /// <summary>The optimizer of an attribute.</summary>
    public static OptimizerSpec Parse(AttributeReader optimizer) => Parse(optimizer, out _);

    /// <summary>The optimizer of an attribute, and the numbers it was given.</summary>
    public static OptimizerSpec Parse(AttributeReader optimizer, out IReadOnlyList<HyperParameter> numbers)
    {
        var parameters = new HyperParameters(optimizer);
        OptimizerSpec spec = Kinds[optimizer.MetadataName](parameters);
        spec = spec with
        {
            DecoupledWeightDecay = spec.DecoupledWeightDecay || parameters.Flag("DecoupledWeightDecay"),
            DecayBiases = parameters.Flag("DecayBiases", otherwise: true),
            ClipNorm = parameters.Bound("ClipNorm"),
            ClipValue = parameters.Bound("ClipValue"),
            AverageDecay = parameters.Decay("AverageDecay", 0),
        };
        numbers = parameters.Numbers;
        return spec;
    }
}
