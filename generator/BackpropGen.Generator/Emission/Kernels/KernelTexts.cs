using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission.Kernels;

/// <summary>The text of every operation with a kernel of its own. A new operation is a new row of the table.</summary>
internal static class KernelTexts
{
    private static readonly Dictionary<Type, KernelText> Kinds = new()
    {
        [typeof(Normalize)] = new NormalizeText(),
        [typeof(NormalizeGradient)] = new NormalizeGradientText(),
        [typeof(ScaleShift)] = new ScaleShiftText(),
        [typeof(ScaleColumns)] = new ScaleColumnsText(),
        [typeof(ScaleShiftGradient)] = new ScaleShiftGradientText(),
        [typeof(DropoutMask)] = new DropoutMaskText(),
        [typeof(ApplyMask)] = new ApplyMaskText(),
    };

    public static KernelText Of(KernelStep step) =>
        Kinds.TryGetValue(step.Op.GetType(), out KernelText? text)
            ? text
            : throw new InvalidOperationException($"{step.Op.Result.Name} is bound by {step.Op.GetType().Name}, which has no text.");
}
