namespace BackpropGen.Generator.Lowering;

/// <summary>How the matrix products of a layer are written.</summary>
internal enum Schedule
{
    /// <summary>The loops stand in the pass itself, one or two vectors wide: nothing is hidden from the reader.</summary>
    Inline,

    /// <summary>
    /// Few units: the loops stand in the pass, but their vectors lie along the inputs, and W is stored unit by unit, as the panels of Wᵀ.
    /// </summary>
    Narrow,

    /// <summary>A call to specialised kernels that keep blocks of the result in registers.</summary>
    Tiled,
}
