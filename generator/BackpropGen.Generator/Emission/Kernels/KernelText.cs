using System.Globalization;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission.Kernels;

/// <summary>The text of one kind of operation: its mathematics, and the loops that compute it.</summary>
internal abstract class KernelText
{
    /// <summary>The lines that a reader ticks off.</summary>
    public abstract IEnumerable<Equation> Equations(KernelStep step);

    /// <summary>Writes the loops.</summary>
    public abstract void Write(KernelStep step, KernelWriter to);

    /// <summary>A number as the mathematics writes it.</summary>
    protected static string Plain(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The tag of an equation: F2, D2.</summary>
    protected static string Tag(string letter, KernelStep step) => letter + CSharpLiteral.Int(step.Layer.Number);

    /// <summary>The tag of a gradient that is handed down: G of the layer below, X for ∂x.</summary>
    protected static string TagOf(Value gradient) => gradient.Role switch
    {
        Role.InputGradient => "X",
        Role.Delta => $"D{CSharpLiteral.Int(gradient.Layer)}",
        _ => $"G{CSharpLiteral.Int(gradient.Layer)}",
    };
}

/// <summary>A kind of operation, by its type.</summary>
/// <typeparam name="TOp">The operation.</typeparam>
internal abstract class KernelText<TOp> : KernelText
    where TOp : KernelOp
{
    public sealed override IEnumerable<Equation> Equations(KernelStep step) => Equations((TOp)step.Op, step);

    public sealed override void Write(KernelStep step, KernelWriter to) => Write((TOp)step.Op, to);

    /// <inheritdoc cref="KernelText.Equations(KernelStep)"/>
    protected abstract IEnumerable<Equation> Equations(TOp op, KernelStep step);

    /// <inheritdoc cref="KernelText.Write(KernelStep, KernelWriter)"/>
    protected abstract void Write(TOp op, KernelWriter to);
}
