namespace BackpropGen.Generator.Tests.Emission;

/// <summary>
/// Layers of few units and steps of one sample bind many names in one method; whatever the activations, none is bound twice.
/// </summary>
public sealed class SmallNetworksCompileTests
{
    public static TheoryData<string> Activations => [.. Enum.GetNames<Activation>()];

    [Theory]
    [MemberData(nameof(Activations))]
    public void EveryActivation_CompilesBelowAndInNarrowLayers(string activation)
    {
        string[] networks =
        [
            .. from precision in new[] { "Single", "Double" }
               from units in new[] { 1, 2, 3, 4 }
               where units > 1 || activation is not (nameof(Activation.Softmax) or nameof(Activation.LogSoftmax))
               from optimizer in new[] { "Sgd", "Adam" }
               select $$"""
                   [NeuralNetwork(4, Precision = Precision.{{precision}})]
                   [Dense(8, Activation.{{activation}})] [Dense({{units}}, Activation.{{activation}})] [Dense(16, Activation.{{activation}})] [Dense({{units}})]
                   [{{optimizer}}]
                   public sealed partial class {{precision}}{{units}}{{optimizer}} { }
                   """,
        ];
        GeneratorTest.CompilesWithoutWarnings(string.Join("\n", networks));
    }
}
