extern alias runtime;

using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Generator.Tests.Hosts;

/// <summary>Wherever a class stands and whatever it is called, the emitted code compiles without a word, and trains.</summary>
public sealed class PlaceTests
{
    /// <summary>What the places put before their class: enough for every kind of emitted file but kernels and threads.</summary>
    private const string Attributes = """
        [BackpropGen.NeuralNetwork(2, KeepIntermediates = true)]
        [BackpropGen.Dense(3, BackpropGen.Activation.Tanh)]
        [BackpropGen.Dense(1)]
        [BackpropGen.Adam]
        """;

    /// <summary>Places of the network <c>Net</c>, by name: the metadata name of the class, and the source.</summary>
    private static readonly Dictionary<string, (string Type, string Source)> Places = new()
    {
        ["global namespace"] = ("Net", "{0} public partial class Net {{ }}"),
        ["file-scoped namespace"] = ("Games.Chess.Net", "namespace Games.Chess; {0} public partial class Net {{ }}"),
        ["block namespaces"] = ("Games.Chess.Net", "namespace Games {{ namespace Chess {{ {0} public partial class Net {{ }} }} }}"),
        ["internal"] = ("Net", "{0} internal sealed partial class Net {{ }}"),
        ["without accessibility"] = ("Net", "{0} partial class Net {{ }}"),
        ["private in a class"] = ("Outer+Net", "public partial class Outer {{ {0} private partial class Net {{ }} }}"),
        ["protected in a class"] = ("Outer+Net", "public partial class Outer {{ {0} protected partial class Net {{ }} }}"),
        ["private protected in a class"] = ("Outer+Net", "public partial class Outer {{ {0} private protected partial class Net {{ }} }}"),
        ["in a static class"] = ("Outer+Net", "public static partial class Outer {{ {0} public sealed partial class Net {{ }} }}"),
        ["in a struct"] = ("Outer+Net", "public partial struct Outer {{ {0} public partial class Net {{ }} }}"),
        ["in a ref struct"] = ("Outer+Net", "public readonly ref partial struct Outer {{ {0} public partial class Net {{ }} }}"),
        ["in a record"] = ("Outer+Net", "public partial record Outer(int Inputs) {{ {0} public partial class Net {{ }} }}"),
        ["in a record struct"] = ("Outer+Net", "public partial record struct Outer(int Inputs) {{ {0} public partial class Net {{ }} }}"),
        ["in an interface"] = ("IOuter+Net", "public partial interface IOuter {{ {0} public partial class Net {{ }} }}"),
        ["in a generic class"] = (
            "Outer`2+Net", "public partial class Outer<TKey, TValue> where TKey : notnull where TValue : class, new() {{ {0} public partial class Net {{ }} }}"),
        ["in generic types, deep"] = (
            "Games.A`1+B+C`2+D+Net",
            "namespace Games; partial class A<T> {{ partial struct B {{ partial interface C<U, V> where V : U {{ partial record D {{ {0} partial class Net {{ }} }} }} }} }}"),
        ["in a class with the names of its members"] = (
            "Outer+Net", "public partial class Outer {{ public static int Parameters => 1; public static void Forward() {{ }} {0} public partial class Net {{ }} }}"),
        ["with a constructor"] = ("Net", "{0} public partial class Net {{ public Net() {{ }} }}"),
        ["with a primary constructor"] = ("Net", "{0} public partial class Net(int age = 1) {{ public int Age => age; }}"),
        ["with a base class and interfaces"] = (
            "Net", "public abstract class Agent {{ public virtual int Age => 1; }} {0} public partial class Net : Agent, System.IDisposable {{ public void Dispose() {{ }} }}"),
        ["with a generic base class"] = ("Net", "public class Agent<T> {{ public T? Value {{ get; set; }} }} {0} public partial class Net : Agent<Net> {{ }}"),
        ["with members of its own"] = (
            "Net", "{0} public partial class Net {{ public float this[int i] => i; public static Net operator +(Net a, Net b) => a; ~Net() {{ }} private float W1 = 1, z1 = 2, batch = 3; public float Sum => W1 + z1 + batch; }}"),
        ["with names that are keywords"] = (
            "namespace.class+struct`1+event",
            "namespace @namespace {{ public partial class @class {{ public partial struct @struct<@int> {{ {0} public partial class @event {{ }} }} }} }}"),
        ["with names that are sometimes keywords"] = (
            "global.var.record+where`1+async",
            "namespace @global.@var {{ public partial class @record {{ public partial struct @where<@dynamic> {{ {0} public partial class @async {{ }} }} }} }}"),
        ["with names beyond ASCII"] = ("Größe.Τύπος+Δίκτυο_ネット", "namespace Größe; public partial class Τύπος {{ {0} public partial class Δίκτυο_ネット {{ }} }}"),
        ["beside a global alias of a type it uses"] = (
            "Net", "global using Math = System.Text.StringBuilder; global using Span = System.Int32; global using Vector256 = System.Text; {0} public partial class Net {{ }}"),
        ["in a namespace beside a global alias"] = (
            "Games.Net", "global using Math = System.Text.StringBuilder; global using Simd = System.Int32; namespace Games {{ {0} public partial class Net {{ }} }}"),
        ["beside an alias of its own file"] = ("Net", "using Math = System.Text.StringBuilder; {0} public partial class Net {{ public Math? Text => null; }}"),
        ["in a namespace that ends in System"] = ("My.System.Net", "namespace My.System {{ {0} public partial class Net {{ }} }}"),
        ["in a namespace that ends in BackpropGen"] = (
            "My.BackpropGen.Net",
            "global using global::BackpropGen; namespace My.BackpropGen {{ [NeuralNetwork(2, KeepIntermediates = true), Dense(3), Dense(1), Sgd] public partial class Net {{ }} }}"),
        ["in the namespace of the library"] = ("BackpropGen.Net", "namespace BackpropGen; {0} public partial class Net {{ }}"),
        ["in the namespace of the numerics"] = ("BackpropGen.Numerics.Net", "namespace BackpropGen.Numerics; {0} public partial class Net {{ }}"),
        ["in an assembly for all languages"] = ("Net", "[assembly: System.CLSCompliant(true)] {0} public sealed partial class Net {{ }}"),
        ["in an assembly for C# alone"] = ("Net", "[assembly: System.CLSCompliant(false)] {0} public sealed partial class Net {{ }}"),
        ["obsolete"] = ("Net", "{0} [System.Obsolete] public partial class Net {{ }}"),
        ["serializable, and seen by COM"] = ("Net", "{0} [System.Serializable, System.Runtime.InteropServices.ComVisible(true)] public partial class Net {{ }}"),
        ["with comments"] = ("Net", "/// <summary>Plays.</summary>\n/// <remarks>Well.</remarks>\n{0} public partial class Net {{ }}"),
        ["without nullable"] = ("Net", "#nullable disable\n{0} public partial class Net {{ }}"),
    };

