using BackpropGen.Generator.Model;
using BackpropGen.Generator.Tests.Lowering;
using Xunit.Abstractions;

namespace BackpropGen.Generator.Tests.Emission;

/// <summary>
/// Every emitted method stays far below the limits of the JIT (60,000 bytes of IL, 2,000 basic blocks, 2,000 locals), beyond which a method
/// is silently compiled without optimisation. What is inlined brings locals of its own, a few for each call, and beyond 1,024 of them
/// nothing more is inlined; hence the room.
/// </summary>
public sealed class MethodBudgetTests(ITestOutputHelper output)
{
    /// <summary>A seventh of the limit. The largest method so far, a step of one sample written out, has 7,307.</summary>
    private const int MostBytes = 8_000;

    /// <summary>A fifth of the limit, and less than half of what stops inlining. The fullest method so far has 153.</summary>
    private const int MostLocals = 400;

    /// <summary>A fifth of the limit. The most branching method so far has 217.</summary>
    private const int MostBlocks = 400;

    /// <summary>Where the files lie that the project copies for this test.</summary>
    private static string Copied(string folder) => Path.Combine(AppContext.BaseDirectory, folder);

    [Fact]
    public void Snapshots_StayInTheBudget()
    {
        // SnapshotTests.Digits#Canonical.Digits.Forward.g.verified.cs holds a file of the class Digits.
        string[] paths = Directory.GetFiles(Copied("Snapshots"), "SnapshotTests.*.verified.cs");
        IEnumerable<string> classes = paths.Select(path => Path.GetFileName(path).Split('#')[1].Split('.')[1]).Distinct();
        Check(EmittedAssembly.Compile("Canonical", classes, paths.Select(path => (Path.GetFileName(path), File.ReadAllText(path)))));
    }

    [Fact]
    public void CanonicalNetworks_StayInTheBudget() => Check(
    [
        Named.FourLayer,
        Named.Digits,
        Named.Digits with { Host = Named.Digits.Host with { Name = "DigitsDouble" }, Precision = Precision.Double, KeepIntermediates = true },
    ]);

    [Fact]
    public void NetworksUnderTest_StayInTheBudget()
    {
        // The interfaces that the classes implement are not there; attributes are all that is read.
        NetworkSpec[] specs = [.. Directory.GetFiles(Copied("Networks")).Order(StringComparer.Ordinal)
            .SelectMany(path => GeneratorTest.Specs(File.ReadAllText(path)))
            .Select((spec, i) => spec with { Host = new HostSpec("Tests", default, $"{spec.Host.Name}{i}", $"{spec.Host.Name}{i}", DeclaresConstructor: false) })];
        Assert.True(specs.Length > 40, $"Only {specs.Length} networks were found.");
        Check(specs);
    }

    [Fact]
    public void DeepNetworks_StayInTheBudget() => Check(
    [
        Deep("DeepInline", 16, 200, Precision.Single),
        Deep("DeepDouble", 8, 60, Precision.Double),
        Deep("DeepTiled", 33, 64, Precision.Single),
        Deep("LargestSampleStep", 8, 9, Precision.Single),
        Deep("LargestSampleStepInDouble", 8, 4, Precision.Double),
        Deep("DeepThreaded", 65, 40, Precision.Single) with { Parallelism = 4 },
    ]);

    /// <summary>What calls the parts of a pass grows by a line for each, and there may be 1,000 layers: hence no advice on the size of the code.</summary>
    [Fact]
    public void TheDeepestNetwork_StaysInTheBudget() => Check([Deep("Deepest", 2, 1_000, Precision.Single)]);

    [Fact]
    public void WideNetworks_StayInTheBudget() => Check(
    [
        Wide("Wide", 1_500, Precision.Single),
        Wide("WideOdd", 1_499, Precision.Single),
        Wide("WideDouble", 1_500, Precision.Double),
        Named.Chain("WideToNarrow", new LossSpec(Loss.SoftmaxCrossEntropy), Activation.Mish, 1_500, 7, 1_500, 3) with { Optimizer = new SgdSpec(0.1) },
    ]);

    [Fact]
    public void RandomNetworks_StayInTheBudget() =>
        Check([.. Enumerable.Range(0, 20).Select(seed => RandomNetworks.Create(seed, maximumDepth: 6, maximumWidth: 300))]);

    [Fact]
    public void NarrowRandomNetworks_StayInTheBudget() =>
        Check([.. Enumerable.Range(100, 20).Select(seed => RandomNetworks.Create(seed, maximumDepth: 12, maximumWidth: 20))]);

    [Fact]
    public void DeepRandomNetworks_StayInTheBudget() =>
        Check([.. Enumerable.Range(0, 4).Select(seed => RandomNetworks.Create(seed, maximumDepth: 200, maximumWidth: 9))]);

    [Theory]
    [InlineData(6)]
    [InlineData(33)]
    public void IntermediateCode_IsLinearInDepth(int width)
    {
        // Deeper than the networks that have the step of one sample written out.
        int[] bytes = [.. new[] { 32, 48, 64 }.Select(depth => BytesOf(Deep("Net", width, depth, Precision.Single)))];
        Assert.InRange((double)(bytes[2] - bytes[1]) / (bytes[1] - bytes[0]), 0.97, 1.03);
    }

    [Fact]
    public void IntermediateCode_DoesNotDependOnLargeWidths()
    {
        // Both are whole panels and whole blocks of rows; an offset beyond 127 takes an instruction of five bytes in place of two.
        double narrow = BytesOf(Deep("Net", 192, 4, Precision.Single));
        double wide = BytesOf(Deep("Net", 9_600, 4, Precision.Single));
        Assert.InRange(wide / narrow, 1, 1.06);
    }

    /// <summary>Gelu keeps both z and h; it is the activation with the most text.</summary>
    private static NetworkSpec Deep(string name, int width, int depth, Precision precision) =>
        Named.Chain(name, new LossSpec(Loss.MeanSquaredError), Activation.Gelu, width, [.. Enumerable.Repeat(width, depth)]) with
        {
            Precision = precision,
            Optimizer = new AdamSpec(0.001),
        };

    private static NetworkSpec Wide(string name, int width, Precision precision) =>
        Named.Chain(name, new LossSpec(Loss.SoftmaxCrossEntropy), Activation.Relu, width, width, width, width) with
        {
            Precision = precision,
            Optimizer = new SgdSpec(0.1),
        };

    private static int BytesOf(NetworkSpec spec) => MethodSize.Of(EmittedAssembly.Compile([spec]).Load()).Sum(method => method.Bytes);

    private void Check(NetworkSpec[] specs) => Check(EmittedAssembly.Compile(specs));

    private void Check(EmittedAssembly code)
    {
        MethodSize[] methods = MethodSize.Of(code.Load());
        output.WriteLine($"{methods.Length} methods. Most IL: {methods.MaxBy(method => method.Bytes)}.");
        output.WriteLine($"Most locals: {methods.MaxBy(method => method.Locals)}. Most blocks: {methods.MaxBy(method => method.Blocks)}.");
        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.True(
            method.Bytes < MostBytes && method.Locals < MostLocals && method.Blocks < MostBlocks,
            $"{method} is beyond the budget of {MostBytes} bytes, {MostLocals} locals and {MostBlocks} blocks."));
    }
}
