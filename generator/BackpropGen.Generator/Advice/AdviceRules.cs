using BackpropGen.Generator.Parsing;
using BackpropGen.Generator.Parsing.Rules;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Advice;

/// <summary>
/// What is valid and yet unlikely to be meant. Only valid networks are asked about, so a rule may lower one; what it says keeps nothing from
/// being generated.
/// </summary>
internal static class AdviceRules
{
    private static readonly IReadOnlyList<NetworkRule> All =
    [
        MemoryAdvice.BudgetIsKept,
        DepthAdvice.SigmoidStacksAreShallow,
        DepthAdvice.SaturatingStacksAreShallow,
        OutputAdvice.LogitsHaveBothSigns,
        InitializerAdvice.InitializerSuitsActivation,
        BatchAdvice.LearningRateSuitsReduction,
        BatchAdvice.BatchesCanBeDivided,
    ];

    /// <summary>What all rules have to say about a valid network, in the order of the table.</summary>
    public static IEnumerable<Diagnostic> Check(NetworkDeclaration network) => All.SelectMany(rule => rule(network));
}