    /// <summary>The names of the places.</summary>
    public static IEnumerable<object[]> PlaceNames => Places.Keys.Select(place => new object[] { place });

    [Theory]
    [MemberData(nameof(PlaceNames))]
    public void Network_CompilesWithoutAWordAndTrains(string place)
    {
        (string name, string source) = Places[place];
        source = string.Format(System.Globalization.CultureInfo.InvariantCulture, source, Attributes);
        var project = new UserProject(Language: LanguageVersion.CSharp12, Documentation: source.Contains("///", StringComparison.Ordinal), Strict: true);

        Type type = Closed(UserProject.Load(project.CompileQuietly(source)).GetType(name, throwOnError: true)!);

        AssertTrains(type);
    }

    [Fact]
    public void Network_MayBeSplitOverFiles()
    {
        CSharpCompilation compilation = new UserProject().CompileQuietly(
            "[BackpropGen.Dense(3, BackpropGen.Activation.Relu)] [BackpropGen.Dense(1)] public partial class Net { }",
            "[BackpropGen.NeuralNetwork(2)] sealed partial class Net : System.ICloneable { public object Clone() => this; }",
            "[BackpropGen.Sgd] partial class Net { partial void OnStep(); }",
            "partial class Net { partial void OnStep() { } private int _age; public int Age => ++_age; }");

        AssertTrains(UserProject.Load(compilation).GetType("Net", throwOnError: true)!);
    }

