using BackpropGen.Testing;

namespace BackpropGen.Generator.Tests.Shared;

/// <summary>The reader of reference cases.</summary>
public class VectorFileTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "vectors");

    [Fact]
    public void A_case_with_an_optimizer_is_read_whole()
    {
        VectorFile file = VectorFile.Read(Path.Combine(Folder, "optimizers", "opt_sgd_step_schedule.json"));

        Assert.Equal("opt_sgd_step_schedule", file.Name);
        Assert.True(file.InputsFloat32Exact);
        Assert.Equal([4, 5], file.Params[0].Shape);
        Assert.Equal(file.Net.NumParameters, file.FlatParameters.Length);
        Assert.Equal(file.Net.NumParameters, file.FlatGradients.Length);
        Assert.Equal([2, 1, 1, 2, 0], file.Labels);
        Assert.Equal(0.9, file.Optimizer!.Momentum);
        Assert.Equal(0.05, file.Optimizer.LrPerStep![3]);
        Assert.Equal(11, file.Trajectory!.Losses.Length);
        Assert.Equal(["1", "10", "2"], file.Trajectory.ParamsAfter.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(file.Net.NumParameters, VectorFile.Flatten(file.Trajectory.ParamsAfter["10"]).Length);
    }

    [Fact]
    public void A_case_without_an_optimizer_has_none()
    {
        VectorFile file = VectorFile.Read(Path.Combine(Folder, "core", "act_elu_huber1.json"));

        Assert.Null(file.Optimizer);
        Assert.Null(file.Trajectory);
        Assert.False(file.HasLabels);
        Assert.Null(file.Loss.SampleWeights);
        Assert.Equal(1.0, file.Loss.Delta);
        Assert.Equal(1.0, file.Net.Layers[0].Activation.Alpha);
    }

    [Fact]
    public void A_file_of_another_schema_is_refused() =>
        Assert.Contains(
            "has the schema 'nn-vectors/1/kinks'",
            Assert.Throws<InvalidDataException>(() => VectorFile.Read(Path.Combine(Folder, "kinks.json"))).Message);

    [Fact]
    public void A_file_that_is_no_JSON_is_refused()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "{ \"schema\": ");
            Assert.Contains("is not a case of nn-vectors/1", Assert.Throws<InvalidDataException>(() => VectorFile.Read(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_tolerance_is_relative_and_absolute()
    {
        var tolerance = new VectorTolerance(Rtol: 0.1, Atol: 1);

        Assert.True(tolerance.Fits(111, 100));
        Assert.False(tolerance.Fits(112, 100));
        Assert.True(tolerance.Fits(-1, 0));
        Assert.False(tolerance.Fits(double.NaN, 0));
    }
}
