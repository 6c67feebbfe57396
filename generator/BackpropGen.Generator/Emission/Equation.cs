namespace BackpropGen.Generator.Emission;

/// <summary>One line of the derivation. The same tag stands in the emitted code, in <c>Derivation</c> and in the documentation.</summary>
/// <param name="Tag">F1: forward, layer 1. H: the loss. D1: δ1. W1: ∂W1. B1: ∂b1. X: ∂x.</param>
/// <param name="Text">The equation in plain Unicode.</param>
/// <param name="Latex">The equation in LaTeX.</param>
/// <param name="Shape">The shape of what it binds, such as [N × 4]; empty for a number.</param>
/// <param name="Note">What f′ is, or another remark; may be empty.</param>
internal sealed record Equation(string Tag, string Text, string Latex, string Shape, string Note = "")
{
    /// <summary>The column at which shapes stand in comments.</summary>
    private const int ShapeColumn = 44;

    /// <summary>The equation as a comment line in the emitted code.</summary>
    public string ToComment()
    {
        string line = $"{Tag,-4} {Text}";
        if (Shape.Length > 0)
        {
            line = $"{line.PadRight(ShapeColumn)} {Shape}";
        }

        return Note.Length > 0 ? $"{line}   {Note}" : line;
    }
}
