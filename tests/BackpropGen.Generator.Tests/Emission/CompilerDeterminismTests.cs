using System.Globalization;
using BackpropGen.Generator.Emission;
using BackpropGen.Generator.Model;
using BackpropGen.Generator.Tests.Lowering;

namespace BackpropGen.Generator.Tests.Emission;

/// <summary>The same spec gives the same bytes.</summary>
public sealed class CompilerDeterminismTests
{
    private static NetworkSpec[] Specs => [Named.FourLayer, Named.Digits, .. Enumerable.Range(0, 30).Select(seed => RandomNetworks.Create(seed, 10, 80))];

    [Fact]
    public void Files_AreTheSameTwice()
    {
        foreach (NetworkSpec spec in Specs)
        {
            Assert.Equal(Compiler.Compile(spec), Compiler.Compile(spec));
        }
    }

    [Fact]
    public void Files_AreTheSameInEveryCulture()
    {
        GeneratedFile[] expected = [.. Specs.SelectMany(Compiler.Compile)];
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo uiCulture = CultureInfo.CurrentUICulture;
        try
        {
            foreach (CultureInfo other in Cultures.All)
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = other;
                Assert.Equal(expected, Specs.SelectMany(Compiler.Compile));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            CultureInfo.CurrentUICulture = uiCulture;
        }
    }

    [Fact]
    public void Files_HaveUnixLinesWithoutTrailingBlanks()
    {
        foreach (GeneratedFile file in Specs.SelectMany(Compiler.Compile))
        {
            Assert.DoesNotContain('\r', file.Source);
            Assert.DoesNotContain('\t', file.Source);
            Assert.All(file.Source.Split('\n'), line => Assert.False(line.EndsWith(' '), $"{file.HintName}: '{line}'"));
            Assert.EndsWith("}\n", file.Source, StringComparison.Ordinal);
            Assert.DoesNotContain("\n\n\n", file.Source, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void HintNames_AreUniqueAndNameTheConcern()
    {
        string[] names = [.. Compiler.Compile(Named.Digits).Select(file => file.HintName)];
        Assert.Equal(
            [
                "Tests.Digits.Network.g.cs", "Tests.Digits.Parameters.g.cs", "Tests.Digits.Forward.g.cs", "Tests.Digits.Backward.g.cs",
                "Tests.Digits.Predict.g.cs", "Tests.Digits.Optimizer.g.cs", "Tests.Digits.Formats.g.cs", "Tests.Digits.Kernels.g.cs",
            ],
            names);
    }

    [Fact]
    public void Files_AreEmittedOnlyWhereAskedFor()
    {
        string[] names = [.. Compiler.Compile(Named.FourLayer).Select(file => file.HintName)];
        Assert.DoesNotContain("Tests.FourLayer.Optimizer.g.cs", names);
        Assert.DoesNotContain("Tests.FourLayer.Kernels.g.cs", names);
    }
}
