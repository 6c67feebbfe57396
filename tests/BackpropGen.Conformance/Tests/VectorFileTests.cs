namespace BackpropGen.Conformance.Tests;

/// <summary>Emitted code against every reference file of the repository. All files are compiled and run together, once.</summary>
public class VectorFileTests
{
    private static readonly Lazy<ILookup<string, CaseResult>> Results = new(RunAll);

    public static TheoryData<string> Files() => new(VectorFolder.Files(VectorFolder.Default).Select(Relative));

    [Theory]
    [MemberData(nameof(Files))]
    public void Emitted_code_gives_the_numbers_of_the_file(string file)
    {
        CaseResult[] results = [.. Results.Value[file]];

        Assert.NotEmpty(results);
        Assert.All(results, result => Assert.True(
            result.Outcome == Outcome.Passed, string.Join('\n', [$"{result.Outcome} {result.Name}", result.Declaration, .. result.Messages])));
        Assert.All(results, result => Assert.True(result.Compared > 50));
    }

    private static ILookup<string, CaseResult> RunAll()
    {
        var sources = VectorFolder.Files(VectorFolder.Default)
            .SelectMany(path => VectorFolder.Read(path).Select(source => (File: Relative(path), Source: source)))
            .ToList();
        return sources
            .Select(pair => pair.File)
            .Zip(CaseRunner.Run(sources.Select(pair => pair.Source)))
            .ToLookup(pair => pair.First, pair => pair.Second);
    }

    private static string Relative(string path) => Path.GetRelativePath(VectorFolder.Default, path).Replace('\\', '/');
}
