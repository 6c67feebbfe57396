using System.Text.Json;

namespace BackpropGen.Package.Tests;

/// <summary>What the package says of networks, in the words of the compiler's own log.</summary>
[Collection(PackageTests.Name)]
public sealed class DiagnosticTests(PackageFixture package)
{
    private const string Program = """
        using BackpropGen;

        System.Console.WriteLine(typeof(Right).GetProperty("Gradients") is not null && typeof(Wrong).GetProperty("Gradients") is null);

        [NeuralNetwork(2)]
        [Dense(0)]
        public sealed partial class Wrong;

        public static class Outer
        {
            [NeuralNetwork(2)]
            [Dense(1)]
            public sealed partial class Inner;
        }

        [NeuralNetwork(2, Delta = 2)]
        [Dense(1)]
        public sealed partial class Right;

        #pragma warning disable BPG4013 // of no use, as the diagnostic says
        [NeuralNetwork(2)]
        [Dense(1, Alpha = 1)]
        public sealed partial class Silenced;
        #pragma warning restore BPG4013

        [NeuralNetwork(2, Parallelism = 4)]
        [Dense(1)]
        public sealed partial class Configured;
        """;

    private const string Settings = """
        root = true

        [*.cs]
        dotnet_diagnostic.BPG4025.severity = none
        """;

    /// <summary>Neither the analyzer together with the generator, nor two assemblies in one folder, say a thing twice.</summary>
    [Fact]
    public async Task EveryDiagnosticIsReportedOnce()
    {
        Consumer consumer = Consumer.Create(package, "Diagnosed", "net10.0", Program);
        consumer.Write(".editorconfig", Settings);
        await consumer.FailToBuildAsync("-p:ErrorLog=log.sarif%2Cversion=2.1");

        Assert.Equal(["BPG0003", "BPG1003", "BPG4011"], ResultsOf(consumer.Read("log.sarif")).Order(StringComparer.Ordinal));
    }

    /// <summary>A wrong network is not generated either way; without analyzers nobody says so.</summary>
    [Fact]
    public async Task WithoutAnalyzersNothingIsSaid()
    {
        Consumer consumer = Consumer.Create(package, "Unanalyzed", "net10.0", Program);
        Assert.Equal("True", (await consumer.RunAsync("-p:RunAnalyzers=false")).Trim());
    }

    /// <summary>The ids of what is not suppressed, and is worth a line in a build.</summary>
    private static string[] ResultsOf(string log)
    {
        using JsonDocument document = JsonDocument.Parse(log);
        return [.. document.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
            .Where(result => !result.TryGetProperty("suppressions", out _))
            .Where(result => result.GetProperty("level").GetString() is "error" or "warning")
            .Select(result => result.GetProperty("ruleId").GetString()!)];
    }
}
