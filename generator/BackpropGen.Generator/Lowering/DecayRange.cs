using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Lowering;

/// <summary>Neighbours in the parameter block that share one weight decay.</summary>
/// <param name="Start">The first element.</param>
/// <param name="End">The element after the last.</param>
/// <param name="Decay">The weight decay; 0 for none.</param>
/// <param name="First">The first of them: "W of Dense1".</param>
/// <param name="Last">The last of them.</param>
internal sealed record DecayRange(int Start, int End, double Decay, string First, string Last)
{
    /// <summary>Whose parameters they are.</summary>
    public string Words => First == Last ? First : $"{First} to {Last}";

    /// <summary>The ranges of a network in order; a single one where all parameters share a decay.</summary>
    public static IReadOnlyList<DecayRange> Of(ParameterPlan plan, OptimizerSpec optimizer)
    {
        var tensors = new List<DecayRange>();
        foreach (ParameterTensor tensor in plan.Tensors)
        {
            double decay = tensor.Layer.Dense?.WeightDecay ?? optimizer.WeightDecay;
            Add(tensor.Offset, tensor.IsMatrix || optimizer.DecayBiases ? decay : 0, $"{Graph.Value.SymbolOf(tensor.Value.Role)} of {tensor.Layer.Name}");
        }

        var ranges = new List<DecayRange>();
        foreach (DecayRange tensor in tensors)
        {
            if (ranges.Count > 0 && ranges[ranges.Count - 1] is { } before && before.Decay == tensor.Decay)
            {
                ranges[ranges.Count - 1] = before with { End = tensor.End, Last = tensor.Last };
            }
            else
            {
                ranges.Add(tensor);
            }
        }

        return ranges;

        void Add(int start, double decay, string name)
        {
            if (tensors.Count > 0)
            {
                tensors[tensors.Count - 1] = tensors[tensors.Count - 1] with { End = start };
            }

            tensors.Add(new DecayRange(start, plan.BlockLength, decay, name, name));
        }
    }
}
