using System.Globalization;
using BackpropGen.Generator.Emission.Optimizers;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission;

/// <summary>The network as a small table: layers, shapes, activations, parameters, multiply-adds, and the memory it takes.</summary>
internal static class NetworkSummary
{
    /// <summary>The network in one line: "784 → 128 → 10, softmax cross-entropy, Adam".</summary>
    public static string Line(LoweredProgram program)
    {
        string widths = string.Join(" → ", new[] { program.Spec.Inputs }.Concat(program.Layers.Where(layer => layer.Dense is not null).Select(layer => layer.Outputs)));
        string optimizer = program.Spec.Optimizer is { } spec ? $", {UpdateRules.Of(spec, program.Element).Name}" : string.Empty;
        return $"{widths}, {Words(program.Spec.Loss.Kind.ToString())}{optimizer}, {program.Element.Keyword}";
    }

    public static string Table(LoweredProgram program)
    {
        var rows = new List<string[]> { new[] { "layer", "shape", "activation", "parameters", "multiply-adds" } };
        foreach (Layer layer in program.Layers)
        {
            rows.Add(
            [
                layer.Name,
                $"{CSharpLiteral.Count(layer.Inputs)} → {CSharpLiteral.Count(layer.Outputs)}",
                Words(layer.Spec.Activation.Kind.ToString()),
                CSharpLiteral.Count(layer.ParameterCount),
                CSharpLiteral.Count(layer.WeightCount),
            ]);
        }

        rows.Add(
        [
            "total",
            string.Empty,
            string.Empty,
            CSharpLiteral.Count(program.Parameters.LogicalCount),
            CSharpLiteral.Count(program.Layers.Sum(layer => layer.WeightCount)),
        ]);
        int[] widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var lines = rows.Select(row => string.Join("  ", row.Select((cell, column) =>
            column >= 3 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd()).ToList();
        lines.Insert(0, Line(program));
        lines.Insert(1, string.Empty);
        lines.Add(string.Empty);
        lines.Add(Memory(program));
        return string.Join("\n", lines);
    }

    /// <summary>What the network allocates, in bytes, as a sentence.</summary>
    private static string Memory(LoweredProgram program)
    {
        MemoryFootprint bytes = MemoryFootprint.Of(program);
        string state = Part(", optimizer {0}", bytes.OptimizerState);
        string transposed = Part(", transposed weights {0}", bytes.Transposed);
        string panels = Part(", {0} per thread", bytes.PerThread);
        return string.Format(
            CultureInfo.InvariantCulture,
            "bytes: parameters {0}, gradients {1}{2}{3}{4}; workspace {5} per sample",
            CSharpLiteral.Count(bytes.Parameters),
            CSharpLiteral.Count(bytes.Gradients),
            transposed,
            state,
            panels,
            CSharpLiteral.Count(bytes.PerSample));

        static string Part(string format, long count) => count == 0 ? string.Empty : string.Format(CultureInfo.InvariantCulture, format, CSharpLiteral.Count(count));
    }

    /// <summary>"SoftmaxCrossEntropy" as words: "softmax cross entropy".</summary>
    private static string Words(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()));
}
