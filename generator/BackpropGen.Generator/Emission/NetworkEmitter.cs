using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Emission;

/// <summary>The face of the network: its facts, its state, how it starts.</summary>
internal sealed class NetworkEmitter(LoweredProgram program, SourceWriter writer)
{
    /// <summary>What a tooltip can show; who has more layers reads <c>Derivation</c>.</summary>
    private const int MostLayersInDerivation = 16;

    private readonly NetworkSpec _spec = program.Spec;
    private readonly ElementType _element = program.Element;

    private string Type => _element.Keyword;

    /// <summary>The doc comment and the attributes of the class: who points at its name sees the network, and how it is computed.</summary>
    public static void EmitTypeDocumentation(SourceWriter writer, LoweredProgram program)
    {
        writer.Doc("summary", $"{NetworkSummary.Line(program)}.");
        writer.Line("/// <remarks>");
        writer.Code(NetworkSummary.Table(program).Split('\n'));
        if (program.Layers.Count <= MostLayersInDerivation)
        {
            writer.Line("/// <para>Forward pass, loss and backward pass; behind each line the shape of what it binds, for N samples.</para>");
            writer.Code(Equations.All(program).Select(equation => equation.ToComment()));
        }

        writer.Line("/// </remarks>");
        writer.Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"BackpropGen\", \"{FileFrame.Version}\")]");
    }

    /// <summary>What the class implements: the network, and how it can be trained.</summary>
    public static IEnumerable<string> Interfaces(LoweredProgram program)
    {
        string Of(string name) => $"global::BackpropGen.{name}<{program.Element.Keyword}>";

        yield return Of("INeuralNetwork");
        if (program.Spec.Optimizer is not null)
        {
            LossRule loss = LossRules.Of(program.Spec.Loss.Kind);
            if (loss.TakesLabels)
            {
                yield return Of("ILabelTrainable");
            }

            if (loss.TakesRows)
            {
                yield return Of("ITargetTrainable");
            }
        }
    }

    public void Emit()
    {
        EmitFacts();
        EmitState();
        EmitStart();
    }

    private void EmitFacts()
    {
        writer.Doc("summary", "The number of input values of one sample.");
        writer.Line($"public const int InputSize = {_spec.Inputs};");
        writer.Blank();
        writer.Doc("summary", "The number of output values of one sample.");
        writer.Line($"public const int OutputSize = {program.LastLayer.Outputs};");
        writer.Blank();
        writer.Doc("summary", "The number of trainable parameters.");
        writer.Line($"public const int ParameterCount = {program.Parameters.LogicalCount};");
        writer.Blank();
        writer.Doc("summary", "The network as a table: layers, shapes, activations, parameters, multiply-adds, memory.");
        EmitText("Summary", NetworkSummary.Table(program));
        writer.Blank();
        writer.Doc("summary", "The mathematics of this network, as Markdown with LaTeX; the tags are those of the comments in the code.");
        EmitText("Derivation", DerivationText.Write(program));
    }

    /// <summary>A long text as a constant, one literal per line: readable where it stands, and the same bytes on every system.</summary>
    private void EmitText(string name, string text)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        writer.Line($"public const string {name} =");
        using (writer.Indent())
        {
            for (int i = 0; i < lines.Length; i++)
            {
                string literal = lines[i].Replace("\\", "\\\\").Replace("\"", "\\\"");
                writer.Line(i + 1 < lines.Length ? $"\"{literal}\\n\" +" : $"\"{literal}\\n\";");
            }
        }
    }

    private void EmitState()
    {
        ParameterPlan plan = program.Parameters;
        writer.Blank();
        writer.Line($"// All parameters, every matrix in panels of {_element.PanelWidth} columns (see PanelMatrix); the gradients in the same layout.");
        writer.Line(_spec.Host.DeclaresConstructor
            ? $"private readonly AlignedBuffer<{Type}> _parameters = InitialParameters(seed: 0);"
            : $"private readonly AlignedBuffer<{Type}> _parameters = new({plan.BlockLength});");
        writer.Line($"private readonly AlignedBuffer<{Type}> _gradients = new({plan.BlockLength});");
        if (plan.TransposedLength > 0)
        {
            writer.Blank();
            writer.Line(plan.TransposedBefore.Count > 0
                ? "// Wᵀ of the layers that hand a gradient down, brought up to date at the start of each backward pass."
                : "// One panel of Wᵀ at a time, for the kernels that hand a gradient down.");
            writer.Line($"private readonly AlignedBuffer<{Type}> _transposed = new({plan.TransposedLength});");
        }

        writer.Blank();
        writer.Line("// x, z, h and δ of the samples of the last pass; grows to the largest batch seen.");
        writer.Line($"private AlignedBuffer<{Type}> _workspace = new(0);");
        writer.Line($"private AlignedBuffer<{Type}> _inputs = new(0);");
        writer.Line($"private {Type}[] _sampleLosses = Array.Empty<{Type}>();");
        if (_spec.InputGradients)
        {
            writer.Line($"private {Type}[] _inputGradients = Array.Empty<{Type}>();");
        }

        if (program.Draws)
        {
            writer.Blank();
            writer.Line("// Where the random numbers of dropout start, and how many masks were drawn since.");
            writer.Line("private long _dropoutStart;");
            writer.Line("private long _dropoutMasks;");
        }

        writer.Blank();
        writer.Line("// The number of samples of the last pass, and whether Forward kept them for a backward pass.");
        writer.Line("private int _batch;");
        writer.Line("private bool _hasForward;");
        writer.Line("private int _lossCount;  // the samples in _sampleLosses");
    }

    private void EmitStart()
    {
        if (!_spec.Host.DeclaresConstructor)
        {
            writer.Blank();
            writer.Doc("summary", "A network with freshly initialised parameters.");
            writer.Doc("param name=\"seed\"", "Where the random numbers start; the same seed gives the same parameters.");
            using (writer.Open($"public {_spec.Host.Name}(ulong seed = 0)"))
            {
                writer.Line("Initialize(seed);");
            }
        }

        writer.Blank();
        writer.Doc("summary", "Starts the parameters anew, and the optimizer with them.");
        writer.Doc("remarks", string.Join("\n", program.Parameters.Tensors.Where(tensor => tensor.Value.Role != Role.Bias).Select(tensor =>
            $"{tensor.Layer.Name}: {(tensor.IsMatrix ? Resolve(tensor.Layer).ToString() : "γ one")}; biases zero.")));
        writer.Doc("param name=\"seed\"", "Where the random numbers start; the same seed gives the same parameters.");
        using (writer.Open("public void Initialize(ulong seed)"))
        {
            writer.Line("InitialParameters(seed).Span.CopyTo(_parameters.Span);");
            writer.Line("ExportParameters();");
            if (program.Draws)
            {
                writer.Line("_dropoutStart = DropoutMasks.Start(seed);");
                writer.Line("_dropoutMasks = 0;");
            }

            if (_spec.Optimizer is not null)
            {
                writer.Line("ResetOptimizer();");
            }
        }

        EmitInitialParameters();
    }

    private void EmitInitialParameters()
    {
        var draws = new StatementList(writer, "InitialParameters", $"{Type}[] flat, ulong seed", "flat, seed", "private static", Draws().ToList());
        writer.Blank();
        writer.Doc("summary", "A new parameter block with the weights drawn as each layer asks for.");
        using (writer.Open($"private static AlignedBuffer<{Type}> InitialParameters(ulong seed)"))
        {
            writer.Line($"var flat = new {Type}[ParameterCount];");
            draws.EmitStatements();
            writer.Line($"var block = new AlignedBuffer<{Type}>({program.Parameters.BlockLength});");
            writer.Line("PackParameters(flat, block.Span);");
            writer.Line("return block;");
        }

        draws.EmitParts();

        IEnumerable<string> Draws()
        {
            foreach (ParameterTensor scale in program.Parameters.Tensors.Where(tensor => tensor.Value.Role == Role.Scale))
            {
                yield return $"flat.AsSpan({scale.LogicalOffset}, {scale.Count}).Fill(1);";
            }

            foreach (ParameterTensor weights in program.Parameters.Tensors.Where(tensor => tensor.IsMatrix && Resolve(tensor.Layer) != Initializer.Zeros))
            {
                Layer layer = weights.Layer;
                yield return $"WeightInitializer.Fill(flat.AsSpan({weights.LogicalOffset}, {weights.Count}), {weights.Rows}, {weights.Columns}, "
                    + $"global::BackpropGen.Initializer.{Resolve(layer)}, seed, {layer.Number});";
            }
        }
    }

    private static Initializer Resolve(Layer layer) => layer.Dense!.Initializer == Initializer.Auto
        ? ActivationRules.Of(layer.Spec.Activation.Kind).Initializer
        : layer.Dense.Initializer;
}
