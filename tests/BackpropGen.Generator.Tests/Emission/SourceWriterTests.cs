using BackpropGen.Generator.Emission;

namespace BackpropGen.Generator.Tests.Emission;

/// <summary>Indentation, blank lines, doc comments.</summary>
public sealed class SourceWriterTests
{
    [Fact]
    public void Blocks_AreIndented()
    {
        var writer = new SourceWriter();
        using (writer.Open("class A"))
        {
            using (writer.Open("void B()"))
            {
                writer.Line("C();");
            }
        }

        Expect("class A\n{\n    void B()\n    {\n        C();\n    }\n}\n", writer);
    }

    [Fact]
    public void Lines_WithBreaksAreIndentedLineByLineAndEmptyOnesStayEmpty()
    {
        var writer = new SourceWriter();
        using (writer.Indent())
        {
            writer.Line("one\n\ntwo");
        }

        Expect("    one\n\n    two\n", writer);
    }

    [Fact]
    public void Blanks_CollapseAndVanishAtTheEdgesOfBlocks()
    {
        var writer = new SourceWriter();
        writer.Blank();
        using (writer.Open("A"))
        {
            writer.Blank();
            writer.Line("one");
            writer.Blank();
            writer.Blank();
            writer.Line("two");
            writer.Blank();
        }

        writer.Blank();
        writer.Line("B");
        writer.Blank();
        Expect("A\n{\n    one\n\n    two\n}\n\nB\n", writer);
    }

    [Fact]
    public void Doc_OfOneLineStaysOnOneLine()
    {
        var writer = new SourceWriter();
        writer.Doc("param name=\"x\"", "The inputs.");
        Expect("/// <param name=\"x\">The inputs.</param>\n", writer);
    }

    [Fact]
    public void Doc_TooLongForALineIsWrappedBetweenWordsAndNeverInsideATag()
    {
        var writer = new SourceWriter();
        string word = new('w', 60);
        writer.Doc("summary", $"{word} {word} <see cref=\"SomeThing\" /> end");
        string[] lines = writer.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(
            ["/// <summary>", $"/// {word} {word}", "/// <see cref=\"SomeThing\" /> end", "/// </summary>"],
            lines);
    }

    [Fact]
    public void Doc_KeepsTheBreaksOfItsText()
    {
        var writer = new SourceWriter();
        writer.Doc("remarks", "one\n\ntwo");
        Expect("/// <remarks>\n/// one\n///\n/// two\n/// </remarks>\n", writer);
    }

    [Fact]
    public void Methods_WithLongSignaturesTakeALineForEachParameter()
    {
        var writer = new SourceWriter();
        using (writer.OpenMethod("void Short", "int a", "int b"))
        {
        }

        string name = new('P', 80);
        using (writer.OpenMethod("void Long", $"int a{name}", $"int b{name}"))
        {
        }

        Expect($"void Short(int a, int b)\n{{\n}}\nvoid Long(\n    int a{name},\n    int b{name})\n{{\n}}\n", writer);
    }

    private static void Expect(string expected, SourceWriter writer) => Assert.Equal(expected, writer.ToString());
}
