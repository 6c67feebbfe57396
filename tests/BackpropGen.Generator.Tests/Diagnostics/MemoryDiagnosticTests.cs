using BackpropGen.Generator.Diagnostics;
using BackpropGen.Generator.Emission;
using BackpropGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Tests.Diagnostics;

/// <summary>BPG3xxx: the memory that a network takes.</summary>
public sealed class MemoryDiagnosticTests
{
    private const string Layers = "[NeuralNetwork(64)] [Dense(32, Activation.Tanh)] [Dense(1)]";

    /// <summary>W1 has 64 rows of 2 panels of 64 bytes, W2 a panel of half the width for its one column; with them come b1 and b2.</summary>
    [Fact]
    public async Task Excess_NamesTheLargestTensor()
    {
        MemoryFootprint bytes = Footprint($"{Layers} [Adam]");
        Assert.Equal(2 * bytes.Parameters, bytes.OptimizerState);

        await ExpectExcess(
            $"MemoryBudget(16384): the network takes {bytes.Total:N0} bytes, but 16,384 are allowed; its largest tensor, W of Dense1 [64 × 32], has 8,192",
            $"{Layers} [Adam] [MemoryBudget([|16 * 1024|])] partial class Net {{ }}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[Sgd]")]
    [InlineData("[Sgd(Momentum = 0.9)]")]
    [InlineData("[Adam(Amsgrad = true, AverageDecay = 0.99)]")]
    public void TheBudget_IsKeptToTheByte(string optimizer)
    {
        long needed = Footprint($"{Layers} {optimizer}").Total;

        Assert.Empty(GeneratorTest.Diagnostics($"{Layers} {optimizer} [MemoryBudget({needed})] partial class Net {{ }}"));
        Assert.Equal(
            [DiagnosticIds.MemoryBudgetExceeded],
            GeneratorTest.Diagnostics($"{Layers} {optimizer} [MemoryBudget({needed - 1})] partial class Net {{ }}").Select(found => found.Id));
    }

    /// <summary>The numbers are those that the reader of the generated file sees.</summary>
    [Fact]
    public void TheFootprint_StandsInTheHeader()
    {
        string source = $"{Layers} [Adam] partial class Net {{ }}";
        MemoryFootprint bytes = Footprint($"{Layers} [Adam]");
        string network = GeneratorTest.Run(source).GeneratedSources.Single(file => file.HintName == "Net.Network.g.cs").SourceText.ToString();

        Assert.Contains($"parameters {bytes.Parameters:N0}, gradients {bytes.Gradients:N0}", network, StringComparison.Ordinal);
        Assert.Contains($"optimizer {bytes.OptimizerState:N0}", network, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public void NoBudget_AllowsNothing(string bytes) =>
        Assert.Equal(
            [DiagnosticIds.MemoryBudgetExceeded],
            GeneratorTest.Diagnostics($"{Layers} [MemoryBudget({bytes})] partial class Net {{ }}").Select(found => found.Id));

    [Fact]
    public void ABudgetWithoutANetwork_IsToldSo() =>
        Assert.Equal(
            [DiagnosticIds.NetworkAttributeMissing],
            GeneratorTest.Diagnostics("[MemoryBudget(100)] partial class Net { }").Select(found => found.Id));

    /// <summary>Unlike other errors, this one leaves the network in place.</summary>
    private static async Task ExpectExcess(string message, string marked)
    {
        var test = new NetworkAnalyzerTest
        {
            TestCode = marked.Replace("[|", "{|#0:", StringComparison.Ordinal).Replace("|]", "|}", StringComparison.Ordinal),
            ExpectedDiagnostics = { new(DiagnosticIds.MemoryBudgetExceeded, DiagnosticSeverity.Error) },
        };
        test.ExpectedDiagnostics[0] = test.ExpectedDiagnostics[0].WithLocation(0).WithMessage(message);
        await test.RunAsync();

        string source = marked.Replace("[|", string.Empty, StringComparison.Ordinal).Replace("|]", string.Empty, StringComparison.Ordinal);
        Assert.NotEmpty(GeneratorTest.Run(source).GeneratedSources);
    }

    private static MemoryFootprint Footprint(string attributes)
    {
        NetworkSpec spec = Assert.Single(GeneratorTest.Specs($"{attributes} partial class Net {{ }}"));
        return MemoryFootprint.Of(Compiler.Lower(spec));
    }
}
