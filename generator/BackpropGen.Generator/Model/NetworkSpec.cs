namespace BackpropGen.Generator.Model;

/// <summary>
/// One network as the user declared it: everything the compiler needs, and all that incremental caching compares.
/// Keep it and all it holds immutable and value-equatable: no symbol, no syntax, no location, no compilation.
/// </summary>
/// <param name="Host">The user's class.</param>
/// <param name="Inputs">The number of input values of one sample.</param>
/// <param name="Layers">The layers from input to output; never empty.</param>
/// <param name="Loss">The loss and its reduction.</param>
/// <param name="Optimizer">The optimizer, or null where none was asked for.</param>
/// <param name="Precision">The element type.</param>
/// <param name="InputGradients">Whether the backward pass ends with ∂L/∂x.</param>
/// <param name="KeepIntermediates">Whether z, h and δ of every layer can be read.</param>
/// <param name="Parallelism">The most threads of a pass.</param>
/// <param name="Dialect">What the emitted text may call, by the target of the project.</param>
internal sealed record NetworkSpec(
    HostSpec Host,
    int Inputs,
    EquatableArray<LayerSpec> Layers,
    LossSpec Loss,
    OptimizerSpec? Optimizer = null,
    Precision Precision = Precision.Single,
    bool InputGradients = true,
    bool KeepIntermediates = false,
    int Parallelism = 1,
    Dialect Dialect = Dialect.Hardware);
