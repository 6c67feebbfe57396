using System.Reflection;
using System.Text.RegularExpressions;
using BackpropGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace BackpropGen.Generator.Tests.Diagnostics;

/// <summary>What holds of all diagnostics: suppression, documentation, and silence where the compiler itself complains.</summary>
public sealed partial class DiagnosticReportTests
{
    private static readonly string RepositoryRoot = FindRepositoryRoot();

    /// <summary>Every descriptor.</summary>
    public static TheoryData<string> Ids => new(Descriptors().Select(descriptor => descriptor.Id));

    [Fact]
    public void Pragma_SuppressesAWarning()
    {
        const string Declaration = "[NeuralNetwork(2, Delta = 2)] [Dense(3, Alpha = 1)] partial class Net { }";

        Assert.Equal(["BPG4011", "BPG4013"], GeneratorTest.Diagnostics(Declaration).Select(found => found.Id));
        Assert.Equal(["BPG4013"], GeneratorTest.Diagnostics($"#pragma warning disable BPG4011\n{Declaration}").Select(found => found.Id));
        Assert.Empty(GeneratorTest.Diagnostics($"#pragma warning disable BPG4011, BPG4013\n{Declaration}"));
        Assert.Equal(
            ["BPG4011", "BPG4013"],
            GeneratorTest.Diagnostics($"#pragma warning disable BPG4011, BPG4013\n#pragma warning restore\n{Declaration}").Select(found => found.Id));
    }

    [Fact]
    public void Pragma_SuppressesNoError()
    {
        const string Declaration = "[NeuralNetwork(2)] [Dense(0)] partial class Net { }";

        Assert.Equal(["BPG1003"], GeneratorTest.Diagnostics($"#pragma warning disable BPG1003\n{Declaration}").Select(found => found.Id));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("suggestion")]
    public Task EditorConfig_ChangesTheSeverityOfAWarning(string severity) =>
        ExpectConfigured(DiagnosticIds.LossParameterIgnored, severity, "[NeuralNetwork(2, {|#0:Delta = 2|})] [Dense(3)] partial class Net { }");

    [Theory]
    [InlineData("none")]
    [InlineData("warning")]
    public Task EditorConfig_ChangesTheSeverityOfADemand(string severity) =>
        ExpectConfigured(DiagnosticIds.MemoryBudgetExceeded, severity, "[NeuralNetwork(2)] [Dense(3)] [MemoryBudget({|#0:7|})] partial class Net { }");

    [Theory]
    [InlineData("warning")]
    [InlineData("error")]
    public Task EditorConfig_RaisesAdvice(string severity) =>
        ExpectConfigured(
            DiagnosticIds.GlorotBeforeRelu,
            severity,
            "[NeuralNetwork(2)] [Dense(3, Activation.Relu, {|#0:Initializer = Initializer.GlorotNormal|})] partial class Net { }");

    /// <summary>Nothing is generated for the network, whatever the project thinks of that.</summary>
    [Fact]
    public Task EditorConfig_LeavesErrorsAlone() =>
        ExpectConfigured(DiagnosticIds.UnitsOutOfRange, "none", "[NeuralNetwork(2)] [Dense({|#0:0|})] partial class Net { }", DiagnosticSeverity.Error);

    /// <summary>The generated part has members that the user must not have; they are not the user's.</summary>
    [Fact]
    public void GeneratedMembers_AreNotTakenForTheUsers()
    {
        const string Declaration = """
            namespace Space.Inner
            {
                partial class Outer<T>
                {
                    [NeuralNetwork(2, KeepIntermediates = true)] [Dense(3)] [Dense(1)] [Adam(AverageDecay = 0.5, ClipNorm = 1)]
                    partial class Net : Agent { Net(int id) : base(id) { } }
                }

                class Agent { protected Agent(int id) { } }
            }
            """;

        Assert.Contains(GeneratorTest.Run(Declaration).GeneratedSources, file => file.HintName.Contains("Net", StringComparison.Ordinal));
        Assert.Empty(GeneratorTest.Diagnostics(Declaration));
    }

