using System.Globalization;
using System.Text;
using BackpropGen.Generator;
using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;

namespace BackpropGen.Conformance;

/// <summary>
/// Writes the class that declares a network as a user would, and in its hand-written part the few members that let the harness
/// use any network alike.
/// </summary>
internal static class SourceWriter
{
    /// <summary>The namespace of all classes under test.</summary>
    public const string Namespace = "Cases";

    /// <summary>One file that declares the networks; the class of each is named by its host.</summary>
    public static string Write(IEnumerable<NetworkSpec> networks)
    {
        var text = new StringBuilder();
        text.Append("#nullable enable\n\nusing System;\nusing BackpropGen;\nusing BackpropGen.Conformance;\n\n");
        text.Append("namespace ").Append(Namespace).Append(";\n");
        foreach (NetworkSpec network in networks)
        {
            WriteClass(text, network);
        }

        return text.ToString();
    }

    /// <summary>The attributes that declare a network, one a line.</summary>
    public static string Attributes(NetworkSpec network) =>
        Attribute("NeuralNetwork", [Literal(network.Inputs), .. NetworkArguments(network)])
        + string.Concat(network.Layers.Select(LayerAttribute))
        + OptimizerAttribute(network.Optimizer);

    private static void WriteClass(StringBuilder text, NetworkSpec network)
    {
        string type = network.Precision == Precision.Double ? "double" : "float";
        string[] names = LayerNames(network);

        text.Append('\n').Append(Attributes(network));
        text.Append("public sealed partial class ").Append(network.Host.Name).Append(" : ");
        text.Append(string.Join(", ", Interfaces(network).Select(name => $"{name}<{type}>"))).Append("\n{\n");
        text.Append("    public (int Inputs, int Outputs, int Parameters) Sizes => (InputSize, OutputSize, ParameterCount);\n\n");

        string[] parameters = Views(network, names, "");
        string[] gradients = Views(network, names, "Gradients");
        text.Append(Line($"    public ({type}[] Parameters, {type}[] Gradients) ReadLayerViews() => ("));
        text.Append(Line($"        [{string.Join(", ", parameters)}],"));
        text.Append(Line($"        [{string.Join(", ", gradients)}]);"));

        if (network.KeepIntermediates)
        {
            WriteIntermediates(text, type, names);
        }

        text.Append("}\n");
    }

    private static void WriteIntermediates(StringBuilder text, string type, string[] names)
    {
        text.Append(Line($"\n    public void CopyIntermediatesTo(int layer, Span<{type}> z, Span<{type}> h, Span<{type}> delta)"));
        text.Append("    {\n        switch (layer)\n        {\n");
        for (int i = 0; i < names.Length; i++)
        {
            text.Append(Line($"            case {i}:"));
            text.Append(Line($"                {names[i]}.CopyPreActivationsTo(z);"));
            text.Append(Line($"                {names[i]}.CopyOutputsTo(h);"));
            text.Append(Line($"                {names[i]}.CopyDeltasTo(delta);"));
            text.Append("                break;\n");
        }

        text.Append("            default:\n                throw new ArgumentOutOfRangeException(nameof(layer));\n        }\n    }\n");
    }

    private static IEnumerable<string> Interfaces(NetworkSpec network)
    {
        LossRule loss = LossRules.Of(network.Loss.Kind);
        yield return "IEmittedNetwork";
        if (network.InputGradients)
        {
            yield return "IGivesInputGradients";
        }

        if (loss.TakesLabels)
        {
            yield return "ITakesLabels";
        }

        if (loss.TakesRows)
        {
            yield return "ITakesRows";
        }

        if (network.KeepIntermediates)
        {
            yield return "IKeepsIntermediates";
        }

        if (network.Optimizer is null)
        {
            yield break;
        }

        yield return "IHasOptimizer";
        if (network.Optimizer.Clips)
        {
            yield return "IClipsGradients";
        }

        if (loss.TakesLabels)
        {
            yield return "IStepsOnLabels";
        }

        if (loss.TakesRows)
        {
            yield return "IStepsOnRows";
        }
    }

    /// <summary>The names of the layers' properties: as given, or the kind and the position among its kind.</summary>
    private static string[] LayerNames(NetworkSpec network)
    {
        var positions = new Dictionary<string, int>();
        return network.Layers.Select(layer =>
        {
            string kind = Kind(layer);
            positions[kind] = positions.GetValueOrDefault(kind) + 1;
            return layer.Name.Length > 0 ? layer.Name : $"{kind}{positions[kind]}";
        }).ToArray();
    }

    /// <summary>The name of a layer's attribute: that of its spec, which is longer for an activation.</summary>
    private static string Kind(LayerSpec layer) => layer is ActivationLayerSpec ? "Activation" : layer.GetType().Name[..^"Spec".Length];

