namespace BackpropGen.Generator.Differentiation;

/// <summary>All that the compiler knows of an activation but its code.</summary>
/// <param name="Kind">Which activation.</param>
/// <param name="Symbol">How equations call it: "σ" in σ(z), "relu" in relu(z).</param>
/// <param name="Formula">f(z), as plain text; α and β stand for the parameter.</param>
/// <param name="Derivative">f′, as plain text, in terms of what it needs.</param>
/// <param name="LatexSymbol">The symbol in LaTeX.</param>
/// <param name="LatexFormula">f(z) in LaTeX.</param>
/// <param name="LatexDerivative">f′ in LaTeX.</param>
/// <param name="Needs">What f′ reads.</param>
/// <param name="Initializer">How the weights of a layer that ends with it start, unless its declaration says.</param>
/// <param name="CheapForward">Whether f is a few arithmetic instructions, fit for the end of a matrix kernel.</param>
/// <param name="CheapDerivative">Whether f′ is.</param>
/// <param name="IsRowWise">
/// Whether each output depends on all of the row. Derivative is then the whole gradient ∂z, since there is no f′ to multiply by.
/// </param>
internal sealed record ActivationRule(
    Activation Kind,
    string Symbol,
    string Formula,
    string Derivative,
    string LatexSymbol,
    string LatexFormula,
    string LatexDerivative,
    DerivativeNeeds Needs,
    Initializer Initializer,
    bool CheapForward = false,
    bool CheapDerivative = false,
    bool IsRowWise = false)
{
    /// <summary>The equation of f: "relu(z) = max(z, 0)".</summary>
    public string Equation => $"{Symbol}(z) = {Formula}";

    /// <summary>The equation of f′: "relu′(z) = [h &gt; 0]"; for the softmax family that of ∂z.</summary>
    public string DerivativeEquation => IsRowWise ? $"∂z = {Derivative}" : $"{Symbol}′(z) = {Derivative}";

    /// <summary>The equation of f in LaTeX.</summary>
    public string LatexEquation => $"{LatexSymbol}(z) = {LatexFormula}";

    /// <summary>The equation of f′, or for the softmax family of ∂z, in LaTeX.</summary>
    public string LatexDerivativeEquation =>
        IsRowWise ? $@"\partial z = {LatexDerivative}" : $"{LatexSymbol}'(z) = {LatexDerivative}";
}
