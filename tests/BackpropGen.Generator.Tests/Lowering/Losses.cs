using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Tests.Lowering;

/// <summary>Which activations a network may end with, by loss: written down once more, apart from the rules of the parser.</summary>
internal static class Losses
{
    public static readonly Loss[] All = Enum.GetValues<Loss>();

    /// <summary>The valid activations of the last layer.</summary>
    public static IReadOnlyList<Activation> OutputsOf(Loss loss) => loss switch
    {
        Loss.CrossEntropy => [Activation.Softmax],
        Loss.NegativeLogLikelihood or Loss.KullbackLeiblerDivergence => [Activation.LogSoftmax],
        Loss.BinaryCrossEntropy => [Activation.Sigmoid, Activation.HardSigmoid],
        Loss.SoftmaxCrossEntropy => AllBut(Activation.Softmax, Activation.LogSoftmax),
        Loss.BinaryCrossEntropyWithLogits => AllBut(Activation.Softmax, Activation.LogSoftmax, Activation.Sigmoid, Activation.HardSigmoid),
        _ => AllBut(),
    };

    /// <summary>An activation with a parameter where it takes one.</summary>
    public static ActivationSpec WithParameter(Activation activation) => new(activation, activation switch
    {
        Activation.LeakyRelu => 0.01,
        Activation.Elu => 1.25,
        Activation.Softplus => 2,
        _ => 0,
    });

    private static Activation[] AllBut(params Activation[] excluded) => [.. Enum.GetValues<Activation>().Except(excluded)];
}
