using System.Collections;
using System.Reflection;
using BackpropGen.Generator.Model;
using BackpropGen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Tests.Incremental;

/// <summary>Specs compare by value and hold nothing of the compiler's: caching rests on both.</summary>
public sealed class SpecEqualityTests
{
    private const string Full = """
        #pragma warning disable BPG4025 // it is the spec that matters, not the threads
        namespace Games;
        partial class Outer<T>
        {
            [NeuralNetwork(5, Loss = Loss.SoftmaxCrossEntropy, ClassWeights = new double[] { 1, 2, 3 }, LabelSmoothing = 0.1)]
            [Dense(4, Activation.LeakyRelu, Alpha = 0.2)]
            [Activation(Activation.Tanh)]
            [Dense(3, Name = "Head")]
            [Adam]
            public partial class Net { }
        }
        """;

    /// <summary>Edits that must make another spec.</summary>
    public static TheoryData<string, string> Changes => new()
    {
        { "namespace Games", "namespace Game" },
        { "Outer<T>", "Outer<U>" },
        { "class Net { }", "class Net2 { }" },
        { "class Net { }", "class Net { public Net() { } }" },
        { "NeuralNetwork(5", "NeuralNetwork(6" },
        { "{ 1, 2, 3 }", "{ 1, 2, 4 }" },
        { "LabelSmoothing = 0.1", "LabelSmoothing = 0.2" },
        { "LabelSmoothing = 0.1", "LabelSmoothing = 0.1, Reduction = Reduction.Sum" },
        { "LabelSmoothing = 0.1", "LabelSmoothing = 0.1, Precision = Precision.Double" },
        { "LabelSmoothing = 0.1", "LabelSmoothing = 0.1, InputGradients = false" },
        { "LabelSmoothing = 0.1", "LabelSmoothing = 0.1, KeepIntermediates = true" },
        { "LabelSmoothing = 0.1", "LabelSmoothing = 0.1, Parallelism = 2" },
        { "Dense(4", "Dense(5" },
        { "Alpha = 0.2", "Alpha = 0.3" },
        { "Alpha = 0.2", "Alpha = 0.2, Bias = false" },
        { "Alpha = 0.2", "Alpha = 0.2, Initializer = Initializer.Zeros" },
        { "Activation.Tanh", "Activation.Sigmoid" },
        { "[Activation(Activation.Tanh)]", "" },
        { "\"Head\"", "\"Tail\"" },
        { "[Adam]", "" },
        { "[Adam]", "[AdamW]" },
        { "[Adam]", "[AdamW(WeightDecay = 0)]" },
        { "[Adam]", "[Sgd]" },
        { "[Adam]", "[Adam(Beta1 = 0.8)]" },
    };

    /// <summary>Edits that change the text and not the network.</summary>
    public static TheoryData<string, string> Rewritings => new()
    {
        { "namespace Games;", "// a comment\nnamespace Games;" },
        { "Dense(4, Activation.LeakyRelu", "Dense(activation: Activation.LeakyRelu, units: 2 + 2" },
        { "[Dense(3, Name = \"Head\")]", "[BackpropGen.DenseAttribute(3, Name = \"He\" + \"ad\")]" },
        { "[Adam]", "[Adam(Beta1 = 0.9, LearningRate = 1e-3)]" },
        { "new double[] { 1, 2, 3 }", "new[] { 1.0, 2, 3 }" },
        { "public partial class Net { }", "public sealed partial class Net { public int Age; }" },
        { "LabelSmoothing = 0.1", "LabelSmoothing = 0.1, KeepIntermediates = false, Precision = Precision.Single, Parallelism = 1" },
    };

    [Fact]
    public void EqualSources_GiveEqualSpecs()
    {
        NetworkSpec one = GeneratorTest.Spec(Full);
        NetworkSpec other = GeneratorTest.Spec(Full);

        Assert.NotSame(one, other);
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Theory]
    [MemberData(nameof(Rewritings))]
    public void RewrittenSources_GiveEqualSpecs(string text, string replacement)
    {
        NetworkSpec one = GeneratorTest.Spec(Full);
        NetworkSpec other = GeneratorTest.Spec(Replace(text, replacement));

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void ChangedSources_GiveOtherSpecs(string text, string replacement) =>
        Assert.NotEqual(GeneratorTest.Spec(Full), GeneratorTest.Spec(Replace(text, replacement)));

    [Fact]
    public void SpecStep_HoldsNothingOfTheCompiler()
    {
        GeneratorRunResult result = GeneratorTest.Run(Full);

        (object value, _) = Assert.Single(GeneratorTest.OutputsOf(result, TrackingNames.Spec));

        AssertHoldsNothingOfTheCompiler(value);
    }

    [Fact]
    public void TheWalk_FindsWhatItLooksFor()
    {
        // What the parser reads a spec from holds symbols and syntax; the walk over it must fail, or it would prove nothing above.
        Compilation compilation = GeneratorTest.Compile([Full]);
        INamedTypeSymbol type = compilation.GetSymbolsWithName("Net", SymbolFilter.Type).OfType<INamedTypeSymbol>().Single();

        NetworkDeclaration declaration = NetworkParser.Read(type, compilation)!;

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertHoldsNothingOfTheCompiler(declaration));
    }

    private static string Replace(string text, string replacement)
    {
        Assert.Contains(text, Full, StringComparison.Ordinal);
        return Full.Replace(text, replacement, StringComparison.Ordinal);
    }

    /// <summary>Walks all that can be reached from a value, through fields and collections.</summary>
    private static void AssertHoldsNothingOfTheCompiler(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object>([root]);
        while (open.TryPop(out object? value))
        {
            Assert.False(
                value is Compilation or ISymbol or SyntaxNode or SyntaxTree or SyntaxReference or Location or Diagnostic or AttributeData or SemanticModel,
                $"A spec holds a {value.GetType()}.");
            if (value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
            {
                continue;
            }

            if (value is IEnumerable items)
            {
                foreach (object? item in items)
                {
                    Push(item);
                }
            }

            for (Type? type = value.GetType(); type is not null; type = type.BaseType)
            {
                foreach (FieldInfo field in type.GetFields(
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                {
                    Push(field.GetValue(value));
                }
            }
        }

        void Push(object? value)
        {
            if (value is not null)
            {
                open.Push(value);
            }
        }
    }
}
