using BackpropGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Generator.Tests.Diagnostics;

/// <summary>BPG0xxx: the class and its surroundings.</summary>
public sealed class HostDiagnosticTests
{
    [Theory]
    [InlineData(LanguageVersion.CSharp7_3, "7.3")]
    [InlineData(LanguageVersion.CSharp8, "8.0")]
    public Task OldLanguage_IsNamed(LanguageVersion language, string version) =>
        GeneratorTest.Expect(
            DiagnosticIds.LanguageVersionTooLow,
            $"'Net': a network needs C# 9 or later, but this project compiles as C# {version}",
            """
            [[|NeuralNetwork(2)|]]
            [Dense(3)]
            partial class Net { }
            """,
            language);

    [Theory]
    [InlineData(LanguageVersion.CSharp9)]
    [InlineData(LanguageVersion.CSharp10)]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Latest)]
    [InlineData(LanguageVersion.Preview)]
    public void NewLanguages_AreFine(LanguageVersion language) =>
        GeneratorTest.CompilesWithoutWarnings("[NeuralNetwork(2)] [Dense(3)] partial class Net { }", language);

    [Fact]
    public Task ClassMustBePartial() =>
        GeneratorTest.Expect(
            DiagnosticIds.ClassNotPartial,
            "'Net' must be partial, because its network is generated into another part of it",
            """
            [NeuralNetwork(2)]
            [Dense(3)]
            public sealed class [|Net|] { }
            """);

    [Fact]
    public Task ContainingTypeMustBePartial() =>
        GeneratorTest.Expect(
            DiagnosticIds.ContainingTypeNotPartial,
            "'Outer' must be partial, because it contains the network 'Net'",
            """
            public static class [|Outer|]
            {
                public partial struct Middle
                {
                    [NeuralNetwork(2)]
                    [Dense(3)]
                    public partial class Net { }
                }
            }
            """);

    [Fact]
    public void EveryContainingTypeMustBePartial()
    {
        string source = """
            public class Outer
            {
                public interface Middle
                {
                    [NeuralNetwork(2)]
                    [Dense(3)]
                    public partial class Net { }
                }
            }
            """;

        Assert.Equal(["Outer", "Middle"], GeneratorTest.Diagnostics(source).Select(found => found.Span));
    }

    [Theory]
    [InlineData("static partial class [|Net|] { }", "is static")]
    [InlineData("partial class [|Net|]<T> { }", "is generic")]
    [InlineData("partial record [|Net|];", "is a record")]
    [InlineData("file partial class [|Net|] { }", "is local to its file")]
    [InlineData("partial class [|Net|] : Parent { } [NeuralNetwork(1), Dense(1)] partial class Parent { }", "derives from the network 'Parent'")]
    public void UnusualHosts_AreRefused(string declaration, string reason)
    {
        string marked = $"[NeuralNetwork(2)] [Dense(3)] {declaration}";
        string source = marked.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);

        Found found = Assert.Single(GeneratorTest.Diagnostics(source));

        Assert.Equal(DiagnosticIds.UnsupportedHost, found.Id);
        Assert.Equal($"'Net' {reason}, but a network needs an ordinary class", found.Message);
        Assert.Equal(marked.IndexOf("[|", StringComparison.Ordinal), found.Start);
        Assert.Equal("Net", found.Span);
        Assert.DoesNotContain(GeneratorTest.Specs(source), spec => spec.Host.Name == "Net");
    }

    [Fact]
    public Task ClassWithinFileLocalClass_IsRefused() =>
        GeneratorTest.Expect(
            DiagnosticIds.UnsupportedHost,
            "'Net' is local to its file, but a network needs an ordinary class",
            "file partial class Outer { [NeuralNetwork(2)] [Dense(3)] partial class [|Net|] { } }");

    [Theory]
    [InlineData("struct")]
    [InlineData("interface")]
    [InlineData("record struct")]
    public void TypesThatAreNoClasses_GiveNoNetwork(string keyword)
    {
        // The compiler itself refuses the attributes here (CS0592).
        string source = $"[NeuralNetwork(2)] [Dense(3)] partial {keyword} Net {{ }}";

        Assert.Empty(GeneratorTest.Specs(source));
        Assert.Contains(GeneratorTest.Compile([source]).GetDiagnostics(), diagnostic => diagnostic.Id == "CS0592");
    }

    [Theory]
    [InlineData("public void [|Predict|](string text) { }", "Predict")]
    [InlineData("private float[] [|Parameters|] = { };", "Parameters")]
    [InlineData("private const int [|InputSize|] = 1;", "InputSize")]
    [InlineData("public float [|LearningRate|] => 1;", "LearningRate")]
    [InlineData("private struct [|Summary|] { }", "Summary")]
    [InlineData("private event System.Action? [|TrainStep|] { add { } remove { } }", "TrainStep")]
    [InlineData("private int [|Dense1|];", "Dense1")]
    [InlineData("private class [|Dense1Layer|] { }", "Dense1Layer")]
    [InlineData("private int [|_parameters|];", "_parameters")]
    [InlineData("private int [|Unsafe|];", "Unsafe")]
    public Task MemberOfTheUser_MustNotHaveAGeneratedName(string member, string name) =>
        GeneratorTest.Expect(
            DiagnosticIds.MemberCollision,
            $"'Net' has a member '{name}', a name that the code generated for it needs for itself",
            $$"""
            [NeuralNetwork(2)]
            [Dense(3)]
            [Sgd]
            partial class Net { {{member}} }
            """);

    [Fact]
    public Task InheritedMember_MustNotHaveAGeneratedName() =>
        GeneratorTest.Expect(
            DiagnosticIds.MemberCollision,
            "'Net' has a member 'Forward', a name that the code generated for it needs for itself",
            """
            class Vehicle { protected virtual void Forward() { } private void Backward() { } }

            [NeuralNetwork(2)]
            [Dense(3)]
            partial class [|Net|] : Vehicle { }
            """);

    [Theory]
    [InlineData("Summary")]
    [InlineData("Dense1Layer")]
    [InlineData("Simd")]
    public Task ClassMustNotHaveAGeneratedName(string name) =>
        GeneratorTest.Expect(
            DiagnosticIds.ClassNameCollision,
            $"'{name}' cannot be the name of a network, because the code generated for it needs that name for a member",
            $"[NeuralNetwork(2)] [Dense(3)] partial class [|{name}|] {{ }}");

    [Fact]
    public void NamesThatAreNotGenerated_AreFree() =>
        GeneratorTest.CompilesWithoutWarnings("""
            [NeuralNetwork(2, InputGradients = false)]
            [Dense(3)]
            partial class Net
            {
                public static void TrainStep() { }
                public static double LearningRate => 1;
                public static int InputGradients => 2;
                public static int Dense2 => 3;
            }
            """);

    [Fact]
    public Task BaseClassWithoutConstructor_NeedsOneInTheNetwork() =>
        GeneratorTest.Expect(
            DiagnosticIds.BaseConstructorMissing,
            "'Net' needs a constructor of its own, because its base class 'Agent' has none that can be called without arguments",
            """
            class Agent { protected Agent(int id) { } private Agent() { } }

            [NeuralNetwork(2)]
            [Dense(3)]
            partial class [|Net|] : Agent { }
            """);

    [Theory]
    [InlineData("class Agent { protected Agent(int id = 0) { } }", "")]
    [InlineData("class Agent { internal Agent(params int[] ids) { } }", "")]
    [InlineData("class Agent { protected Agent(int id) { } }", "public Net() : base(1) { }")]
    public void BaseClasses_AreAllowed(string parent, string constructor) =>
        Assert.Empty(GeneratorTest.Diagnostics($$"""
            {{parent}}
            [NeuralNetwork(2)]
            [Dense(3)]
            partial class Net : Agent { {{constructor}} }
            """));

    [Theory]
    [InlineData("[[|Dense(3)|]] [Dense(4)] [Sgd]", "Dense(3)")]
    [InlineData("[[|Activation(Activation.Relu)|]]", "Activation(Relu)")]
    [InlineData("[[|Adam|]]", "Adam")]
    [InlineData("[[|AdamW(LearningRate = 0.1)|]]", "AdamW")]
    [InlineData("[[|Sgd|]] [Dense(3)]", "Sgd")]
    public void LayersWithoutANetwork_GiveOneWarning(string attributes, string subject)
    {
        string marked = $"{attributes} partial class Net {{ }}";
        string source = marked.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);

        Found found = Assert.Single(GeneratorTest.Diagnostics(source));

        Assert.Equal((DiagnosticIds.NetworkAttributeMissing, DiagnosticSeverity.Warning), (found.Id, found.Severity));
        Assert.Equal($"{subject}: 'Net' is no network without [NeuralNetwork], so nothing is generated for it", found.Message);
        Assert.Equal(marked.IndexOf("[|", StringComparison.Ordinal), found.Start);
        Assert.Empty(GeneratorTest.Run(source).GeneratedSources);
    }

    [Fact]
    public void NetworkInAnotherPart_IsFound() =>
        Assert.Empty(GeneratorTest.Diagnostics(["[NeuralNetwork(2)] partial class Net { }", "[Dense(3)] partial class Net { }"]));
}
