using System.Globalization;
using BackpropGen.Generator.Emission;
using BackpropGen.Generator.Lowering;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Generator.Tests.Emission;

/// <summary>Literals that the C# compiler reads back to the same bits.</summary>
public sealed class CSharpLiteralTests
{
    private static readonly double[] Interesting =
    [
        0, -0.0, 1, -1, 0.1, 1.0 / 3, -2.5e-8, 1e21, 123_456_789, 1e-3, Math.PI, double.Epsilon, -double.Epsilon, 1e-310, double.MaxValue,
        double.MinValue, float.Epsilon, 1e-40, float.MaxValue, 1.0507009873554805, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
    ];

    [Fact]
    public void Doubles_AreReadBack()
    {
        double[] values = [.. Interesting, .. RandomBits().Select(BitConverter.Int64BitsToDouble)];
        object?[] read = Constants("double", values.Select(value => CSharpLiteral.Number(value, ElementType.Double)));
        Assert.Equal(values.Select(Bits), read.Select(value => Bits((double)value!)));

        static long Bits(double value) => double.IsNaN(value) ? -1 : BitConverter.DoubleToInt64Bits(value);
    }

    [Fact]
    public void Floats_AreReadBack()
    {
        float[] values = [.. Interesting.Select(value => (float)value), .. RandomBits().Select(bits => BitConverter.Int32BitsToSingle((int)bits))];
        object?[] read = Constants("float", values.Select(value => CSharpLiteral.Number(value, ElementType.Single)));
        Assert.Equal(values.Select(Bits), read.Select(value => Bits((float)value!)));

        static int Bits(float value) => float.IsNaN(value) ? -1 : BitConverter.SingleToInt32Bits(value);
    }

    [Fact]
    public void Doubles_BecomeTheNearestFloat()
    {
        Assert.Equal("0.1f", CSharpLiteral.Number(0.1, ElementType.Single));
        Assert.Equal("0.1d", CSharpLiteral.Number(0.1, ElementType.Double));
        Assert.Equal("float.PositiveInfinity", CSharpLiteral.Number(1e300, ElementType.Single));
        Assert.Equal("float.NegativeInfinity", CSharpLiteral.Number(-1e300, ElementType.Single));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(109_386, "109,386")]
    [InlineData(-1_234_567, "-1,234,567")]
    public void Counts_AreGrouped(long value, string expected) => Assert.Equal(expected, CSharpLiteral.Count(value));

    [Fact]
    public void Numbers_DoNotDependOnTheCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Cultures.Hostile;
            Assert.Equal("-1234.5d", CSharpLiteral.Number(-1234.5, ElementType.Double));
            Assert.Equal("-7", CSharpLiteral.Int(-7));
            Assert.Equal("-7,000", CSharpLiteral.Count(-7000));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void VerbatimStrings_KeepQuotesAndLineBreaks()
    {
        const string Text = "a \"quoted\" \\ word\nand a line";
        Assert.Equal(Text, Assert.Single(Constants("string", [CSharpLiteral.Verbatim(Text)])));
    }

    private static IEnumerable<long> RandomBits()
    {
        var random = new Random(1);
        return Enumerable.Range(0, 2_000).Select(_ => random.NextInt64(long.MinValue, long.MaxValue)).ToArray();
    }

    /// <summary>What the C# compiler takes the literals for.</summary>
    private static object?[] Constants(string type, IEnumerable<string> literals)
    {
        string fields = string.Concat(literals.Select((literal, i) => $"public const {type} C{i} = {literal};\n"));
        CSharpCompilation compilation = GeneratorTest.Compile([$"public static class Constants {{\n{fields}}}"]);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        return [.. compilation.GetTypeByMetadataName("Constants")!.GetMembers().OfType<IFieldSymbol>().Select(field => field.ConstantValue)];
    }
}
