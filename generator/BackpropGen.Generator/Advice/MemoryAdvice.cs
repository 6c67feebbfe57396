using System.Globalization;
using BackpropGen.Generator.Diagnostics;
using BackpropGen.Generator.Emission;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Parsing;
using BackpropGen.Generator.Parsing.Rules;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Advice;

/// <summary>What a network takes against what its [MemoryBudget] allows.</summary>
internal static class MemoryAdvice
{
    /// <summary>Compares what is allocated with the network and stays, whatever the batch: parameters, gradients, transposed weights, state.</summary>
    public static IEnumerable<Diagnostic> BudgetIsKept(NetworkDeclaration network)
    {
        if (network.Budget is not { } budget)
        {
            yield break;
        }

        LoweredProgram program = Compiler.Lower(network.Spec);
        long allowed = budget.Int64("Bytes");
        long needed = MemoryFootprint.Of(program).Total;
        if (needed > allowed)
        {
            ParameterTensor largest = program.Parameters.Tensors.OrderByDescending(tensor => tensor.Stored(program.Element)).First();
            yield return DiagnosticDescriptors.MemoryBudgetExceeded.AtValue(
                budget.LocationOf("Bytes"),
                needed.ToString(CultureInfo.InvariantCulture),
                budget.Subject,
                Text.Of(needed),
                Text.Of(allowed),
                $"{Value.SymbolOf(largest.Value.Role)} of {largest.Layer.Name} [{Text.Of(largest.Rows)} × {Text.Of(largest.Columns)}]",
                Text.Of(largest.Stored(program.Element) * program.Element.Size));
        }
    }
}
