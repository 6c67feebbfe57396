using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Parsing.Rules;

/// <summary>One thing that must hold of a declaration.</summary>
/// <returns>What is wrong; nothing if all is well.</returns>
internal delegate IEnumerable<Diagnostic> NetworkRule(NetworkDeclaration network);

/// <summary>
/// All rules. Each stands for itself and may meet any declaration, however wrong in other respects, so that one build shows everything
/// there is to repair.
/// </summary>
internal static class NetworkRules
{
    private static readonly IReadOnlyList<NetworkRule> All =
    [
        // The class and its surroundings.
        HostRules.LanguageVersion,
        HostRules.ClassIsPartial,
        HostRules.ContainingTypesArePartial,
        HostRules.ClassIsOrdinary,
        HostRules.BaseConstructorIsCallable,
        NamingRules.MembersAreFree,

        // Topology and shapes.
        TopologyRules.InputsAreInRange,
        TopologyRules.UnitsAreInRange,
        TopologyRules.LayerCountIsInRange,
        TopologyRules.ParameterCountIsInRange,
        TopologyRules.LayersStandInOneDeclaration,
        TopologyRules.SoftmaxHasUnits,
        LayerRules.DropoutIsNotLast,
        TopologyRules.ParallelismIsInRange,
        TopologyRules.LayersHaveWeights,
        NamingRules.LayerNamesAreIdentifiers,
        NamingRules.LayerNamesAreUnique,
        NamingRules.LayerNamesAreFree,
        EnumRules.EnumsAreDefined,

        // Loss, numerics and hyper-parameters.
        OutputRules.OutputSuitsLoss,
        OutputRules.ClassLossHasClasses,
        LossParameterRules.WeightsSuitLoss,
        LossParameterRules.WeightCountsAreOutputs,
        LossParameterRules.WeightsAreInRange,
        LossParameterRules.LabelSmoothingIsInRange,
        LossParameterRules.ParametersAreInRange,
        LossParameterRules.ParametersAreUsed,
        LayerRules.ParametersAreInRange,
        ActivationParameterRules.ParametersAreInRange,
        ActivationParameterRules.ParametersAreUsed,
        OptimizerRules.OptimizerIsSingle,
        OptimizerRules.ParametersAreInRange,
        OptimizerRules.NesterovHasMomentum,
        OptimizerRules.ClippingIsSingle,
        OptimizerRules.LayerDecayHasOptimizer,
    ];

    /// <summary>What all rules have to say, in the order of the table.</summary>
    public static IEnumerable<Diagnostic> Check(NetworkDeclaration network) => All.SelectMany(rule => rule(network));
}
