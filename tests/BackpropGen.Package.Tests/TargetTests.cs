using System.Globalization;

namespace BackpropGen.Package.Tests;

/// <summary>Every target a project may have: each is built without a warning, each that can run here does, and all give the same.</summary>
[Collection(PackageTests.Name)]
public sealed class TargetTests(PackageFixture package)
{
    /// <summary>Without fused multiply-add, which netstandard2.0 does not know, every target rounds alike.</summary>
    private const string WithoutFusing = "DOTNET_EnableAVX2=0";

    /// <summary>What 25 steps make of the roundings in which the targets differ.</summary>
    private const double Tolerance = 1e-4;

    private static readonly string[] Networks = [Read("Targets.cs"), Read("TargetsBreadth.cs")];
    private static readonly string Program = Read("TargetsProgram.cs");

    /// <summary>The newer runtimes take the same instructions, so the bits are the same. Where one is not installed, the next newer runs it.</summary>
    [Theory]
    [InlineData("net8.0")]
    [InlineData("net9.0")]
    public async Task NewerTargetsGiveTheSameBits(string framework)
    {
        string output = await Console($"Targets-{framework}", framework).RunAsync();
        Assert.Equal(await Console("Targets-net10.0", "net10.0").RunAsync(), output);
    }

    /// <summary>A library for netstandard2.0, in the C# of Unity, in a program of today.</summary>
    [Fact]
    public async Task ALibraryForNetstandardTrainsInANewerProgram()
    {
        Consumer library = Consumer.Create(package, "TargetsLibrary", "netstandard2.0", OlderLanguage, Networks);
        Consumer host = library.Host("TargetsHost", "net10.0", Program);
        Consumer newer = Console("Targets-newer", "net10.0");
        AssertClose(await newer.RunAsync(), await host.RunAsync(), Tolerance);
        Assert.Equal(await newer.RunBuiltAsync(WithoutFusing), await host.RunBuiltAsync(WithoutFusing));
    }

    /// <summary>.NET Framework is not installed on most machines; its reference assemblies are all that a build needs.</summary>
    [Theory]
    [InlineData("net48")]
    [InlineData("net472")]
    public Task DotNetFrameworkBuilds(string framework) =>
        Consumer.Create(package, $"Targets-{framework}", framework, ["Exe", "LangVersion=9", "ImplicitUsings=disable"], [Program, .. Networks]).BuildAsync();

    private static readonly string[] OlderLanguage = ["Library", "LangVersion=9", "ImplicitUsings=disable"];

    private Consumer Console(string name, string framework) =>
        Consumer.Create(package, name, framework, ["Exe"], [Program, .. Networks]);

    private static void AssertClose(string expected, string actual, double tolerance)
    {
        string[] lines = actual.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] references = expected.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(references.Length, lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            string[] line = lines[i].Split(" = ");
            string[] reference = references[i].Split(" = ");
            Assert.Equal(reference[0], line[0]);
            double[] values = Numbers(line[1]);
            double[] expectedValues = Numbers(reference[1]);
            Assert.Equal(expectedValues.Length, values.Length);
            for (int j = 0; j < values.Length; j++)
            {
                Assert.True(Math.Abs(values[j] - expectedValues[j]) <= tolerance, $"{line[0]} [{j}]: {values[j]}, expected {expectedValues[j]}");
            }
        }
    }

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Consumers", name));
}
