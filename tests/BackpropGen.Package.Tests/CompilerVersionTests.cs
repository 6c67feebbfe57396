namespace BackpropGen.Package.Tests;

/// <summary>A compiler that is too old leaves a generator out without a good word; the package has one.</summary>
[Collection(PackageTests.Name)]
public sealed class CompilerVersionTests(PackageFixture package)
{
    private const string Program = "System.Console.WriteLine(\"built\");";

    [Fact]
    public async Task AnOlderCompilerIsRefusedInOneSentence()
    {
        Consumer consumer = Consumer.Create(package, "OldCompiler", "net10.0", Program);
        string output = await consumer.FailToBuildAsync("-p:BackpropGenBuildVersion=17.2.1");
        Assert.Contains(
            "error BPG0000: BackpropGen needs the C# compiler of Visual Studio 2022 17.3, .NET SDK 6.0.400 or later; this is MSBuild 17.2.1.",
            output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheOldestCompilerIsAccepted()
    {
        Consumer consumer = Consumer.Create(package, "OldestCompiler", "net10.0", Program);
        Assert.Equal("built", (await consumer.RunAsync("-p:BackpropGenBuildVersion=17.3.0")).Trim());
    }
}
