using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>The property of one layer: its parameters and gradients and, on request, what it computed last.</summary>
internal sealed class LayerViewEmitter(LoweredProgram program, SourceWriter writer, Layer layer)
{
    private string Type => program.Element.Keyword;

    public void Emit()
    {
        bool keeps = program.Spec.KeepIntermediates;
        if (layer.ParameterCount == 0 && !keeps)
        {
            return;
        }

        string view = $"{layer.Name}Layer";
        writer.Blank();
        writer.Doc("summary", $"Layer {layer.Number}: {layer.Inputs} → {layer.Outputs}, {layer.Spec.Activation.Kind.ToString().ToLowerInvariant()}.");
        writer.Line($"public {view} {layer.Name} => new(this);");
        writer.Blank();
        writer.Doc("summary", $"What layer {layer.Number} offers; a view of the network, not a copy.");
        using (writer.OpenType($"public readonly struct {view}"))
        {
            writer.Line($"private readonly {program.Spec.Host.Name} _network;");
            writer.Blank();
            writer.Line($"internal {view}({program.Spec.Host.Name} network) => _network = network;");
            if (layer.ParameterCount > 0)
            {
                EmitParameters();
            }

            if (keeps)
            {
                EmitIntermediates();
            }
        }
    }

    private void EmitParameters()
    {
        foreach (ParameterTensor tensor in program.Parameters.TensorsOf(layer))
        {
            string symbol = Value.SymbolOf(tensor.Value.Role);
            string property = tensor.Value.Role.ToString();
            string gradients = $"{(tensor.Value.Role == Role.Weights ? "Weight" : property)}Gradients";
            string shape = tensor.IsMatrix
                ? $"[{tensor.Rows} × {tensor.Columns}], row by row: element [i, j] stands at i·{tensor.Columns} + j"
                : $"[{tensor.Columns}]";
            Span(property, $"{symbol} {shape}. A part of <see cref=\"Parameters\"/>.", "Parameters", tensor.LogicalOffset, tensor.Count);
            Span(gradients, $"∂{symbol} {shape}. A part of <see cref=\"Gradients\"/>.", "Gradients", tensor.LogicalOffset, tensor.Count);
        }

        void Span(string name, string summary, string source, long offset, long length)
        {
            writer.Blank();
            writer.Doc("summary", summary);
            writer.Line($"public Span<{Type}> {name} => _network.{source}.Slice({offset}, {length});");
        }
    }

    private void EmitIntermediates()
    {
        LayerValues values = LayerValues.Of(program.Graph)[layer.Number - 1];
        Copy("CopyPreActivationsTo", "z, the input of the activation", values.PreActivation);
        Copy("CopyOutputsTo", "h, the output", values.Output);
        if (values.Delta is { } delta && !IsSkipped(program.Resolve(delta)))
        {
            Copy("CopyDeltasTo", "δ = ∂H/∂z of the last backward pass", delta);
        }

        // Where softmax and loss collapse, nobody computes ∂h between them, which is δ of identities that stand behind the softmax.
        bool IsSkipped(Value delta) => !program.LossGivesOutputGradient && program.OutputGradient?.Upstream == delta;

        void Copy(string name, string what, Value value)
        {
            Value stored = program.Resolve(value);
            writer.Blank();
            writer.Doc("summary", $"Copies {what}, of the samples of the last pass.");
            writer.Doc("param name=\"destination\"", $"Receives [N × {layer.Outputs}].");
            writer.Doc("exception cref=\"ArgumentException\"", "The destination has another length.");
            using (writer.Open($"public void {name}(Span<{Type}> destination)"))
            {
                writer.Line($"NetworkGuard.Length(destination.Length, _network._batch, {value.Shape.Columns}, nameof(destination));");
                if (stored == program.Input)
                {
                    writer.Line("_network._inputs.Span.Slice(0, destination.Length).CopyTo(destination);");
                }
                else
                {
                    WorkspaceSlot slot = program.Training[stored];
                    writer.Line($"ref {Type} {stored.Name} = ref Unsafe.Add(ref _network._workspace.Origin, (nint){slot.Column} * _network._batch);");
                    writer.Line($"RowMatrix.Unpad(ref {stored.Name}, {slot.Stride}, {value.Shape.Columns}, destination);");
                }
            }
        }
    }
}