    private static string[] Views(NetworkSpec network, string[] names, string suffix) => GraphBuilder.Build(network).Parameters()
        .Select(value => $".. {names[value.Layer - 1]}.{Property(value.Role, suffix)}.ToArray()")
        .ToArray();

    private static string Property(Role role, string suffix) =>
        role == Role.Weights && suffix.Length > 0 ? "Weight" + suffix : role + suffix;

    private static IEnumerable<string> NetworkArguments(NetworkSpec network)
    {
        LossSpec loss = network.Loss;
        yield return $"Loss = Loss.{loss.Kind}";
        if (loss.Reduction != Reduction.Mean)
        {
            yield return $"Reduction = Reduction.{loss.Reduction}";
        }

        string? parameter = loss.Kind switch
        {
            Loss.Huber => "Delta",
            Loss.SmoothL1 => "Beta",
            Loss.Quantile => "Quantile",
            Loss.MultiMargin => "Margin",
            _ => null,
        };
        if (parameter is not null)
        {
            yield return $"{parameter} = {Literal(loss.Parameter)}";
        }

        if (loss.Kind == Loss.MultiMargin)
        {
            yield return $"MarginPower = {Literal(loss.Power)}";
        }

        if (loss.LabelSmoothing != 0)
        {
            yield return $"LabelSmoothing = {Literal(loss.LabelSmoothing)}";
        }

        if (loss.ClassWeights.Count > 0)
        {
            yield return $"ClassWeights = {Literals(loss.ClassWeights)}";
        }

        if (loss.PositiveWeights.Count > 0)
        {
            yield return $"PositiveWeights = {Literals(loss.PositiveWeights)}";
        }

        if (network.Precision == Precision.Double)
        {
            yield return "Precision = Precision.Double";
        }

        if (!network.InputGradients)
        {
            yield return "InputGradients = false";
        }

        if (network.KeepIntermediates)
        {
            yield return "KeepIntermediates = true";
        }
    }

    private static string LayerAttribute(LayerSpec layer)
    {
        List<string> arguments = [];
        if (layer is DenseSpec dense)
        {
            arguments.Add(Literal(dense.Units));
        }

        if (layer is DropoutSpec dropout)
        {
            return Attribute("Dropout", [Literal(dropout.Rate)]);
        }

        arguments.Add($"Activation.{layer.Activation.Kind}");
        if (layer.Activation.Kind is Activation.LeakyRelu or Activation.Elu)
        {
            arguments.Add($"Alpha = {Literal(layer.Activation.Parameter)}");
        }
        else if (layer.Activation.Kind == Activation.Softplus)
        {
            arguments.Add($"Beta = {Literal(layer.Activation.Parameter)}");
        }

        if (layer is DenseSpec { Bias: false })
        {
            arguments.Add("Bias = false");
        }

        if (layer is LayerNormSpec norm)
        {
            arguments.Add($"Epsilon = {Literal(norm.Epsilon)}");
            arguments.Add($"Affine = {(norm.Affine ? "true" : "false")}");
        }

        if (layer is DenseSpec { WeightDecay: { } decay })
        {
            arguments.Add($"WeightDecay = {Literal(decay)}");
        }

        if (layer.Name.Length > 0)
        {
            arguments.Add($"Name = \"{layer.Name}\"");
        }

        return Attribute(Kind(layer), arguments);
    }

    /// <summary>All that a spec says, as the attribute of its name: their properties have the same names.</summary>
    private static string OptimizerAttribute(OptimizerSpec? optimizer)
    {
        if (optimizer is null)
        {
            return "";
        }

        // These decouple their weight decay, or do not, by being what they are.
        string name = optimizer is AdamSpec { DecoupledWeightDecay: true } ? "AdamW" : optimizer.GetType().Name[..^"Spec".Length];
        bool isFixed = optimizer is AdamSpec or LionSpec;
        return Attribute(name, optimizer.GetType().GetProperties()
            .Where(property => property.CanWrite && !(isFixed && property.Name == nameof(OptimizerSpec.DecoupledWeightDecay)))
            .Select(property => $"{property.Name} = {(property.GetValue(optimizer) is bool flag ? flag ? "true" : "false" : Literal((double)property.GetValue(optimizer)!))}"));
    }

    private static string Attribute(string name, IEnumerable<string> arguments) => $"[{name}({string.Join(", ", arguments)})]\n";

    private static string Literals(IEnumerable<double> values) => $"new double[] {{ {string.Join(", ", values.Select(Literal))} }}";

    private static string Literal(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Literal(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Line(FormattableString text) => FormattableString.Invariant(text) + "\n";
}
