using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission;

/// <summary>The description of the network as data; the library reads and writes files from it.</summary>
internal sealed class FormatsEmitter(LoweredProgram program, SourceWriter writer)
{
    private const string Description = "global::BackpropGen.NetworkDescription";

    private readonly NetworkSpec _spec = program.Spec;

    public void Emit()
    {
        EmitFiles();
        writer.Blank();
        EmitDescription();
        writer.Blank();
        writer.Line($"{Description} global::BackpropGen.INeuralNetwork<{program.Element.Keyword}>.Describe() => Description;");
    }

    private void EmitFiles()
    {
        const string Stream = "global::System.IO.Stream";
        Call("Save", "Writes the parameters to a safetensors file, which is replaced as a whole or not at all.", "string path", "The file.");
        Call("Save", "Writes the parameters to a stream, in the safetensors format.", $"{Stream} stream", "The stream; it is left open.");
        const string Load = "Replaces the parameters by those of a safetensors file, whose tensors must have the names and shapes of this network's.\n"
            + "Where the file does not fit, nothing is changed. The state of the optimizer stays.";
        Call("Load", Load, "string path", "The file.", refuses: true);
        Call("Load", Load, $"{Stream} stream", "The stream; it is read to its end.", refuses: true);
        const string Export = "Writes the network as an ONNX model: \"input\" [batch × inputs], \"output\" what <see cref=\"Predict\"/> gives.";
        Call("ExportOnnx", Export, "string path", "The file, which is replaced as a whole or not at all.", library: "OnnxExport.Write");
        Call("ExportOnnx", Export, $"{Stream} stream", "The stream; it is left open.", library: "OnnxExport.Write");

        void Call(string name, string summary, string parameter, string meaning, bool refuses = false, string? library = null)
        {
            string argument = parameter.Substring(parameter.LastIndexOf(' ') + 1);
            writer.Blank();
            writer.Doc("summary", summary);
            writer.Doc($"param name=\"{argument}\"", meaning);
            if (refuses)
            {
                writer.Doc("exception cref=\"global::System.IO.InvalidDataException\"", "The file is damaged, or of another network; the message says what differs.");
            }

            writer.Line($"public void {name}({parameter}) => global::BackpropGen.{library ?? $"NetworkFile.{name}"}({argument}, this);");
        }
    }

    private void EmitDescription()
    {
        writer.Doc("summary", "What this network is, as data: its layers, where their parameters stand, and what it predicts.");
        writer.Line($"public static {Description} Description => _description ??= BuildDescription();");
        writer.Blank();
        writer.Line($"private static {Description}? _description;");
        var layers = new StatementList(
            writer, "BuildDescription", "global::BackpropGen.NetworkDescriptionBuilder network", "network", "private static", Layers().ToList());
        writer.Blank();
        using (writer.Open($"private static {Description} BuildDescription()"))
        {
            writer.Line($"var network = new global::BackpropGen.NetworkDescriptionBuilder(\"{_spec.Host.Name.TrimStart('@')}\", InputSize)");
            writer.Line("{");
            using (writer.Indent())
            {
                writer.Line($"Generator = \"BackpropGen {FileFrame.Version}\",");
                writer.Line($"Precision = {Member(_spec.Precision)},");
                writer.Line($"Loss = {Member(_spec.Loss.Kind)},");
                writer.Line($"Prediction = {Member(LossRules.Of(_spec.Loss.Kind).Prediction)},");
            }

            writer.Line("};");
            layers.EmitStatements();
            writer.Line("return network.Build();");
        }

        layers.EmitParts();
    }

    private IEnumerable<string> Layers()
    {
        foreach (Layer layer in program.Layers)
        {
            ActivationSpec activation = layer.Spec.Activation;
            string parameter = activation.HasParameter ? $", {CSharpLiteral.Number(activation.Parameter, ElementType.Double)}" : string.Empty;
            string end = $"{Member(activation.Kind)}{parameter}";
            yield return layer.Spec switch
            {
                DenseSpec dense => $"network.Dense(\"{layer.Name}\", {CSharpLiteral.Int(dense.Units)}, {end}{(dense.Bias ? string.Empty : ", bias: false")});",
                LayerNormSpec norm => $"network.LayerNorm(\"{layer.Name}\", {CSharpLiteral.Number(norm.Epsilon, ElementType.Double)}, affine: {(norm.Affine ? "true" : "false")}, {end});",
                DropoutSpec dropout => $"network.Dropout(\"{layer.Name}\", {CSharpLiteral.Number(dropout.Rate, ElementType.Double)});",
                ActivationLayerSpec => $"network.Activation(\"{layer.Name}\", {end});",
                _ => throw new InvalidOperationException($"{layer.Name} has no description."),
            };
        }
    }

    /// <summary>A member of an enum of the library.</summary>
    private static string Member<TEnum>(TEnum value)
        where TEnum : struct, Enum => $"global::BackpropGen.{typeof(TEnum).Name}.{value}";
}
