using BackpropGen.Testing;

namespace BackpropGen.Conformance.Tests;

/// <summary>A wrong number in a reference file is found, wherever it stands: the emitted code is right, so the two must differ.</summary>
public class WrongNumberTests
{
    private static readonly VectorFile File = VectorFile.Read(Path.Combine(VectorFolder.Default, "optimizers", "opt_adam.json"));

    private static readonly Dictionary<string, (VectorFile File, string What)> Wrong = new()
    {
        ["z"] = (WithLayer(layer => layer with { Z = Spoil(layer.Z) }), "z2 "),
        ["h"] = (WithLayer(layer => layer with { H = Spoil(layer.H) }), "h2 "),
        ["dz"] = (WithLayer(layer => layer with { Dz = Spoil(layer.Dz) }), "dz2 "),
        ["prediction"] = (File with { Predictions = Spoil(File.Predictions) }, "Predict "),
        ["row loss"] = (File with { RowLosses = Spoil(File.RowLosses) }, "SampleLosses "),
        ["loss"] = (File with { LossValue = Spoil(File.LossValue) }, "Evaluate "),
        ["parameter gradient"] = (File with { Grads = File.Grads with { Params = SpoilFirst(File.Grads.Params) } }, "dW1 "),
        ["input gradient"] = (File with { Grads = File.Grads with { X = Spoil(File.Grads.X!) } }, "dx "),
        ["loss of a step"] = (WithTrajectory(trajectory => trajectory with { Losses = Spoil(trajectory.Losses) }), "TrainStep "),
        ["gradient norm"] = (WithTrajectory(trajectory => trajectory with { GradNorms = Spoil(trajectory.GradNorms) }), "gradient norm "),
        ["parameter after step 1"] = (WithParametersAfter("1"), "TrainStep 1 "),
        ["parameter after step 2"] = (WithParametersAfter("2"), "TrainStep 2 "),
        ["parameter after step 10"] = (WithParametersAfter("10"), "TrainStep 10 "),
    };

    private static readonly Lazy<Dictionary<string, CaseResult>> Results = new(() => Wrong.Keys
        .Zip(CaseRunner.Run(Wrong.Values.Select(wrong => VectorCases.Convert(wrong.File))))
        .ToDictionary(pair => pair.First, pair => pair.Second));

    public static TheoryData<string> Places() => new(Wrong.Keys);

    [Theory]
    [MemberData(nameof(Places))]
    public void One_wrong_number_fails_the_case(string place)
    {
        CaseResult result = Results.Value[place];

        Assert.Equal(Outcome.Failed, result.Outcome);
        Assert.Contains(result.Messages, message => message.StartsWith("double", StringComparison.Ordinal)
            && message.Contains(Wrong[place].What, StringComparison.Ordinal)
            && message.Contains("expected", StringComparison.Ordinal));
    }

    private static VectorFile WithLayer(Func<VectorLayerResult, VectorLayerResult> change) =>
        File with { Forward = [.. File.Forward.Select((layer, i) => i == 1 ? change(layer) : layer)] };

    private static VectorFile WithTrajectory(Func<VectorTrajectory, VectorTrajectory> change) =>
        File with { Trajectory = change(File.Trajectory!) };

    private static VectorFile WithParametersAfter(string step) => WithTrajectory(trajectory => trajectory with
    {
        ParamsAfter = trajectory.ParamsAfter.ToDictionary(pair => pair.Key, pair => pair.Key == step ? SpoilFirst(pair.Value) : pair.Value),
    });

    private static VectorParameter[] SpoilFirst(VectorParameter[] parameters) =>
        [parameters[0] with { Data = Spoil(parameters[0].Data) }, .. parameters[1..]];

    private static VectorTensor Spoil(VectorTensor tensor) => tensor with { Data = Spoil(tensor.Data) };

    /// <summary>The largest number, a millionth of itself off.</summary>
    private static double[] Spoil(double[] data)
    {
        double[] spoiled = [.. data];
        int largest = Array.IndexOf(data, data.MaxBy(Math.Abs));
        spoiled[largest] = Spoil(data[largest]);
        return spoiled;
    }

    private static double Spoil(double number) => number * (1 + 1e-6);
}
