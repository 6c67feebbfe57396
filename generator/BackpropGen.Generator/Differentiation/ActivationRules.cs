namespace BackpropGen.Generator.Differentiation;

/// <summary>One row per activation.</summary>
/// <remarks>
/// f′ reads h wherever h determines it, because h is kept for the layer above in any case and z then need not be. For LeakyRelu and Elu
/// that takes α ≥ 0, which the declaration demands: the sign of h is then the sign of z. [c] is 1 where c holds, 0 elsewhere, and at a
/// kink that is the value PyTorch takes.
/// </remarks>
internal static class ActivationRules
{
    private static readonly Dictionary<Activation, ActivationRule> Table = new ActivationRule[]
    {
        new(
            Activation.Identity, "id",
            "z",
            "1",
            @"\operatorname{id}", "z", "1",
            DerivativeNeeds.Nothing, Initializer.GlorotUniform, CheapForward: true, CheapDerivative: true),
        new(
            Activation.Relu, "relu",
            "max(z, 0)",
            "[h > 0]",
            @"\operatorname{relu}", @"\max(z, 0)", @"[h > 0]",
            DerivativeNeeds.Output, Initializer.HeNormal, CheapForward: true, CheapDerivative: true),
        new(
            Activation.LeakyRelu, "lrelu",
            "z where z > 0, else α·z",
            "1 where h > 0, else α",
            @"\operatorname{lrelu}", @"\begin{cases} z & z > 0 \\ \alpha z & z \le 0 \end{cases}",
            @"\begin{cases} 1 & h > 0 \\ \alpha & h \le 0 \end{cases}",
            DerivativeNeeds.Output, Initializer.HeNormal, CheapForward: true, CheapDerivative: true),
        new(
            Activation.Elu, "elu",
            "z where z > 0, else α·(eᶻ − 1)",
            "1 where h > 0, else h + α",
            @"\operatorname{elu}", @"\begin{cases} z & z > 0 \\ \alpha (e^z - 1) & z \le 0 \end{cases}",
            @"\begin{cases} 1 & h > 0 \\ h + \alpha & h \le 0 \end{cases}",
            DerivativeNeeds.Output, Initializer.HeNormal, CheapDerivative: true),
        new(
            Activation.Selu, "selu",
            "s·z where z > 0, else s·α·(eᶻ − 1), with s = 1.0507009873554805 and α = 1.6732632423543772",
            "s where h > 0, else h + s·α",
            @"\operatorname{selu}", @"s \cdot \begin{cases} z & z > 0 \\ \alpha (e^z - 1) & z \le 0 \end{cases}",
            @"\begin{cases} s & h > 0 \\ h + s \alpha & h \le 0 \end{cases}",
            DerivativeNeeds.Output, Initializer.HeNormal, CheapDerivative: true),
        new(
            Activation.Gelu, "gelu",
            "z·Φ(z), with Φ(z) = (1 + erf(z/√2))/2",
            "Φ(z) + z·φ(z), with φ(z) = e^(−z²/2)/√(2π)",
            @"\operatorname{gelu}", @"z\,\Phi(z), \quad \Phi(z) = \tfrac12 \left(1 + \operatorname{erf}(z / \sqrt2)\right)",
            @"\Phi(z) + z\,\varphi(z), \quad \varphi(z) = e^{-z^2/2} / \sqrt{2\pi}",
            DerivativeNeeds.Input, Initializer.HeNormal),
        new(
            Activation.GeluTanh, "gelu",
            "z/2·(1 + t), with t = tanh(√(2/π)·(z + 0.044715·z³))",
            "(1 + t)/2 + z/2·(1 − t²)·√(2/π)·(1 + 0.134145·z²)",
            @"\operatorname{gelu}", @"\tfrac{z}{2} (1 + t), \quad t = \tanh\left(\sqrt{2/\pi}\,(z + 0.044715\,z^3)\right)",
            @"\tfrac12 (1 + t) + \tfrac{z}{2} (1 - t^2) \sqrt{2/\pi}\,(1 + 0.134145\,z^2)",
            DerivativeNeeds.Input, Initializer.HeNormal),
        new(
            Activation.Silu, "silu",
            "z·σ(z), with σ(z) = 1/(1 + e⁻ᶻ)",
            "σ(z)·(1 + z·(1 − σ(z)))",
            @"\operatorname{silu}", @"z\,\sigma(z), \quad \sigma(z) = 1 / (1 + e^{-z})",
            @"\sigma(z) \left(1 + z (1 - \sigma(z))\right)",
            DerivativeNeeds.Input, Initializer.HeNormal),
        new(
            Activation.Mish, "mish",
            "z·t, with t = tanh(ln(1 + eᶻ))",
            "t + z·σ(z)·(1 − t²)",
            @"\operatorname{mish}", @"z\,t, \quad t = \tanh(\ln(1 + e^z))",
            @"t + z\,\sigma(z)\,(1 - t^2)",
            DerivativeNeeds.Input, Initializer.HeNormal),
        new(
            Activation.Softplus, "softplus",
            "ln(1 + e^(β·z))/β",
            "σ(β·z), with σ(z) = 1/(1 + e⁻ᶻ)",
            @"\operatorname{softplus}", @"\tfrac1\beta \ln(1 + e^{\beta z})",
            @"\sigma(\beta z), \quad \sigma(z) = 1 / (1 + e^{-z})",
            DerivativeNeeds.Input, Initializer.HeNormal),
        new(
            Activation.Softsign, "softsign",
            "z/(1 + |z|)",
            "1/(1 + |z|)²",
            @"\operatorname{softsign}", @"z / (1 + |z|)",
            @"1 / (1 + |z|)^2",
            DerivativeNeeds.Input, Initializer.GlorotUniform),
        new(
            Activation.Sigmoid, "σ",
            "1/(1 + e⁻ᶻ)",
            "h ⊙ (1 − h)",
            @"\sigma", @"1 / (1 + e^{-z})",
            @"h \odot (1 - h)",
            DerivativeNeeds.Output, Initializer.GlorotUniform, CheapDerivative: true),
        new(
            Activation.HardSigmoid, "hardsigmoid",
            "clip(z + 3, 0, 6)/6",
            "[0 < h < 1]/6",
            @"\operatorname{hardsigmoid}", @"\operatorname{clip}(z + 3, 0, 6) / 6",
            @"[0 < h < 1] / 6",
            DerivativeNeeds.Output, Initializer.GlorotUniform, CheapForward: true, CheapDerivative: true),
        new(
            Activation.Tanh, "tanh",
            "(eᶻ − e⁻ᶻ)/(eᶻ + e⁻ᶻ)",
            "1 − h²",
            @"\tanh", @"(e^z - e^{-z}) / (e^z + e^{-z})",
            @"1 - h^2",
            DerivativeNeeds.Output, Initializer.GlorotUniform, CheapDerivative: true),
        new(
            Activation.HardTanh, "hardtanh",
            "clip(z, −1, 1)",
            "[−1 < h < 1]",
            @"\operatorname{hardtanh}", @"\operatorname{clip}(z, -1, 1)",
            @"[-1 < h < 1]",
            DerivativeNeeds.Output, Initializer.GlorotUniform, CheapForward: true, CheapDerivative: true),
        new(
            Activation.HardSwish, "hardswish",
            "z·clip(z + 3, 0, 6)/6",
            "0 where z ≤ −3, 1 where z ≥ 3, else (2·z + 3)/6",
            @"\operatorname{hardswish}", @"z \operatorname{clip}(z + 3, 0, 6) / 6",
            @"\begin{cases} 0 & z \le -3 \\ 1 & z \ge 3 \\ (2z + 3) / 6 & \text{else} \end{cases}",
            DerivativeNeeds.Input, Initializer.HeNormal, CheapForward: true, CheapDerivative: true),
        new(
            Activation.Relu6, "relu6",
            "clip(z, 0, 6)",
            "[0 < h < 6]",
            @"\operatorname{relu6}", @"\operatorname{clip}(z, 0, 6)",
            @"[0 < h < 6]",
            DerivativeNeeds.Output, Initializer.HeNormal, CheapForward: true, CheapDerivative: true),
        new(
            Activation.Softmax, "softmax",
            "eᶻ/Σⱼ e^zⱼ",
            "h ⊙ (∂h − Σⱼ hⱼ·∂hⱼ)",
            @"\operatorname{softmax}", @"e^z / \textstyle\sum_j e^{z_j}",
            @"h \odot \left(\partial h - \textstyle\sum_j h_j\,\partial h_j\right)",
            DerivativeNeeds.Output, Initializer.GlorotUniform, IsRowWise: true),
        new(
            Activation.LogSoftmax, "logsoftmax",
            "z − ln Σⱼ e^zⱼ",
            "∂h − eʰ·Σⱼ ∂hⱼ",
            @"\operatorname{logsoftmax}", @"z - \ln \textstyle\sum_j e^{z_j}",
            @"\partial h - e^h \textstyle\sum_j \partial h_j",
            DerivativeNeeds.Output, Initializer.GlorotUniform, IsRowWise: true),
    }.ToDictionary(rule => rule.Kind);

    /// <summary>The row of an activation.</summary>
    public static ActivationRule Of(Activation kind) => Table[kind];
}
