using System.Reflection;
using BackpropGen.Generator.Model;
using BackpropGen.Generator.Tests.Lowering;
using Xunit.Abstractions;

namespace BackpropGen.Generator.Tests.Emission;

/// <summary>
/// Every emitted method stays far below the limits of the JIT (60,000 bytes of IL, 2,000 basic blocks, 512 tracked locals), beyond which
/// a method is silently compiled without optimisation.
/// </summary>
public sealed class MethodBudgetTests(ITestOutputHelper output)
{
    private const int MostBytes = 8_000;
    private const int MostLocals = 512;
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void CanonicalNetworks_StayInTheBudget() => Check(
    [
        Named.FourLayer,
        Named.Digits,
        Named.Digits with { Host = Named.Digits.Host with { Name = "DigitsDouble" }, Precision = Precision.Double, KeepIntermediates = true },
    ]);

    [Fact]
    public void DeepNetworks_StayInTheBudget() => Check(
    [
        Deep("DeepInline", 16, 200, Precision.Single),
        Deep("DeepDouble", 8, 60, Precision.Double),
        Deep("DeepTiled", 33, 40, Precision.Single),
        Deep("DeepThreaded", 65, 40, Precision.Single) with { Parallelism = 4 },
    ]);

    [Fact]
    public void RandomNetworks_StayInTheBudget() =>
        Check([.. Enumerable.Range(0, 15).Select(seed => RandomNetworks.Create(seed, maximumDepth: 12, maximumWidth: 300))]);

    [Fact]
    public void DeepRandomNetworks_StayInTheBudget() =>
        Check([.. Enumerable.Range(0, 4).Select(seed => RandomNetworks.Create(seed, maximumDepth: 200, maximumWidth: 9))]);

    /// <summary>Gelu keeps both z and h; it is the activation with the most text.</summary>
    private static NetworkSpec Deep(string name, int width, int depth, Precision precision) =>
        Named.Chain(name, new LossSpec(Loss.MeanSquaredError), Activation.Gelu, width, [.. Enumerable.Repeat(width, depth)]) with
        {
            Precision = precision,
            Optimizer = new AdamSpec(0.001),
        };

    private void Check(NetworkSpec[] specs)
    {
        EmittedAssembly code = EmittedAssembly.Compile(specs);
        Assert.Empty(code.Problems());
        MethodBase[] methods = [.. code.Load().GetTypes()
            .SelectMany(type => type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
            .Where(method => method.GetMethodBody() is not null)];
        MethodBase largest = methods.MaxBy(Bytes)!;
        MethodBase fullest = methods.MaxBy(Locals)!;
        output.WriteLine($"{methods.Length} methods in {specs.Length} networks.");
        output.WriteLine($"Most IL: {Bytes(largest)} bytes, {largest.DeclaringType!.Name}.{largest.Name}.");
        output.WriteLine($"Most locals: {Locals(fullest)}, {fullest.DeclaringType!.Name}.{fullest.Name}.");
        Assert.All(methods, method =>
        {
            Assert.True(Bytes(method) < MostBytes, $"{method.DeclaringType!.Name}.{method.Name} has {Bytes(method)} bytes of IL.");
            Assert.True(Locals(method) < MostLocals, $"{method.DeclaringType!.Name}.{method.Name} has {Locals(method)} locals.");
        });
    }

    private static int Bytes(MethodBase method) => method.GetMethodBody()!.GetILAsByteArray()!.Length;

    private static int Locals(MethodBase method) => method.GetMethodBody()!.LocalVariables.Count;
}
