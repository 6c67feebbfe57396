using BackpropGen.Generator.Model;
using BackpropGen.Generator.Tests.Lowering;

namespace BackpropGen.Generator.Tests.Emission;

/// <summary>The emitted text grows with the number of layers, and with nothing else.</summary>
public sealed class EmittedSizeTests
{
    [Theory]
    [InlineData(6)]
    [InlineData(33)]
    public void Size_IsLinearInDepth(int width)
    {
        // Beyond 100 layers, so that all numbers of layers have as many digits.
        double first = SizeOf(Chain(width, 200)) - SizeOf(Chain(width, 100));
        double second = SizeOf(Chain(width, 300)) - SizeOf(Chain(width, 200));
        Assert.InRange(second / first, 0.97, 1.03);
    }

    [Fact]
    public void Size_DoesNotDependOnLargeWidths()
    {
        // Both are whole panels and whole blocks of rows, so only the digits of the sizes differ.
        double narrow = SizeOf(Chain(192, 4));
        double wide = SizeOf(Chain(9_600, 4));
        Assert.InRange(wide / narrow, 1, 1.06);
    }

    [Fact]
    public void NoLine_IsLongerThanAScreen()
    {
        foreach (NetworkSpec spec in new[] { Named.FourLayer, Named.Digits, Chain(9_600, 2) })
        {
            // String literals hold prose, a paragraph to a line.
            IEnumerable<string> lines = Compiler.Compile(spec).SelectMany(file => file.Source.Split('\n'));
            Assert.All(lines.Where(line => !line.TrimStart().StartsWith('"')), line => Assert.True(line.Length <= 220, line));
        }
    }

    private static NetworkSpec Chain(int width, int depth) =>
        Named.Chain("Net", new LossSpec(Loss.MeanSquaredError), Activation.Tanh, width, [.. Enumerable.Repeat(width, depth)]);

    private static int SizeOf(NetworkSpec spec) => Compiler.Compile(spec).Sum(file => file.Source.Length);
}