    [Fact]
    public void AllMistakes_AreReportedAtOnce()
    {
        string source = """
            [NeuralNetwork(0, Loss = Loss.Huber, Delta = -1)]
            [Dense(-3, Activation.LeakyRelu, Alpha = -1)]
            [Dense(4, (Activation)77)]
            [Sgd(LearningRate = -1, Nesterov = true)]
            class Net { }
            """;

        Assert.Equal(
            ["BPG1002", "BPG4010", "BPG1003", "BPG4012", "BPG1011", "BPG4015", "BPG4016", "BPG0002"],
            GeneratorTest.Diagnostics(source).Select(found => found.Id));
    }

    [Theory]
    [InlineData("[NeuralNetwork(2), NeuralNetwork(3)] [Dense(3)] partial class Net { }")]
    [InlineData("[NeuralNetwork(2)] [Dense(3)] partial class Net { } [NeuralNetwork(2)] partial class Net { }")]
    [InlineData("[NeuralNetwork] [Dense(3)] partial class Net { }")]
    [InlineData("[NeuralNetwork(2)] [Dense] partial class Net { }")]
    [InlineData("[NeuralNetwork(2)] [Dense(\"x\")] partial class Net { }")]
    [InlineData("[NeuralNetwork(2)] [Dense(3, Alpha = \"x\")] partial class Net { }")]
    [InlineData("[NeuralNetwork(2)] [Dense(Unknown)] partial class Net { }")]
    [InlineData("[NeuralNetwork(2, ClassWeights = new double[] { 1, x })] [Dense(3)] partial class Net { }")]
    [InlineData("[NeuralNetwork(2)] [Dense(3)] [Sgd(LearningRate = )] partial class Net { }")]
    public void WhatTheCompilerReports_IsNotReportedTwice(string source)
    {
        Assert.Contains(GeneratorTest.Compile([source]).GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

        AssertSilent(source);
    }

    [Fact]
    public void UnknownArgument_IsTheCompilersAffairAndKeepsTheNetwork()
    {
        // While somebody types the name of a property, the members of the network do not go away.
        string source = "[NeuralNetwork(2)] [Dense(3, Bia = true)] partial class Net { }";

        Assert.Contains(GeneratorTest.Compile([source]).GetDiagnostics(), diagnostic => diagnostic.Id == "CS0246");
        Assert.Empty(GeneratorTest.Diagnostics(source));
        Assert.Single(GeneratorTest.Specs(source));
    }

    [Fact]
    public void AttributesOfOtherNamespaces_AreNotOurs()
    {
        string source = """
            [Other.NeuralNetwork] [Other.Dense] class Net { }

            namespace Other
            {
                class NeuralNetworkAttribute : System.Attribute { }
                class DenseAttribute : System.Attribute { }
            }
            """;

        AssertSilent(source);
    }

    [Fact]
    public Task Aliases_AreSeenThrough() =>
        GeneratorTest.Expect(
            DiagnosticIds.UnitsOutOfRange,
            "Dense(0): a layer needs 1 to 65,536 units, but 0 were given",
            """
            using Full = BackpropGen.DenseAttribute;
            [NeuralNetworkAttribute(2)] [global::BackpropGen.Dense(4)] [Full([|0|])] partial class Net { }
            """);

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryDiagnostic_HasAPageAndARow(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors().Single(candidate => candidate.Id == id);
        string[] page = File.ReadAllLines(Path.Combine(RepositoryRoot, "docs", "diagnostics", $"{id}.md"));
        string index = File.ReadAllText(Path.Combine(RepositoryRoot, "docs", "diagnostics", "README.md"));
        string releases = string.Concat(new[] { "Shipped", "Unshipped" }.Select(kind =>
            File.ReadAllText(Path.Combine(RepositoryRoot, "generator", "BackpropGen.Generator", $"AnalyzerReleases.{kind}.md"))));

        Assert.Equal($"# {id}: {descriptor.Title}", page[0]);
        Assert.Contains(page, line => line.StartsWith("**Wrong**", StringComparison.Ordinal));
        Assert.Contains(page, line => line.StartsWith("**Right**", StringComparison.Ordinal));
        Assert.Contains($"[{id}]({id}.md) | {descriptor.DefaultSeverity} | {descriptor.Title}", index, StringComparison.Ordinal);
        Assert.Contains($"{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}", releases, StringComparison.Ordinal);
        Assert.Equal($"https://github.com/backpropgen/backpropgen/blob/main/docs/diagnostics/{id}.md", descriptor.HelpLinkUri);
    }

    /// <summary>The pages show what they say: the wrong code gives the diagnostic, the right code gives none.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryPage_ShowsWhatItSays(string id)
    {
        string page = File.ReadAllText(Path.Combine(RepositoryRoot, "docs", "diagnostics", $"{id}.md"));
        string[] code = CodeBlock().Matches(page).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(2, code.Length);

        if (id == DiagnosticIds.LanguageVersionTooLow)
        {
            // Here it is the project that is wrong; the pages show project files.
            Assert.All(code, block => Assert.Contains("<LangVersion>", block, StringComparison.Ordinal));
            return;
        }

        if (id == DiagnosticIds.TooManyLayers)
        {
            // No page lists a thousand layers.
            code[0] = code[0].Replace("// …", string.Concat(Enumerable.Repeat("[Dense(1)]", 1000)), StringComparison.Ordinal);
        }

        Assert.Equal([id], GeneratorTest.Diagnostics(code[0]).Select(found => found.Id).Distinct());
        Assert.Empty(GeneratorTest.Diagnostics(code[1]));
        Assert.NotEmpty(GeneratorTest.Specs(code[1]));
    }

    [Fact]
    public void Ids_AreUniqueAndComplete()
    {
        string[] constants = typeof(DiagnosticIds).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToArray();

        Assert.Equal(constants.Length, constants.Distinct().Count());
        Assert.Equal(constants.Order(StringComparer.Ordinal), Descriptors().Select(descriptor => descriptor.Id).Order(StringComparer.Ordinal));
        Assert.All(constants, id => Assert.Matches("^BPG[0134][0-9]{3}$", id));
    }

    [Fact]
    public void Titles_EndWithoutAStop() =>
        Assert.All(Descriptors(), descriptor => Assert.DoesNotMatch("[.!?]$", descriptor.Title.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>Asserts that a project that gives a diagnostic a severity gets it with that severity.</summary>
    private static Task ExpectConfigured(string id, string severity, string marked, DiagnosticSeverity? fixedSeverity = null)
    {
        DiagnosticSeverity? expected = fixedSeverity ?? severity switch
        {
            "error" => DiagnosticSeverity.Error,
            "warning" => DiagnosticSeverity.Warning,
            "suggestion" => DiagnosticSeverity.Info,
            _ => null,
        };
        var test = new NetworkAnalyzerTest { TestCode = marked };
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n\n[*.cs]\ndotnet_diagnostic.{id}.severity = {severity}\n"));
        if (expected is { } shown)
        {
            test.ExpectedDiagnostics.Add(new DiagnosticResult(id, shown).WithLocation(0));
        }

        return test.RunAsync();
    }

    private static void AssertSilent(string source)
    {
        Assert.Empty(GeneratorTest.Diagnostics(source));
        Assert.Empty(GeneratorTest.Run(source).GeneratedSources);
    }

    private static IEnumerable<DiagnosticDescriptor> Descriptors() =>
        typeof(DiagnosticDescriptors)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!);

    private static string FindRepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BackpropGen.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }

    [GeneratedRegex("```(?:csharp|xml)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
