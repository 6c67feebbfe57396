using BackpropGen.Generator.Model;

namespace BackpropGen.Generator.Tests.Parsing;

/// <summary>Where classes stand.</summary>
public sealed class HostParserTests
{
    private const string Attributes = "[NeuralNetwork(2)] [Dense(3)]";

    [Fact]
    public void GlobalNamespace_IsEmpty() =>
        Assert.Equal(
            new HostSpec(string.Empty, new EquatableArray<string>([]), "Net", "Net", DeclaresConstructor: false),
            Host($"{Attributes} partial class Net {{ }}"));

    [Theory]
    [InlineData("namespace A.B; {0}")]
    [InlineData("namespace A.B {{ {0} }}")]
    [InlineData("namespace A {{ namespace B {{ {0} }} }}")]
    public void Namespaces_AreFull(string frame) =>
        Assert.Equal(
            new HostSpec("A.B", new EquatableArray<string>([]), "Net", "A.B.Net", DeclaresConstructor: false),
            Host(string.Format(System.Globalization.CultureInfo.InvariantCulture, frame, $"{Attributes} internal abstract partial class Net {{ }}")));

    [Fact]
    public void Names_AreShadowedByWhatStandsAround() =>
        Assert.Equal(
            ["Array", "Math", "Simd", "Span"],
            Host($$"""
                namespace Simd { class Something { } }
                namespace A.Math { class Something { } }
                namespace A.Other { class VectorMath { } }
                namespace A.B
                {
                    class Span { }
                    class Base { protected class Array { } }
                    partial class Outer : Base { {{Attributes}} partial class Net { } }
                }
                """).Shadowed);

    [Fact]
    public void ContainingTypes_AreReopenedAsTheyAre()
    {
        HostSpec host = Host($$"""
            namespace Games;
            public static partial class Outer
            {
                internal readonly ref partial struct Pair<TKey, @class> where TKey : struct
                {
                    private partial interface Source<TIn, TOut>
                    {
                        protected partial record Row(int Value)
                        {
                            public readonly partial record struct Cell
                            {
                                {{Attributes}}
                                private sealed partial class Net { }
                            }
                        }
                    }
                }
            }
            """);

        Assert.Equal(
            [
                "partial class Outer",
                "partial struct Pair<TKey, @class>",
                "partial interface Source<TIn, TOut>",
                "partial record Row",
                "partial record struct Cell",
            ],
            host.ContainingTypes);
        Assert.Equal("Games.Outer.Pair-2.Source-2.Row.Cell.Net", host.FileName);
    }

    [Fact]
    public void Keywords_AreEscapedInCodeAndPlainInMetadata()
    {
        HostSpec host = Host($$"""namespace @event.Data { partial class @record { {{Attributes}} partial class @if { } } }""");

        Assert.Equal(
            new HostSpec("@event.Data", new EquatableArray<string>(["partial class @record"]), "@if", "event.Data.record.if", DeclaresConstructor: false),
            host);
    }

    /// <summary>The compiler compares the names of generated files without regard to case; a clash would stop the whole generator.</summary>
    [Theory]
    [InlineData("{0} partial class Net {{ }} {0} partial class NET {{ }}")]
    [InlineData("namespace Games {{ {0} partial class Net {{ }} }} namespace GAMES {{ {0} partial class Net {{ }} }}")]
    [InlineData("partial class Outer {{ {0} partial class Net {{ }} }} partial class OUTER {{ {0} partial class Net {{ }} }}")]
    public void NamesThatDifferOnlyInCase_HaveFilesOfTheirOwn(string source)
    {
        source = string.Format(System.Globalization.CultureInfo.InvariantCulture, source, Attributes);

        GeneratorTest.CompilesWithoutErrors(source);
        string[] names = GeneratorTest.Specs(source).Select(spec => spec.Host.FileName).ToArray();
        Assert.Equal(2, names.Length);
        Assert.Equal(2, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.Matches("-[0-9a-f]{8}$", name));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("static Net() { }", false)]
    [InlineData("public Net() { }", true)]
    [InlineData("private Net(int seed) { }", true)]
    public void InstanceConstructors_AreSeen(string member, bool expected) =>
        Assert.Equal(expected, Host($"{Attributes} partial class Net {{ {member} }}").DeclaresConstructor);

    [Fact]
    public void PrimaryConstructor_IsAConstructor() =>
        Assert.True(
            GeneratorTest.Spec(
                $"{Attributes} partial class Net(int seed) {{ public int Seed => seed; }}",
                Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp12).Host.DeclaresConstructor);

    [Fact]
    public void ReopenedTypes_Compile() =>
        GeneratorTest.CompilesWithoutWarnings($$"""
            namespace @event.Data
            {
                public static partial class Outer<@class> where @class : notnull
                {
                    internal readonly ref partial struct Pair
                    {
                        public partial interface Source<TIn, TOut>
                        {
                            public partial record Row(int Value)
                            {
                                public readonly partial record struct @required
                                {
                                    {{Attributes}}
                                    public sealed partial class @if { }
                                }
                            }
                        }
                    }
                }
            }
            """);

    private static HostSpec Host(string source) => GeneratorTest.Spec(source).Host;
}
