using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;

namespace BackpropGen.Conformance;

/// <summary>Where the W or the b of a layer stands in the flat order.</summary>
/// <param name="Name">Its name in the mathematics, such as W1.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record ParameterTensor(string Name, int Offset, int Rows, int Columns)
{
    public int Length => Rows * Columns;

    /// <summary>The tensors of a network in the flat order.</summary>
    public static IReadOnlyList<ParameterTensor> Of(NetworkSpec spec)
    {
        List<ParameterTensor> tensors = [];
        int offset = 0;
        foreach (Value value in GraphBuilder.Build(spec).Parameters())
        {
            var tensor = new ParameterTensor(value.Name, offset, value.Shape.Rows, value.Shape.Columns);
            tensors.Add(tensor);
            offset += tensor.Length;
        }

        return tensors;
    }

    /// <summary>Compares a flat array with its reference, tensor by tensor.</summary>
    /// <param name="comparer">Collects what does not fit.</param>
    /// <param name="tensors">The tensors of the network.</param>
    /// <param name="what">How the array was obtained.</param>
    /// <param name="actual">What the emitted code gave.</param>
    /// <param name="expected">The reference.</param>
    /// <param name="prefix">"d" for gradients, else nothing.</param>
    public static void Check(
        Comparer comparer, IReadOnlyList<ParameterTensor> tensors, string what, double[] actual, double[] expected, string prefix)
    {
        if (actual.Length != expected.Length)
        {
            comparer.Check(what, actual, expected, 1);
            return;
        }

        foreach (ParameterTensor tensor in tensors)
        {
            comparer.Check(
                $"{prefix}{tensor.Name} of {what}",
                actual.AsSpan(tensor.Offset, tensor.Length),
                expected.AsSpan(tensor.Offset, tensor.Length),
                tensor.Columns);
        }
    }
}
