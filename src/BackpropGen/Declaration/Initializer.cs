#if BACKPROPGEN_GENERATOR
namespace BackpropGen.Generator;
#else
namespace BackpropGen;
#endif

/// <summary>How the weights of a layer start. Biases start at zero. fan_in is the number of inputs, fan_out the number of units.</summary>
#if BACKPROPGEN_GENERATOR
internal
#else
public
#endif
enum Initializer
{
    /// <summary><see cref="HeNormal"/> for the ReLU family, <see cref="GlorotUniform"/> for every other activation.</summary>
    Auto,

    /// <summary>U(−a, a) with a = √(6 / (fan_in + fan_out)); Glorot and Bengio, 2010.</summary>
    GlorotUniform,

    /// <summary>N(0, 2 / (fan_in + fan_out)), not truncated.</summary>
    GlorotNormal,

    /// <summary>U(−a, a) with a = √(6 / fan_in); He et al., 2015.</summary>
    HeUniform,

    /// <summary>N(0, 2 / fan_in), not truncated.</summary>
    HeNormal,

    /// <summary>U(−a, a) with a = √(3 / fan_in); LeCun et al., 1998.</summary>
    LecunUniform,

    /// <summary>N(0, 1 / fan_in), not truncated.</summary>
    LecunNormal,

    /// <summary>A random matrix whose shorter side is orthonormal; Saxe et al., 2014.</summary>
    Orthogonal,

    /// <summary>All weights zero.</summary>
    Zeros,
}
