using BackpropGen.Testing;

namespace BackpropGen.Conformance.Tests;

/// <summary>Which files become cases, which are skipped, and which are errors.</summary>
public sealed class CaseSourceTests : IDisposable
{
    private static readonly VectorFile Case = VectorFile.Read(Path.Combine(VectorFolder.Default, "optimizers", "opt_sgd.json"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conformance");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_layer_type_without_support_is_skipped_with_its_name()
    {
        VectorFile file = Case with { Net = Case.Net with { Layers = [Case.Net.Layers[0] with { Type = "conv2d" }] } };

        Assert.Equal("layer type conv2d is not supported yet", VectorCases.Convert(file).SkipReason);
    }

    [Fact]
    public void Inputs_of_higher_rank_are_skipped()
    {
        VectorFile file = Case with { Net = Case.Net with { InputShape = [5, 4] } };

        Assert.Contains("[5, 4]", VectorCases.Convert(file).SkipReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lbfgs", null, "optimizer lbfgs is not supported yet")]
    [InlineData("sgd", "per_layer", "gradient clipping (per_layer) is not supported yet")]
    public void An_optimizer_without_support_is_skipped_with_the_reason(string type, string? clip, string reason)
    {
        VectorFile file = Case with
        {
            Optimizer = Case.Optimizer! with { Type = type, Clip = clip is null ? null : new VectorClip(clip) },
        };

        Assert.Equal(reason, VectorCases.Convert(file).SkipReason);
    }

    [Fact]
    public void One_hot_rows_are_also_run_as_labels()
    {
        VectorFile file = VectorFile.Read(Path.Combine(VectorFolder.Default, "core", "seed_4543_relu_one_hot_b3.json"));

        IReadOnlyList<Targets> targets = VectorCases.Convert(file).Case!.Targets;

        Assert.Equal(["rows", "labels"], targets.Select(target => target.Form));
        Assert.All(targets[1].Labels!, (label, row) => Assert.Equal(1.0, file.Target.Data[(row * 3) + label]));
    }

    [Fact]
    public void A_file_of_another_schema_is_skipped()
    {
        string path = Write("""{ "schema": "nn-vectors/2" }""");

        Assert.Contains("nn-vectors/2", Assert.Single(VectorFolder.Read(path)).SkipReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{ "schema": "nn-vectors/1" }""")]
    [InlineData("""{ "schema": "nn-vectors/1", "net": { "layers": 3 } }""")]
    public void A_broken_file_is_an_error_and_fails(string text)
    {
        CaseSource source = Assert.Single(VectorFolder.Read(Write(text)));

        Assert.StartsWith("cannot be read", source.Error, StringComparison.Ordinal);
        Assert.Equal(Outcome.Failed, Assert.Single(CaseRunner.Run([source])).Outcome);
    }

    [Fact]
    public void Every_kink_with_a_known_derivative_is_a_case()
    {
        IReadOnlyList<CaseSource> sources = VectorFolder.Read(Path.Combine(VectorFolder.Default, "kinks.json"));

        Assert.Equal(13, sources.Count);
        Assert.All(sources, source => Assert.NotNull(source.Case));
    }

    [Fact]
    public void A_missing_or_empty_folder_is_told()
    {
        Assert.Throws<FileNotFoundException>(() => VectorFolder.Files(Path.Combine(_folder.FullName, "missing")));
        Assert.Throws<FileNotFoundException>(() => VectorFolder.Files(_folder.FullName));
    }

    private string Write(string text)
    {
        string path = Path.Combine(_folder.FullName, "case.json");
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
