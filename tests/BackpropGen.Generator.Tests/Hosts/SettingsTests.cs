using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator.Tests.Hosts;

/// <summary>Whatever a project has set, emitted code compiles in it without a word.</summary>
public sealed class SettingsTests
{
    /// <summary>Networks with all kinds of files and kernels, documented as a strict project wants it.</summary>
    internal const string Networks = """
        using BackpropGen;
        namespace Games;
        /// <summary>Classifies.</summary>
        [NeuralNetwork(20, Loss = Loss.SoftmaxCrossEntropy, ClassWeights = new double[] { 1, 2, 3 }, KeepIntermediates = true)]
        [Dense(40, Activation.Relu)]
        [Activation(Activation.Softmax)]
        [Dense(3)]
        [Adam(ClipNorm = 1, AverageDecay = 0.9)]
        public sealed partial class Classifier { }
        /// <summary>Estimates.</summary>
        [NeuralNetwork(2, Loss = Loss.Huber, Precision = Precision.Double)]
        [Dense(3, Activation.Tanh, Name = "Hidden")]
        [Dense(1)]
        [Sgd(Momentum = 0.9)]
        public sealed partial class Regressor { }
        /// <summary>Detects.</summary>
        [NeuralNetwork(70, Loss = Loss.BinaryCrossEntropyWithLogits, PositiveWeights = new double[] { 1, 2, 3 }, Reduction = Reduction.WeightedMean)]
        [Dense(80, Activation.Gelu)]
        [Dense(3)]
        [AdamW]
        public sealed partial class Detector { }
        /// <summary>Reads digits on several threads.</summary>
        [NeuralNetwork(784, Loss = Loss.SoftmaxCrossEntropy, Parallelism = 2, InputGradients = false)]
        [Dense(512, Activation.Tanh)]
        [Dense(256, Activation.Softmax)]
        [Dense(10)]
        [Sgd]
        public sealed partial class Threaded { }
        """;

    private static readonly UserProject Strict = new(Documentation: true, Strict: true);

    /// <summary>One setting after the other, then many together.</summary>
    private static readonly Dictionary<string, UserProject> Projects = new()
    {
        ["the lowest version of C#"] = Strict with { Language = LanguageVersion.CSharp11 },
        ["C# 12"] = Strict with { Language = LanguageVersion.CSharp12 },
        ["C# 13"] = Strict with { Language = LanguageVersion.CSharp13 },
        ["the latest C#"] = Strict with { Language = LanguageVersion.Latest },
        ["the preview of C#"] = Strict with { Language = LanguageVersion.Preview },
        ["no nullable"] = Strict with { Nullable = NullableContextOptions.Disable },
        ["nullable warnings"] = Strict with { Nullable = NullableContextOptions.Warnings },
        ["nullable annotations"] = Strict with { Nullable = NullableContextOptions.Annotations },
        ["overflow checks"] = Strict with { CheckOverflow = true },
        ["overflow checks in Debug"] = Strict with { CheckOverflow = true, Optimize = false },
        ["unsafe blocks"] = Strict with { AllowUnsafe = true },
        ["Debug"] = Strict with { Optimize = false },
        ["no documentation"] = new(),
        ["everything at once"] = Strict with { Language = LanguageVersion.Preview, Nullable = NullableContextOptions.Disable, CheckOverflow = true, AllowUnsafe = true, Optimize = false },
    };

    /// <summary>The names of the projects.</summary>
    public static IEnumerable<object[]> ProjectNames => Projects.Keys.Select(project => new object[] { project });

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void EmittedCode_CompilesWithoutAWord(string project) => Projects[project].CompileQuietly(Networks);

    /// <summary>
    /// In a project that checks integers for overflow, methods have the instructions that they have in any other. The exceptions are one-line
    /// members that multiply once, outside of all loops.
    /// </summary>
    [Fact]
    public void OverflowChecks_CostNothing()
    {
        Dictionary<string, byte[]> free = BodiesOf(Strict);
        Dictionary<string, byte[]> checking = BodiesOf(Strict with { CheckOverflow = true });

        Assert.Equal(free.Keys, checking.Keys);
        Assert.True(free.Count > 300, $"Only {free.Count} methods were found.");
        string[] different = [.. free.Keys.Where(method => !free[method].SequenceEqual(checking[method]))];
        string[] excepted = ["get_InputGradients", "PanelsOf"];
        Assert.All(different, method => Assert.True(excepted.Any(name => method.Contains($" {name}(", StringComparison.Ordinal)), method));
    }

    /// <summary>Only such a project has the blocks.</summary>
    [Fact]
    public void UncheckedBlocks_StandWhereTheyAreNeeded()
    {
        Assert.Equal(0, UncheckedBlocksOf(Strict));
        Assert.True(UncheckedBlocksOf(Strict with { CheckOverflow = true }) > 200);
    }

    private static int UncheckedBlocksOf(UserProject project) => project.Compile([Networks]).SyntaxTrees
        .SelectMany(tree => tree.GetRoot().DescendantNodes())
        .OfType<CheckedStatementSyntax>()
        .Count();

    /// <summary>The instructions of every method, by its name and signature.</summary>
    private static Dictionary<string, byte[]> BodiesOf(UserProject project)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return UserProject.Load(project.CompileQuietly(Networks)).GetTypes()
            .SelectMany(type => type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
            .Where(method => method.GetMethodBody() is not null)
            .ToDictionary(method => $"{method.DeclaringType}: {method}", method => method.GetMethodBody()!.GetILAsByteArray()!);
    }
}
