#if BACKPROPGEN_GENERATOR
namespace BackpropGen.Generator;
#else
namespace BackpropGen;
#endif

/// <summary>The element type T of a network: its parameters, inputs, outputs and all arithmetic.</summary>
#if BACKPROPGEN_GENERATOR
internal
#else
public
#endif
enum Precision
{
    /// <summary>T is <see cref="float"/>.</summary>
    Single,

    /// <summary>T is <see cref="double"/>.</summary>
    Double,
}
