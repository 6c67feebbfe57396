using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Conformance.Tests;

/// <summary>A file that does not compile is the only one that fails.</summary>
public class InProcessCompilerTests
{
    private static readonly SourceUnit[] Units =
    [
        new("First", "public class First { public static int Value => 1; }"),
        new("Second", "public class Second { public static int Value => 2; }"),
        new("Third", "public class Third { public static int Value => 3; }"),
    ];

    [Fact]
    public void All_files_share_an_assembly()
    {
        IReadOnlyList<CompiledUnit> compiled = InProcessCompiler.Compile(Units, new Silent());

        Assert.Single(compiled.Select(unit => unit.Assembly).Distinct());
        Assert.Equal(2, compiled[1].Assembly!.GetType("Second")!.GetProperty("Value")!.GetValue(null));
    }

    [Fact]
    public void An_error_in_a_file_is_its_own()
    {
        SourceUnit[] units = [Units[0], new("Broken", "public class Broken { int x = \"\"; }"), Units[2]];

        IReadOnlyList<CompiledUnit> compiled = InProcessCompiler.Compile(units, new Silent());

        Assert.NotNull(compiled[0].Assembly);
        Assert.Null(compiled[1].Assembly);
        Assert.Contains("CS0029", compiled[1].Error, StringComparison.Ordinal);
        Assert.NotNull(compiled[2].Assembly);
    }

    [Fact]
    public void An_error_in_generated_code_is_that_of_the_file_it_was_generated_for()
    {
        IReadOnlyList<CompiledUnit> compiled = InProcessCompiler.Compile(Partial(), new Adding("partial class Second { int x = \"\"; }"));

        Assert.Equal([true, false, true], compiled.Select(unit => unit.Assembly is not null));
        Assert.Contains("CS0029", compiled[1].Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_generator_that_throws_on_a_file_fails_that_file()
    {
        IReadOnlyList<CompiledUnit> compiled = InProcessCompiler.Compile(Partial(), new Adding(null));

        Assert.Equal([true, false, true], compiled.Select(unit => unit.Assembly is not null));
        Assert.Contains("no text", compiled[1].Error, StringComparison.Ordinal);
    }

    private static SourceUnit[] Partial() => [.. Units.Select(unit => unit with { Text = unit.Text.Replace("public class", "public partial class", StringComparison.Ordinal) })];

    private sealed class Silent : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
        }
    }

    /// <summary>Adds a text where there is a class named Second; throws if the text is null.</summary>
    private sealed class Adding(string? text) : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            IncrementalValuesProvider<string> names = context.SyntaxProvider.CreateSyntaxProvider(
                (node, _) => node is ClassDeclarationSyntax { Identifier.Text: "Second" },
                (syntax, _) => "Second.g.cs");
            context.RegisterSourceOutput(
                names, (output, name) => output.AddSource(name, text ?? throw new InvalidOperationException("no text")));
        }
    }
}