    [Fact]
    public void NetworksOfOneName_StandSideBySide()
    {
        Assembly assembly = UserProject.Load(new UserProject().CompileQuietly(
            $"namespace A {{ {Attributes} public partial class Net {{ }} }}",
            $"namespace B {{ {Attributes} public partial class Net {{ }} {Attributes} public partial class NET {{ }} }}",
            $"namespace A.B {{ {Attributes} public partial class Net {{ }} }}",
            $"namespace A {{ public partial class Outer {{ {Attributes} public partial class Net {{ }} }} public partial class Outer<T> {{ {Attributes} public partial class Net {{ }} }} }}",
            $"{Attributes} public partial class Net {{ }}"));

        foreach (string name in new[] { "A.Net", "B.Net", "B.NET", "A.B.Net", "A.Outer+Net", "A.Outer`1+Net", "Net" })
        {
            AssertTrains(Closed(assembly.GetType(name, throwOnError: true)!));
        }
    }

    [Theory]
    [InlineData("var net = new Net(1); return net.Age; {0} partial class Net {{ public int Age => 0; }}", "Net")]
    [InlineData("var net = new Program.Net(1); return Program.Net.InputSize - 2; partial class Program {{ {0} public partial class Net {{ }} }}", "Program+Net")]
    [InlineData("return Program.InputSize - 2; {0} partial class Program {{ }}", "Program")]
    [InlineData("namespace Games {{ static class Start {{ static int Main() => Net.InputSize - 2; }} {0} partial class Net {{ }} }}", "Games.Net")]
    public void Network_MayStandInAProgram(string source, string name)
    {
        var project = new UserProject(Kind: OutputKind.ConsoleApplication);
        Assembly assembly = UserProject.Load(project.CompileQuietly(string.Format(System.Globalization.CultureInfo.InvariantCulture, source, Attributes)));

        Assert.Equal(0, assembly.EntryPoint!.Invoke(null, assembly.EntryPoint.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]));
        AssertTrains(assembly.GetType(name, throwOnError: true)!);
    }

    /// <summary>A test project sees the internals of what it tests, networks and types with names of ours included.</summary>
    [Fact]
    public void TestProject_SeesTheInternalsOfAnother()
    {
        CSharpCompilation library = new UserProject("Library").CompileQuietly($$"""
            [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Library.Tests")]
            namespace Games
            {
                {{Attributes}} internal partial class Net { }
                internal static class Simd { }
                internal class Span { }
                public class Agent { internal Agent() { } internal int Age => 1; }
            }
            """);
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);

        CSharpCompilation tests = new UserProject("Library.Tests").Compile(
            [$$"""
            namespace Games
            {
                {{Attributes}} internal partial class OtherNet { public static int Inputs => Net.InputSize + Net.Summary.Length; public Net Tested { get; } = new(seed: 3); }
                {{Attributes}} internal partial class AgentNet : Agent { }
            }
            namespace Games.Tests { {{Attributes}} internal partial class Net { } }
            """],
            MetadataReference.CreateFromImage(image.ToArray()));

        UserProject.AssertQuiet(tests);
    }

    private static Type Closed(Type type) =>
        type.IsGenericTypeDefinition ? type.MakeGenericType([.. type.GetGenericArguments().Select(_ => typeof(object))]) : type;

    /// <summary>A few steps of training; what a host hides from others is called all the same.</summary>
    private static void AssertTrains(Type type)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        object?[] arguments = [.. type.GetConstructors(Any)[0].GetParameters().Select(parameter => parameter.DefaultValue)];
        var network = (runtime::BackpropGen.ITargetTrainable<float>)type.GetConstructors(Any)[0].Invoke(arguments);
        float[] inputs = [0, 0, 1, 1];
        float[] targets = [-1, 1];

        float first = network.TrainStep(inputs, targets);
        float last = first;
        for (int step = 0; step < 50; step++)
        {
            last = network.TrainStep(inputs, targets);
        }

        Assert.True(last < first, $"The loss went from {first} to {last}.");
    }
}
