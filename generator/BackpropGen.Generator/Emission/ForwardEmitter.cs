using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>Forward, the pass behind it, and the room that it takes.</summary>
internal sealed class ForwardEmitter(LoweredProgram program, SourceWriter writer)
{
    private readonly LossRule _rule = LossRules.Of(program.Spec.Loss.Kind);

    private string Type => program.Element.Keyword;

    /// <summary>Writes the members.</summary>
    public void Emit()
    {
        writer.Doc("summary", "Runs the network forward and keeps what the backward pass needs.");
        BatchParameters.DocInputs(writer, program);
        using (writer.Open($"public void Forward(ReadOnlySpan<{Type}> inputs)"))
        {
            writer.Line("int batch = NetworkGuard.BatchSize(inputs.Length, InputSize, nameof(inputs));");
            writer.Line("Reserve(batch, batch);");
            writer.Line("ReserveInputs(batch);");
            writer.Line("ImportParameters();");
            writer.Line("inputs.CopyTo(_inputs.Span);");
            writer.Line(program.IsParallel ? ThreadsEmitter.RunKept("Forward") : "ForwardPass(ref _inputs.Origin, ref _workspace.Origin, batch);");
            writer.Line("_batch = batch;");
            writer.Line("_hasForward = true;");
            writer.Line("_lossCount = 0;");
        }

        writer.Blank();
        writer.Doc("summary", $"Runs the network forward, keeps what the backward pass needs, and gives the outputs: {LossSyntax.OutputWords(_rule)}.");
        BatchParameters.DocInputs(writer, program);
        writer.Doc("param name=\"outputs\"", $"Receives [N × {program.LastLayer.Outputs}].");
        using (writer.Open($"public void Forward(ReadOnlySpan<{Type}> inputs, Span<{Type}> outputs)"))
        {
            writer.Line("int batch = NetworkGuard.BatchSize(inputs.Length, InputSize, nameof(inputs));");
            writer.Line("NetworkGuard.Length(outputs.Length, batch, OutputSize, nameof(outputs));");
            writer.Line("Forward(inputs);");
            WorkspaceSlot slot = program.Training[program.Output];
            writer.Line($"ref {Type} {program.Output.Name} = ref Unsafe.Add(ref _workspace.Origin, (nint){slot.Column} * batch);");
            writer.Line($"RowMatrix.Unpad(ref {program.Output.Name}, {slot.Stride}, OutputSize, outputs);");
        }

        EmitReserve();
        new PassEmitter(program, program.Training, writer, ofPart: program.IsParallel).Emit(
            "ForwardPass",
            $"The forward pass{PassEmitter.OfRows(program)}: every layer from x to the output.",
            program.Forward,
            [($"ref {Type} x", "ref x"), ($"ref {Type} workspace", "ref workspace"), .. PassEmitter.Rows(program)]);
    }

    private void EmitReserve()
    {
        writer.Blank();
        writer.Doc("summary", "Makes room for a pass, rows samples at a time; memory is taken only where the batch is larger than any before.");
        using (writer.Open("private void Reserve(int batch, int rows)"))
        {
            writer.Line($"int length = NetworkGuard.WorkspaceLength({program.Training.Columns}, rows);");
            using (writer.Open("if (_workspace.Length < length)"))
            {
                writer.Line($"_workspace = new AlignedBuffer<{Type}>(length);");
            }

            writer.Blank();
            using (writer.Open("if (_sampleLosses.Length < batch)"))
            {
                writer.Line($"_sampleLosses = new {Type}[batch];");
            }

            writer.Blank();
            writer.Line("// Whatever was kept is about to be overwritten.");
            writer.Line("_hasForward = false;");
        }

        writer.Blank();
        writer.Doc("summary", "Makes room for what a backward pass of its own needs beside the workspace: x, and ∂x.".Replace(
            ", and ∂x", program.Spec.InputGradients ? ", and ∂x" : string.Empty));
        using (writer.Open("private void ReserveInputs(int batch)"))
        {
            writer.Line("int length = NetworkGuard.WorkspaceLength(InputSize, batch);");
            using (writer.Open("if (_inputs.Length < length)"))
            {
                writer.Line($"_inputs = new AlignedBuffer<{Type}>(length);");
                if (program.Spec.InputGradients)
                {
                    writer.Line($"_inputGradients = new {Type}[length];");
                }
            }
        }
    }
}
