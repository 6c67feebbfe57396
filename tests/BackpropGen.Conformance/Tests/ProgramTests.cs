namespace BackpropGen.Conformance.Tests;

/// <summary>The command line and the exit codes.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conformance");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void All_options_are_read()
    {
        var commandLine = CommandLine.Parse(["a", "--random", "12", "--seed", "-3", "--verbose", "--train", "b.json"]);

        Assert.Null(commandLine.Error);
        Assert.Equal(["a", "b.json"], commandLine.Paths);
        Assert.Equal((12, -3), (commandLine.RandomNetworks, commandLine.Seed));
        Assert.Equal((true, true, false), (commandLine.Verbose, commandLine.Train, commandLine.Help));
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--random")]
    [InlineData("--random", "0")]
    [InlineData("--random", "many")]
    [InlineData("--seed", "1.5")]
    [InlineData("no such file")]
    public void Bad_usage_exits_with_2(params string[] arguments) => Assert.Equal(2, Run(arguments).Code);

    [Fact]
    public void Help_exits_with_0_and_names_the_options()
    {
        (int code, string output) = Run(["--help"]);

        Assert.Equal(0, code);
        Assert.Contains("--random N", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_right_case_passes_and_a_wrong_one_fails()
    {
        string original = Path.Combine(VectorFolder.Default, "core", "depth1_1to1_mse.json");
        string[] lines = File.ReadAllLines(original);
        int loss = Array.FindIndex(lines, line => line.StartsWith(""" "loss_value":""", StringComparison.Ordinal));
        lines[loss] = """ "loss_value": 123.0,""";
        File.Copy(original, Path.Combine(_folder.FullName, "a.json"));
        File.WriteAllLines(Path.Combine(_folder.FullName, "b.json"), lines);
        File.WriteAllText(Path.Combine(_folder.FullName, "c.json"), "[]");

        (int code, string output) = Run([_folder.FullName]);

        string[] printed = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(1, code);
        Assert.Equal(3, printed.Length);
        Assert.StartsWith("FAILED depth1_1to1_mse: double", printed[0], StringComparison.Ordinal);
        Assert.Contains("expected 123", printed[0], StringComparison.Ordinal);
        Assert.StartsWith("skipped c: ", printed[1], StringComparison.Ordinal);
        Assert.Equal("1 passed, 1 failed, 1 skipped", printed[2]);
    }

    private static (int Code, string Output) Run(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = Program.Run(arguments, output, error);
        return (code, output.ToString());
    }
}
