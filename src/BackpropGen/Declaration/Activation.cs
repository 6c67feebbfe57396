#if BACKPROPGEN_GENERATOR
namespace BackpropGen.Generator;
#else
namespace BackpropGen;
#endif

/// <summary>The function f that turns a layer's pre-activation z into its output h = f(z).</summary>
/// <remarks>Derivatives at kinks follow PyTorch; each member names the value there.</remarks>
#if BACKPROPGEN_GENERATOR
internal
#else
public
#endif
enum Activation
{
    /// <summary>h = z.</summary>
    Identity,

    /// <summary>h = max(z, 0); f′(0) = 0.</summary>
    Relu,

    /// <summary>h = z for z &gt; 0, α·z otherwise (α = 0.01 unless given); f′(0) = α.</summary>
    LeakyRelu,

    /// <summary>h = z for z &gt; 0, α·(eᶻ − 1) otherwise (α = 1 unless given); f′(0) = α.</summary>
    Elu,

    /// <summary>h = s·z for z &gt; 0, s·α·(eᶻ − 1) otherwise, with s = 1.0507009873554805 and α = 1.6732632423543772; f′(0) = s·α.</summary>
    Selu,

    /// <summary>h = z·Φ(z), Φ the standard normal distribution function (the exact form, by erf).</summary>
    Gelu,

    /// <summary>h = z/2·(1 + tanh(√(2/π)·(z + 0.044715·z³))), the usual approximation of <see cref="Gelu"/>.</summary>
    GeluTanh,

    /// <summary>h = z·σ(z), also called swish.</summary>
    Silu,

    /// <summary>h = z·tanh(ln(1 + eᶻ)).</summary>
    Mish,

    /// <summary>h = ln(1 + e^(β·z)) / β (β = 1 unless given).</summary>
    Softplus,

    /// <summary>h = z / (1 + |z|).</summary>
    Softsign,

    /// <summary>h = σ(z) = 1 / (1 + e⁻ᶻ).</summary>
    Sigmoid,

    /// <summary>h = clip(z + 3, 0, 6) / 6; f′(±3) = 0.</summary>
    HardSigmoid,

    /// <summary>h = tanh(z).</summary>
    Tanh,

    /// <summary>h = clip(z, −1, 1); f′(±1) = 0.</summary>
    HardTanh,

    /// <summary>h = z·clip(z + 3, 0, 6) / 6.</summary>
    HardSwish,

    /// <summary>h = clip(z, 0, 6); f′(0) = f′(6) = 0.</summary>
    Relu6,

    /// <summary>hᵢ = e^zᵢ / Σⱼ e^zⱼ over the layer's outputs of one sample (full Jacobian in the backward pass).</summary>
    Softmax,

    /// <summary>hᵢ = zᵢ − ln Σⱼ e^zⱼ over the layer's outputs of one sample (full Jacobian in the backward pass).</summary>
    LogSoftmax,
}
