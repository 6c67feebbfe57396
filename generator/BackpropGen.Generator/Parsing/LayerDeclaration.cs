using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Parsing;

/// <summary>A layer as the parser sees it: the spec to be, and the attribute to point at.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Spec">What it declares, valid or not.</param>
/// <param name="Inputs">The width of what it reads.</param>
internal sealed record LayerDeclaration(AttributeReader Attribute, LayerSpec Spec, int Inputs)
{
    /// <summary>The width of what it gives.</summary>
    public int Outputs => Spec.OutputsFor(Inputs);

    /// <summary>Whether the user named it.</summary>
    public bool IsNamed => Attribute.String("Name") is not null;

    /// <summary>The number of weights and biases.</summary>
    public long ParameterCount => Spec.ParameterCountFor(Inputs);
}
