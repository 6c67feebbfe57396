using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>TransposeWeights: every Wᵀ that is made before a backward pass.</summary>
internal static class TransposeEmitter
{
    /// <summary>Writes the method, where some Wᵀ is made beforehand.</summary>
    public static void Emit(LoweredProgram program, SourceWriter writer)
    {
        if (program.Parameters.TransposedBefore.Count == 0)
        {
            return;
        }

        List<ParameterSlot> inner = program.Parameters.TransposedBefore.Where(slot => !IsForInputGradient(program, slot)).ToList();
        var transposes = new StatementList(writer, "TransposeWeights", string.Empty, string.Empty, "private", inner.ConvertAll(Transpose));
        writer.Blank();
        writer.Doc("summary", "Brings Wᵀ of every layer that hands a gradient down up to date.");
        using (writer.Open("private void TransposeWeights(bool inputGradients)"))
        {
            transposes.EmitStatements();
            foreach (ParameterSlot first in program.Parameters.TransposedBefore.Except(inner))
            {
                using (writer.Open("if (inputGradients)"))
                {
                    writer.Line(Transpose(first));
                }
            }
        }

        transposes.EmitParts();

        // Such a Wᵀ is one panel.
        string Transpose(ParameterSlot slot) =>
            $"PanelMatrix.TransposePanel(ref Unsafe.Add(ref _parameters.Origin, {slot.Weights.Offset}), {slot.Layer.Inputs}, {slot.Layer.Outputs}, 0, "
            + $"ref Unsafe.Add(ref _transposed.Origin, {slot.TransposedOffset}));";
    }

    /// <summary>Whether a training step, which computes no ∂x, reads some Wᵀ that is made beforehand.</summary>
    public static bool StepTransposes(LoweredProgram program) =>
        program.Parameters.TransposedBefore.Any(slot => !IsForInputGradient(program, slot));

    /// <summary>Whether only ∂x is computed from a Wᵀ.</summary>
    private static bool IsForInputGradient(LoweredProgram program, ParameterSlot slot) =>
        program.Backward.OfType<InputGradientStep>().Any(step => step.Layer == slot.Layer && step.Result.Role == Role.InputGradient);
}
