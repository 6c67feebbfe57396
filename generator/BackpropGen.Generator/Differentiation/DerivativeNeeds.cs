namespace BackpropGen.Generator.Differentiation;

/// <summary>What f′ is computed from, and so what the forward pass must keep.</summary>
internal enum DerivativeNeeds
{
    /// <summary>Nothing: f′ is constant.</summary>
    Nothing,

    /// <summary>z, the input of f.</summary>
    Input,

    /// <summary>h = f(z), the output of f.</summary>
    Output,
}
