namespace BackpropGen.Generator.Graph;

/// <summary>What a value is in the mathematics of the network.</summary>
internal enum Role
{
    /// <summary>x, the inputs.</summary>
    Input,

    /// <summary>y, the targets: rows of values, or labels.</summary>
    Target,

    /// <summary>s, one weight per sample.</summary>
    SampleWeight,

    /// <summary>W of a layer.</summary>
    Weights,

    /// <summary>b of a layer.</summary>
    Bias,

    /// <summary>γ of a layer: one factor per column.</summary>
    Scale,

    /// <summary>x̂ of a layer: its input with mean 0 and variance 1.</summary>
    Normalized,

    /// <summary>r = 1/√(σ² + ε), kept for the gradient of <see cref="Normalized"/>.</summary>
    Deviation,

    /// <summary>m of a layer: what dropout multiplies its input by.</summary>
    Mask,

    /// <summary>An intermediate of the forward pass that has no name in the derivation (x·W before the bias is added).</summary>
    Product,

    /// <summary>z of a layer.</summary>
    PreActivation,

    /// <summary>h of a layer.</summary>
    Output,

    /// <summary>The loss of each sample.</summary>
    SampleLoss,

    /// <summary>H, the loss of the batch.</summary>
    Loss,

    /// <summary>∂h of a layer: ∂H/∂h.</summary>
    OutputGradient,

    /// <summary>δ of a layer: ∂H/∂z.</summary>
    Delta,

    /// <summary>∂x̂ of a layer.</summary>
    NormalizedGradient,

    /// <summary>∂γ of a layer.</summary>
    ScaleGradient,

    /// <summary>∂W of a layer.</summary>
    WeightGradient,

    /// <summary>∂b of a layer.</summary>
    BiasGradient,

    /// <summary>∂x.</summary>
    InputGradient,

    /// <summary>A copy of another value in the order in which a kernel reads it.</summary>
    Packed,

    /// <summary>One number per sample that the loss keeps from one loop to the next.</summary>
    LossTerm,
}

/// <summary>A value of the graph: bound once, by an operation or as an input of the graph.</summary>
/// <param name="Id">Its number, unique in the graph and in order of creation.</param>
/// <param name="Name">Its name in the mathematics, in ASCII: x, y, W1, b1, z1, h1, d1 (δ1), dh1, dW1, db1, dx, H.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Role">What it is.</param>
/// <param name="Layer">The 1-based number of the layer it belongs to; 0 for none.</param>
internal sealed record Value(int Id, string Name, Shape Shape, Role Role, int Layer)
{
    /// <summary>Whether training changes it.</summary>
    public bool IsParameter => Role is Role.Weights or Role.Bias or Role.Scale;

    /// <summary>The symbol of a parameter: W, b, γ.</summary>
    public static string SymbolOf(Role parameter) => parameter switch
    {
        Role.Weights => "W",
        Role.Bias => "b",
        Role.Scale => "γ",
        _ => throw new InvalidOperationException($"{parameter} is no parameter."),
    };

    /// <summary>What is differentiated by, given what a gradient of it is.</summary>
    public static Role ParameterRoleOf(Role gradient) => gradient switch
    {
        Role.WeightGradient => Role.Weights,
        Role.BiasGradient => Role.Bias,
        Role.ScaleGradient => Role.Scale,
        _ => throw new InvalidOperationException($"{gradient} is no gradient of a parameter."),
    };
}
