using System.Globalization;
using System.Reflection.Metadata;

namespace BackpropGen.Package.Tests;

/// <summary>Uses the package as its readers will: install, declare a network, build without a warning, run.</summary>
[Collection(PackageTests.Name)]
public sealed class ConsumerTests(PackageFixture package)
{
    /// <summary>The program is the one in the README, so that the first thing a newcomer tries works.</summary>
    [Fact]
    public async Task TheProgramOfTheReadmeLearnsXor()
    {
        AssertLearnsXor(await Consumer.Create(package, "Xor", "net10.0", ReadmeProgram()).RunAsync());
    }

    /// <summary>Demands the predictions of a network that has learnt XOR.</summary>
    internal static void AssertLearnsXor(string output)
    {
        double[] predictions = output.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(4, predictions.Length);
        Assert.InRange(predictions[0], 0, 0.05);
        Assert.InRange(predictions[1], 0.95, 1);
        Assert.InRange(predictions[2], 0.95, 1);
        Assert.InRange(predictions[3], 0, 0.05);
    }

    [Fact]
    public async Task TheGradientsOfAFourLayerNetworkAreCentralDifferences()
    {
        string program = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Consumers", "GradientCheck.cs"));
        string output = await Consumer.Create(package, "GradientCheck", "net8.0", program).RunAsync();

        Dictionary<string, double> values = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(" = "))
            .ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture));
        Assert.Equal(64, values["parameters"]);
        Assert.InRange(values["largest gradient"], 0.01, 10);
        Assert.InRange(values["largest difference, parameters"], 0, 1e-8);
        Assert.InRange(values["largest difference, inputs"], 0, 1e-8);
        Assert.True(values["loss after"] < values["loss before"] / 2, output);
    }

    /// <summary>Every rule of the compiler and of the SDK's analyzers is an error here, documentation and style included.</summary>
    [Fact]
    public async Task TheStrictestProjectHasNothingToObjectTo()
    {
        string program = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Consumers", "StrictProject.cs"));
        const string Settings = """
            <ImplicitUsings>disable</ImplicitUsings>
            <LangVersion>preview</LangVersion>
            <Features>strict</Features>
            <WarningLevel>9999</WarningLevel>
            <AnalysisLevel>latest-all</AnalysisLevel>
            <AnalysisMode>All</AnalysisMode>
            <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>
            <IsAotCompatible>true</IsAotCompatible>
            <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
            """;
        const string EditorConfig = """
            root = true

            [*.cs]
            dotnet_analyzer_diagnostic.severity = error

            # The networks are public, so that the rules for libraries meet them.
            dotnet_diagnostic.CA1515.severity = none
            """;

        string output = await Consumer.Create(package, "Strict", "net10.0", program, Settings, EditorConfig).RunAsync();

        Assert.Equal(["True", "True"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        string folder = Path.Combine(package.ConsumersFolder, "Strict");
        string[] emitted = [.. Directory.GetFiles(Path.Combine(folder, "obj"), "*.g.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(path)!).Where(name => name.StartsWith("Strict.", StringComparison.Ordinal))];
        Assert.Superset(new HashSet<string>(["Strict.Digits.Kernels.g.cs", "Strict.ExclusiveOr.Optimizer.g.cs"]), emitted.ToHashSet());
        Assert.Subset(EmbeddedIn(Path.Combine(folder, "out", "Strict.pdb")), emitted.ToHashSet());
    }

    /// <summary>The names of the files whose text stands in symbols, where a debugger looks for it.</summary>
    private static HashSet<string> EmbeddedIn(string symbols)
    {
        var embeddedSource = new Guid("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
        using FileStream file = File.OpenRead(symbols);
        using var provider = MetadataReaderProvider.FromPortablePdbStream(file);
        MetadataReader reader = provider.GetMetadataReader();
        return [.. reader.Documents
            .Where(document => reader.GetCustomDebugInformation(document).Any(
                information => reader.GetGuid(reader.GetCustomDebugInformation(information).Kind) == embeddedSource))
            .Select(document => Path.GetFileName(reader.GetString(reader.GetDocument(document).Name)))];
    }

    /// <summary>The first block of C# in the README.</summary>
    internal static string ReadmeProgram()
    {
        string readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));
        return readme.Split("```csharp\n", 2)[1].Split("```", 2)[0];
    }
}
