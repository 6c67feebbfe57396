using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission.Optimizers;

/// <summary>The optimizers. A new one is a class of its own and a row here.</summary>
internal static class UpdateRules
{
    private static readonly Dictionary<Type, Func<OptimizerSpec, ElementType, UpdateRule>> Rules = new()
    {
        [typeof(SgdSpec)] = (spec, element) => new SgdRule((SgdSpec)spec, element),
        [typeof(AdamSpec)] = (spec, element) => new AdamRule((AdamSpec)spec, element),
        [typeof(RmsPropSpec)] = (spec, element) => new RmsPropRule((RmsPropSpec)spec, element),
        [typeof(AdagradSpec)] = (spec, element) => new AdagradRule((AdagradSpec)spec, element),
        [typeof(AdadeltaSpec)] = (spec, element) => new AdadeltaRule((AdadeltaSpec)spec, element),
        [typeof(AdamaxSpec)] = (spec, element) => new AdamaxRule((AdamaxSpec)spec, element),
        [typeof(NAdamSpec)] = (spec, element) => new NAdamRule((NAdamSpec)spec, element),
        [typeof(RAdamSpec)] = (spec, element) => new RAdamRule((RAdamSpec)spec, element),
        [typeof(LionSpec)] = (spec, element) => new LionRule((LionSpec)spec, element),
    };

    /// <summary>The rule of an optimizer.</summary>
    public static UpdateRule Of(OptimizerSpec spec, ElementType element) => Rules[spec.GetType()](spec, element);
}
